"""Probes of PutRestApi and ImportRestApi: what becomes of a document."""

from __future__ import annotations

import json
from typing import Any

from tests.local.corrections.probe import PROXY, api_of, client, document, probes, refusal

from apitool.proxy.openapi import ANY_METHOD, INTEGRATION

MOCK = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 204}'}}


def verbs_of(api: str) -> dict[str, set[str]]:
    resources = client("apigateway").get_resources(restApiId=api)["items"]
    return {each["path"]: set(each.get("resourceMethods", {})) for each in resources}


@probes("APIGatewayBackend.put_rest_api")
def any_path_parameters_and_mock_without_uri_are_imported() -> None:
    item = {
        "parameters": [{"name": "id", "in": "path", "required": True}],
        "summary": "x",
        "options": {INTEGRATION: MOCK},
        ANY_METHOD: {INTEGRATION: PROXY},
    }
    assert verbs_of(api_of(document(**{"a/{id}": item}))) == {
        "/": set(),
        "/a": set(),
        "/a/{id}": {"ANY", "OPTIONS"},
    }


@probes("APIGatewayBackend.put_rest_api")
def the_root_resource_stays_the_same_over_a_second_put() -> None:
    api = api_of(document())
    before = client("apigateway").get_rest_api(restApiId=api)["rootResourceId"]
    client("apigateway").put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document()))
    resources = client("apigateway").get_resources(restApiId=api)["items"]
    root = next(each for each in resources if each["path"] == "/")
    assert root["id"] == before == client("apigateway").get_rest_api(restApiId=api)["rootResourceId"]
    assert {each["parentId"] for each in resources if each["path"] != "/"} == {before}


@probes("APIGatewayBackend.put_rest_api")
def binary_media_types_of_the_document_become_the_apis() -> None:
    api = api_of({**document(), "x-amazon-apigateway-binary-media-types": ["image/png"]})
    assert client("apigateway").get_rest_api(restApiId=api)["binaryMediaTypes"] == ["image/png"]


@probes("APIGatewayBackend.put_rest_api")
def merging_adds_what_is_new_and_keeps_the_rest() -> None:
    api = api_of(document(a={"get": {INTEGRATION: PROXY}}))
    more = document(a={"put": {INTEGRATION: PROXY}}, b={"get": {INTEGRATION: PROXY}})
    client("apigateway").put_rest_api(restApiId=api, mode="merge", body=json.dumps(more))
    assert verbs_of(api) == {"/": set(), "/a": {"GET", "PUT"}, "/b": {"GET"}}


@probes("APIGatewayBackend.put_rest_api")
def a_document_that_is_refused_changes_nothing() -> None:
    api = api_of(document())
    two_variables = document(**{"{a}": {"get": {INTEGRATION: PROXY}}, "{b}": {"get": {INTEGRATION: PROXY}}})
    status, _, message = refusal(
        client("apigateway").put_rest_api, restApiId=api, mode="overwrite", body=json.dumps(two_variables)
    )
    assert (status, "variable path part" in message) == (400, True)
    assert verbs_of(api) == {"/": set(), "/orders": {"GET"}}


@probes("APIGatewayBackend.put_rest_api")
def a_document_without_paths_is_refused_in_awss_words() -> None:
    api = api_of(document())
    wrong: dict[str, Any] = {"openapi": "3.0.1"}
    refused = refusal(
        client("apigateway").put_rest_api, restApiId=api, mode="overwrite", body=json.dumps(wrong)
    )
    assert refused == (400, "BadRequestException", "Invalid OpenAPI input.")


@probes("APIGatewayBackend.import_rest_api")
def a_document_without_description_is_imported() -> None:
    made = client("apigateway").import_rest_api(body=json.dumps(document()))
    assert made["name"] == "orders"
    assert verbs_of(made["id"]) == {"/": set(), "/orders": {"GET"}}


@probes("APIGatewayBackend.put_rest_api")
def models_documentation_and_cache_keys_of_a_document_become_the_apis() -> None:
    call, key = client("apigateway"), "method.request.querystring.q"
    part = {"location": {"type": "METHOD", "method": "GET"}, "properties": {"description": "a"}}
    body = {
        **document(a={"get": {INTEGRATION: {**PROXY, "cacheKeyParameters": [key]}}}),
        "components": {"schemas": {"House": {"type": "object", "description": "Where one lives"}}},
        "x-amazon-apigateway-documentation": {"version": "1", "documentationParts": [part]},
    }
    api = api_of(body)
    models = call.get_models(restApiId=api)["items"]
    assert [(each["name"], each["description"]) for each in models] == [("House", "Where one lives")]
    parts = call.get_documentation_parts(restApiId=api)["items"]
    assert [each["location"] for each in parts] == [{"type": "METHOD", "method": "GET", "path": "/"}]
    resource = next(each["id"] for each in call.get_resources(restApiId=api)["items"] if each["path"] == "/a")
    shown = call.get_integration(restApiId=api, resourceId=resource, httpMethod="GET")
    assert shown["cacheKeyParameters"] == [key]
