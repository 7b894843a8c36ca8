"""Methods made by single calls are held to what they ask for, as imported ones are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cases.case import ACCOUNT, REGION, Sent, integration, operation
from tests.cases.checks import gateways_own
from tests.cases.recorded_validations import SCHEMA
from tests.cases.wire import Answered, ask

if TYPE_CHECKING:
    from tests.cases.shells import EmbeddedShell

URI = integration()["uri"]
OK = {"statusCode": 200, "body": "ok"}
MISSING = gateways_own(403, "Missing Authentication Token", "MissingAuthenticationTokenException")


class Made:
    """An API of one resource, `/orders`, made call by call."""

    def __init__(self, embedded: EmbeddedShell) -> None:
        self.embedded = embedded
        self.gateway = embedded.client("apigateway")
        self.api = self.gateway.create_rest_api(name="single calls")["id"]
        root = self.gateway.get_resources(restApiId=self.api)["items"][0]["id"]
        made = self.gateway.create_resource(restApiId=self.api, parentId=root, pathPart="orders")
        self.resource = made["id"]

    def method(self, **asked: Any) -> None:
        at = {"restApiId": self.api, "resourceId": self.resource, "httpMethod": "POST"}
        self.gateway.put_method(**at, **{"authorizationType": "NONE", **asked})
        self.gateway.put_integration(**at, type="AWS_PROXY", integrationHttpMethod="POST", uri=URI)

    def answer(self, sent: Sent) -> Answered:
        self.gateway.create_deployment(restApiId=self.api, stageName="dev")
        return self.asked(sent)

    def asked(self, sent: Sent) -> Answered:
        self.embedded.returning(OK)
        return ask(self.embedded.port, sent.wire(f"{self.api}.execute-api.{REGION}.amazonaws.com"))


@pytest.fixture
def made(embedded: EmbeddedShell) -> Made:
    return Made(embedded)


def test_nothing_asked_is_nothing_refused(made: Made) -> None:
    made.method()
    assert made.answer(Sent("POST /dev/orders")).body == b"ok"


def test_a_method_signed_requests_are_asked_of_refuses_others(made: Made) -> None:
    made.method(authorizationType="AWS_IAM")
    MISSING(made.answer(Sent("POST /dev/orders")))


def test_a_cognito_authorizer_asks_for_its_token(made: Made) -> None:
    pool = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_abc"
    authorizer = made.gateway.create_authorizer(
        restApiId=made.api,
        name="people",
        type="COGNITO_USER_POOLS",
        providerARNs=[pool],
        identitySource="method.request.header.X-Token",
    )
    made.method(authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer["id"])
    gateways_own(401, "Unauthorized", "UnauthorizedException")(made.answer(Sent("POST /dev/orders")))


def test_an_authorizer_that_is_gone_lets_nobody_in(made: Made) -> None:
    authorizer = made.gateway.create_authorizer(
        restApiId=made.api,
        name="gone",
        type="TOKEN",
        authorizerUri=URI,
        identitySource="method.request.header.X-Token",
    )["id"]
    made.method(authorizationType="CUSTOM", authorizerId=authorizer)
    made.gateway.delete_authorizer(restApiId=made.api, authorizerId=authorizer)
    assert made.answer(Sent("POST /dev/orders")).status == 401


def test_a_key_is_asked_for(made: Made) -> None:
    made.method(apiKeyRequired=True)
    gateways_own(403, "Forbidden", "ForbiddenException")(made.answer(Sent("POST /dev/orders")))


def validated(made: Made) -> None:
    made.gateway.create_model(
        restApiId=made.api, name="Pair", contentType="application/json", schema=json.dumps(SCHEMA)
    )
    validator = made.gateway.create_request_validator(
        restApiId=made.api, name="all", validateRequestBody=True, validateRequestParameters=True
    )
    made.method(
        requestValidatorId=validator["id"],
        requestModels={"application/json": "Pair"},
        requestParameters={"method.request.header.X-Tenant": True, "method.request.querystring.q": False},
    )


def test_required_parameters_and_models_hold(made: Made) -> None:
    validated(made)
    json_type, tenant = ("Content-Type", "application/json"), ("X-Tenant", "a")
    asked = Sent("POST /dev/orders", (json_type,), b"{}")
    missing = "Missing required request parameters: [X-Tenant]"
    gateways_own(400, missing, "BadRequestException")(made.answer(asked))
    wrong = Sent("POST /dev/orders", (json_type, tenant), b'{"a": 1}')
    gateways_own(400, "Invalid request body", "BadRequestException")(made.answer(wrong))
    right = Sent("POST /dev/orders", (json_type, tenant), b'{"a": 1, "b": 2}')
    assert made.answer(right).body == b"ok"


def test_an_imported_method_keeps_what_it_asks_for_when_its_integration_is_put_anew(made: Made) -> None:
    paths = {"/orders": {"post": operation(**{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}})}}
    body = json.dumps({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths})
    made.gateway.put_rest_api(restApiId=made.api, mode="overwrite", body=body)
    items = made.gateway.get_resources(restApiId=made.api)["items"]
    resource = next(each["id"] for each in items if each["path"] == "/orders")
    at = {"restApiId": made.api, "resourceId": resource, "httpMethod": "POST"}
    made.gateway.put_integration(**at, type="AWS_PROXY", integrationHttpMethod="POST", uri=URI)
    MISSING(made.answer(Sent("POST /dev/orders")))


def test_parameters_of_the_path_item_are_required_too(made: Made) -> None:
    header = {"name": "X-Tenant", "in": "header", "required": True}
    optional = {**header, "required": False}
    document = {
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/orders": {"parameters": [header], "post": operation(), "put": operation(parameters=[optional])}
        },
        "x-amazon-apigateway-request-validators": {"p": {"validateRequestParameters": True}},
        "x-amazon-apigateway-request-validator": "p",
    }
    made.gateway.put_rest_api(restApiId=made.api, mode="overwrite", body=json.dumps(document))
    assert made.answer(Sent("POST /dev/orders")).status == 400
    assert made.answer(Sent("PUT /dev/orders")).status == 200


def test_a_patched_method_is_served_as_patched(made: Made) -> None:
    made.method()
    at = {"restApiId": made.api, "resourceId": made.resource, "httpMethod": "POST"}
    patch = [{"op": "replace", "path": "/apiKeyRequired", "value": "true"}]
    made.gateway.update_method(**at, patchOperations=patch)
    gateways_own(403, "Forbidden", "ForbiddenException")(made.answer(Sent("POST /dev/orders")))


def test_a_canary_is_served_beside_the_stage(made: Made) -> None:
    made.method()
    assert made.answer(Sent("POST /dev/orders")).body == b"ok"
    made.gateway.delete_method(restApiId=made.api, resourceId=made.resource, httpMethod="POST")
    made.method(apiKeyRequired=True)
    canary = {"percentTraffic": 0.0, "stageVariableOverrides": {"tier": "canary"}}
    made.gateway.create_deployment(restApiId=made.api, stageName="dev", canarySettings=canary)
    assert made.asked(Sent("POST /dev/orders")).status == 200
    whole = [{"op": "replace", "path": "/canarySettings/percentTraffic", "value": "100.0"}]
    made.gateway.update_stage(restApiId=made.api, stageName="dev", patchOperations=whole)
    assert made.asked(Sent("POST /dev/orders")).status == 403
