"""The document PutRestApi gets, read as the declaration the gateway serves."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import AUTHORIZER_URI, PROXY, URI, document, guarded, policy

from apitool.proxy.openapi import DocumentError, rest_api
from apitool.proxy.resource_ids import resource_id

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer import Authorizer

ORDERS = {
    "openapi": "3.0.1",
    "info": {"title": "orders-dev", "version": "1"},
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "x-amazon-apigateway-minimum-compression-size": 1024,
    "x-amazon-apigateway-request-validators": {
        "all": {"validateRequestParameters": True, "validateRequestBody": True}
    },
    "x-amazon-apigateway-gateway-responses": {
        "DEFAULT_5XX": {
            "statusCode": "599",
            "responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
            "responseTemplates": {"application/json": "{}"},
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "iam": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "awsSigv4",
            },
        }
    },
    "security": [{"key": []}],
    "paths": {
        "/orders/{orderId}": {
            "parameters": [{"name": "ignored"}],
            "get": {
                "operationId": "readOrder",
                "security": [{"iam": [], "key": []}],
                "x-amazon-apigateway-request-validator": "all",
                "parameters": [
                    {"name": "orderId", "in": "path", "required": True},
                    {"name": "page", "in": "query"},
                ],
                "x-amazon-apigateway-integration": {**PROXY, "type": "aws_proxy", "timeoutInMillis": 5000},
            },
            "x-amazon-apigateway-any-method": {
                "security": [],
                "x-amazon-apigateway-integration": PROXY,
            },
            "options": {
                "security": [],
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "responses": {"default": {"statusCode": 200}},
                },
            },
        }
    },
}


def method(verb: str):
    by_path = {resource.path: resource for resource in rest_api(ORDERS).resources}
    return by_path["/orders/{orderId}"].methods[verb]


def test_every_level_of_a_path_is_a_resource():
    found = rest_api(ORDERS)
    assert [resource.path for resource in found.resources] == ["/", "/orders", "/orders/{orderId}"]
    assert found.resources[1].methods == {}
    assert set(found.resources[2].methods) == {"GET", "ANY", "OPTIONS"}


def test_an_operation_is_a_method_with_its_integration():
    get = method("GET")
    assert get.operation_name == "readOrder"
    assert (get.authorization, get.api_key_required, get.security) == ("AWS_IAM", True, ("iam", "key"))
    assert get.validates_parameters
    assert get.required_parameters == ("method.request.path.orderId",)
    assert get.integration is not None
    assert (get.integration.type, get.integration.uri) == ("AWS_PROXY", URI)
    assert (get.integration.http_method, get.integration.timeout_ms) == ("POST", 5000)


def test_an_operations_own_security_replaces_the_documents():
    assert method("ANY").security == ()
    assert not method("ANY").api_key_required
    only_document = document("GET /x", security=[{"key": []}], components=ORDERS["components"])
    assert rest_api(only_document).resources[1].methods["GET"].api_key_required


def test_the_rest_of_the_api_is_read():
    found = rest_api(ORDERS)
    assert found.binary_media_types == ("image/png",)
    assert found.minimum_compression_size == 1024
    response = found.gateway_responses["DEFAULT_5XX"]
    assert response.status == 599
    assert response.templates == {"application/json": "{}"}


def test_an_integration_without_a_timeout_has_awss():
    assert method("ANY").integration.timeout_ms == 29_000


def test_ids_of_the_control_plane_win_over_our_own():
    found = rest_api(ORDERS, resource_ids={"/orders": "abc123"})
    assert [resource.id for resource in found.resources] == [
        resource_id("/"),
        "abc123",
        resource_id("/orders/{orderId}"),
    ]


def authorizer(kind: str = "token", **declared) -> Authorizer:
    found = rest_api({**document("GET /"), **guarded(kind, **declared)})
    (resource,) = [resource for resource in found.resources if resource.path == "/guarded"]
    read = resource.methods["GET"].authorizer
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("declared", "member", "value"),
    [
        ({}, "kind", "TOKEN"),
        ({}, "uri", AUTHORIZER_URI),
        ({}, "ttl_s", 300),
        ({}, "identity_sources", ("method.request.header.X-Auth",)),
        ({"identitySource": None}, "identity_sources", ("method.request.header.X-Auth",)),
        ({"kind": "request", "identitySource": None}, "identity_sources", ()),
        ({"kind": "REQUEST", "identitySource": " a , b,"}, "identity_sources", ("a", "b")),
        ({"kind": "cognito_user_pools"}, "kind", "COGNITO_USER_POOLS"),
        ({"authorizerResultTtlInSeconds": 0}, "ttl_s", 0),
        ({"authorizerResultTtlInSeconds": "soon"}, "ttl_s", 300),
        ({"identityValidationExpression": "^x$"}, "validation", "^x$"),
        ({"identityValidationExpression": ""}, "validation", None),
    ],
)
def test_an_authorizer_is_read_with_awss_defaults(declared, member, value):
    assert getattr(authorizer(**declared), member) == value


def test_an_authorizers_id_is_the_same_in_every_run_and_looks_like_awss():
    assert authorizer().id == authorizer("request").id
    assert len(authorizer().id) == 6


def test_scopes_the_policy_and_the_key_source_are_read():
    extras = {
        "x-amazon-apigateway-policy": policy(),
        "x-amazon-apigateway-api-key-source": "authorizer",
    }
    found = rest_api({**document(), **guarded("cognito_user_pools", scopes=("a/b", "c")), **extras})
    assert (found.policy, found.api_key_source) == (policy(), "AUTHORIZER")
    assert found.resources[1].methods["GET"].scopes == ("a/b", "c")
    plain = rest_api(document())
    assert (plain.policy, plain.api_key_source) == (None, "HEADER")


def test_passthrough_and_content_handling_are_read_in_any_case():
    declared = {
        **PROXY,
        "passthroughBehavior": "when_no_templates",
        "contentHandling": "convert_to_text",
        "responses": {"default": {"contentHandling": "CONVERT_TO_BINARY"}},
    }
    read = rest_api(document("GET /", integration=declared)).resources[0].methods["GET"].integration
    assert read is not None
    assert (read.passthrough, read.content_handling) == ("WHEN_NO_TEMPLATES", "CONVERT_TO_TEXT")
    assert read.responses[0].content_handling == "CONVERT_TO_BINARY"
    assert method("ANY").integration.passthrough == "WHEN_NO_MATCH"


@given(st.text())
def test_a_resource_id_looks_like_awss(path):
    made = resource_id(path)
    assert len(made) == 6
    assert made.isascii()
    assert made.isalnum()
    assert made == made.lower()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"paths": []}, "/paths"),
        ({"paths": {"/a/{b+}/c": {}}}, "/paths/~1a~1{b+}~1c"),
        ({"paths": {"/a": []}}, "/paths/~1a"),
        ({"paths": {"/a": {"get": "x"}}}, "/paths/~1a/get"),
        (
            {"paths": {"/a": {"get": {"x-amazon-apigateway-integration": []}}}},
            "/paths/~1a/get/x-amazon-apigateway-integration",
        ),
        (
            {"paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"timeoutInMillis": "5"}}}}},
            "/paths/~1a/get/x-amazon-apigateway-integration/timeoutInMillis",
        ),
        (
            {"x-amazon-apigateway-gateway-responses": {"DEFAULT_4XX": {"statusCode": "4xx"}}},
            "/x-amazon-apigateway-gateway-responses/DEFAULT_4XX/statusCode",
        ),
        ({"x-amazon-apigateway-binary-media-types": "image/png"}, "/x-amazon-apigateway-binary-media-types"),
        ({"x-amazon-apigateway-policy": "{}"}, "/x-amazon-apigateway-policy"),
        ({"x-amazon-apigateway-api-key-source": "QUERY"}, "/x-amazon-apigateway-api-key-source"),
        (
            {"paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"passthroughBehavior": "x"}}}}},
            "/paths/~1a/get/x-amazon-apigateway-integration/passthroughBehavior",
        ),
    ],
)
def test_a_document_that_can_not_be_served_says_where(change, pointer):
    with pytest.raises(DocumentError) as caught:
        rest_api({**ORDERS, **change})
    assert caught.value.pointer == pointer


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["get", "x-amazon-apigateway-any-method", "security", "parameters", "x-amazon-apigateway-integration"]
)
EXTRAS = ["security", "components", "x-amazon-apigateway-policy", "x-amazon-apigateway-api-key-source"]
SCHEME = ["type", "name", "in", "x-amazon-apigateway-authtype", "x-amazon-apigateway-authorizer"]
ITEM = st.dictionaries(KEYS, st.dictionaries(KEYS, JSON, max_size=3) | JSON, max_size=3)


@given(
    paths=st.dictionaries(st.sampled_from(["/", "/a", "/{b}", "c"]), ITEM, max_size=3),
    extras=st.dictionaries(st.sampled_from(EXTRAS), JSON),
    scheme=st.dictionaries(st.sampled_from(SCHEME), JSON | st.sampled_from(["apiKey", "custom"]), max_size=5),
)
def test_any_document_is_read_or_refused_with_a_place(paths, extras, scheme):
    written = {"paths": paths, "components": {"securitySchemes": {"a": scheme}}, "security": [{"a": []}]}
    with contextlib.suppress(DocumentError):  # the only error there may be
        assert rest_api(json.loads(json.dumps({**written, **extras}))).resources


def test_parameters_of_a_path_item_hold_for_its_operations_unless_they_say_otherwise():
    header = {"name": "X-Tenant", "in": "header", "required": True}
    paths = {
        "/a/{id}": {
            "parameters": [header, {"name": "id", "in": "path", "required": True}],
            "get": {},
            "put": {
                "parameters": [{**header, "required": False}, {"name": "q", "in": "query", "required": True}]
            },
        }
    }
    methods = rest_api({"paths": paths}).resources[-1].methods
    assert methods["GET"].required_parameters == ("method.request.header.X-Tenant", "method.request.path.id")
    assert methods["PUT"].required_parameters == ("method.request.path.id", "method.request.querystring.q")
