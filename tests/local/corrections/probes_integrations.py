"""Probes of integrations and their responses: LocalStack's TestApigatewayIntegration* (AWS, 2024, 2025)."""

from __future__ import annotations

import json
from typing import Any

from tests.local.corrections.probe import (
    MOCK,
    NO_METHOD,
    NO_RESOURCE,
    NO_STATUS,
    PROXY,
    URI,
    api_of,
    client,
    deployed,
    document,
    method,
    mocked,
    operations,
    probes,
    refusal,
)

from apitool.proxy.openapi import INTEGRATION

NO_INTEGRATION = (404, "NotFoundException", "Invalid Integration identifier specified")


def served(at: dict[str, Any]) -> dict[str, Any]:
    """The integration as a deployment has it."""
    call = client("apigateway")
    call.create_deployment(restApiId=at["restApiId"], stageName="dev")
    export = call.get_export(
        restApiId=at["restApiId"],
        stageName="dev",
        exportType="oas30",
        parameters={"extensions": "apigateway"},
    )
    paths = json.loads(export["body"].read())["paths"]
    return dict(next(iter(paths.values()))["get"][INTEGRATION])


@probes("APIGatewayResponse.put_integration")
def an_integration_keeps_its_cache_keys_and_its_vpc_link() -> None:
    key = "method.request.querystring.q"
    at = method(key)
    made = client("apigateway").put_integration(
        **at,
        type="HTTP_PROXY",
        integrationHttpMethod="GET",
        uri="http://inside.example.com",
        connectionType="VPC_LINK",
        connectionId="${stageVariables.link}",
        cacheKeyParameters=[key],
    )
    assert (made["connectionType"], made["connectionId"]) == ("VPC_LINK", "${stageVariables.link}")
    assert made["cacheKeyParameters"] == [key] == served(at)["cacheKeyParameters"]


@probes("APIGatewayResponse.update_integration")
def an_integration_is_patched_member_by_member() -> None:
    call, at = client("apigateway"), method(*(f"method.request.querystring.{name}" for name in "ab"))
    call.put_integration(
        **at,
        type="HTTP_PROXY",
        integrationHttpMethod="GET",
        uri="http://a.example.com",
        connectionType="INTERNET",
    )
    key = "/cacheKeyParameters/method.request.querystring."
    patched = call.update_integration(
        **at,
        patchOperations=operations(
            ("replace", "/uri", "http://b.example.com"),
            ("replace", "/timeoutInMillis", "1000"),
            ("replace", "/connectionType", "VPC_LINK"),
            ("replace", "/connectionId", "link"),
            ("replace", "/cacheNamespace", "b"),
            ("replace", "/tlsConfig/insecureSkipVerification", "true"),
            ("add", f"{key}a", ""),
            ("add", f"{key}b", ""),
            ("remove", f"{key}a", ""),
            ("add", "/requestTemplates/text~1plain", "b"),
            ("add", "/requestParameters/integration.request.header.a", "'b'"),
        ),
    )
    del patched["ResponseMetadata"]
    assert patched == {
        "type": "HTTP_PROXY",
        "httpMethod": "GET",
        "uri": "http://b.example.com",
        "timeoutInMillis": 1000,
        "passthroughBehavior": "WHEN_NO_MATCH",
        "connectionType": "VPC_LINK",
        "connectionId": "link",
        "cacheNamespace": "b",
        "tlsConfig": {"insecureSkipVerification": True},
        "cacheKeyParameters": ["method.request.querystring.b"],
        "requestTemplates": {"text/plain": "b"},
        "requestParameters": {"integration.request.header.a": "'b'"},
    }
    assert served(at)["uri"] == "http://b.example.com"


@probes("APIGatewayResponse.update_integration")
def an_integration_of_a_document_is_served_as_it_was_patched() -> None:
    call = client("apigateway")
    api, _ = deployed(document(orders={"get": {INTEGRATION: PROXY}}))
    resource = next(
        each["id"] for each in call.get_resources(restApiId=api)["items"] if each["path"] == "/orders"
    )
    at = {"restApiId": api, "resourceId": resource, "httpMethod": "GET"}
    call.update_integration(**at, patchOperations=operations(("replace", "/timeoutInMillis", "1000")))
    assert served(at)["timeoutInMillis"] == 1000
    odd = operations(("replace", "/uri", URI.replace("2015-03-31/functions", "random/value")))
    assert refusal(call.update_integration, **at, patchOperations=odd)[0] == 400
    wrong = operations(("replace", "/nope", "x"))
    refused = refusal(call.update_integration, **at, patchOperations=wrong)
    assert refused == (400, "BadRequestException", "Invalid patch path /nope")


@probes("Integration.to_json")
def a_vpc_link_is_shown_with_the_method() -> None:
    call, at = client("apigateway"), method()
    call.put_integration(
        **at,
        type="HTTP_PROXY",
        integrationHttpMethod="GET",
        uri="http://a.example.com",
        connectionType="VPC_LINK",
        connectionId="link",
    )
    assert call.get_method(**at)["methodIntegration"]["connectionId"] == "link"


@probes("APIGatewayResponse.put_integration_response")
def a_response_is_served_where_a_document_declared_none() -> None:
    call = client("apigateway")
    api = api_of(document(orders={"get": {INTEGRATION: {**MOCK, "type": "mock"}}}))
    resource = next(
        each["id"] for each in call.get_resources(restApiId=api)["items"] if each["path"] == "/orders"
    )
    at = {"restApiId": api, "resourceId": resource, "httpMethod": "GET"}
    call.put_integration_response(**at, statusCode="201", selectionPattern="2..")
    assert served(at)["responses"]["2.."]["statusCode"] == "201"


@probes("APIGatewayResponse.update_integration_response")
def an_integration_response_is_patched_member_by_member() -> None:
    call, at = client("apigateway"), mocked()
    template, header = "/responseTemplates/text~1plain", "/responseParameters/method.response.header.a"
    call.update_method_response(**at, statusCode="200", patchOperations=operations(("add", header, "true")))

    def patched(*written: tuple[str, str, str | None]) -> dict[str, Any]:
        answer = call.update_integration_response(
            **at, statusCode="200", patchOperations=operations(*written)
        )
        del answer["ResponseMetadata"]
        return dict(answer)

    assert patched(
        ("replace", "/selectionPattern", "2.."),
        ("replace", "/contentHandling", "CONVERT_TO_TEXT"),
        ("add", template, "a"),
        ("add", header, "'a'"),
    ) == {
        "statusCode": "200",
        "selectionPattern": "2..",
        "contentHandling": "CONVERT_TO_TEXT",
        "responseTemplates": {"text/plain": "a"},
        "responseParameters": {"method.response.header.a": "'a'"},
    }
    assert served(at)["responses"]["2.."]["responseTemplates"] == {"text/plain": "a"}
    after = patched(("remove", template, None), ("remove", header, None))
    assert {"responseTemplates", "responseParameters"}.isdisjoint(after)
    missing = {**at, "statusCode": "201", "patchOperations": []}
    assert refusal(call.update_integration_response, **missing) == NO_STATUS


@probes("APIGatewayResponse.put_integration_response")
def a_response_maps_only_what_its_method_answers_with() -> None:
    call, at = client("apigateway"), mocked()
    begin = "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
    name = "method.response.header.a"

    def message(status: str, **asked: Any) -> str:
        return refusal(call.put_integration_response, **at, statusCode=status, **asked)[2]

    nowhere = message("201", selectionPattern="201", responseParameters={name: "'a'"})
    assert nowhere == f"{begin}[No method response exists for method.]"
    undeclared = message("200", responseParameters={name: "'a'"})
    assert undeclared == f"{begin}[Invalid mapping expression parameter specified: {name}]"
    patch = operations(("add", f"/responseParameters/{name}", "true"))
    call.update_method_response(**at, statusCode="200", patchOperations=patch)
    odd = message("200", responseParameters={name: "'a',b"})
    assert odd == f"{begin}[Invalid mapping expression specified: 'a',b]"
    taken = message("201")
    assert taken == "Integration response with selection pattern default already exists"
    for value in ("'a'", "integration.response.body.a[0]", "integration.response.header.a", "context.stage"):
        call.put_integration_response(**at, statusCode="200", responseParameters={name: value})


@probes("APIGatewayResponse.put_integration_response")
def a_response_needs_an_integration() -> None:
    refused = refusal(client("apigateway").put_integration_response, **method(), statusCode="200")
    assert refused == (404, "NotFoundException", "No integration defined for method")


@probes("APIGatewayResponse.put_integration")
def an_integration_maps_only_what_its_method_declares() -> None:
    call, name = client("apigateway"), "method.request.querystring.a"
    begin = "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
    target = {"type": "HTTP_PROXY", "integrationHttpMethod": "GET", "uri": "http://a.example.com"}
    undeclared = f"{begin}[Invalid mapping expression parameter specified: {name}]"
    for asked in (
        {"requestParameters": {"integration.request.header.a": name}},
        {"cacheKeyParameters": [name]},
    ):
        assert refusal(call.put_integration, **method(), **target, **asked)[2] == undeclared
        call.put_integration(**method(name), **target, **asked)
    wrong = {"requestParameters": {"integration.request.header.a": "a"}}
    odd = refusal(call.put_integration, **method(), **target, **wrong)[2]
    assert odd == f"{begin}[Invalid mapping expression specified: a]"


@probes("APIGatewayBackend.delete_integration")
def an_integration_is_deleted_once() -> None:
    delete, at = client("apigateway").delete_integration, mocked()
    delete(**at)
    assert refusal(delete, **at) == NO_INTEGRATION
    assert refusal(delete, **{**at, "httpMethod": "POST"}) == NO_METHOD


@probes("APIGatewayBackend.delete_integration_response")
def what_is_not_there_of_an_integration_response_is_named() -> None:
    call, at = client("apigateway"), mocked()
    delete = call.delete_integration_response
    assert refusal(delete, **{**at, "resourceId": "ghost"}, statusCode="200") == NO_RESOURCE
    assert refusal(delete, **{**at, "restApiId": "ghost"}, statusCode="200") == NO_RESOURCE
    assert refusal(delete, **{**at, "httpMethod": "POST"}, statusCode="200") == NO_INTEGRATION
    assert refusal(delete, **at, statusCode="201") == NO_STATUS
    delete(**at, statusCode="200")
    assert refusal(call.get_integration_response, **at, statusCode="200") == NO_STATUS


@probes("IntegrationResponse.to_json")
def an_integration_response_shows_its_empty_pattern_and_no_templates_where_there_are_none() -> None:
    shown = client("apigateway").get_integration_response(**mocked(), statusCode="200")
    del shown["ResponseMetadata"]
    assert shown == {"statusCode": "200", "selectionPattern": ""}


@probes("APIGatewayResponse.update_method_response")
def a_method_response_is_patched_entry_by_entry() -> None:
    call, at = client("apigateway"), mocked()
    header, model = "/responseParameters/method.response.header.a", "/responseModels/application~1json"

    def patched(*written: tuple[str, str, str | None]) -> dict[str, Any]:
        answer = call.update_method_response(**at, statusCode="200", patchOperations=operations(*written))
        assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 201
        return dict(answer)

    assert patched(("add", header, "true"), ("add", model, "Empty")) == {
        "statusCode": "200",
        "responseModels": {"application/json": "Empty"},
        "responseParameters": {"method.response.header.a": True},
    }
    assert patched(("replace", header, "false"))["responseParameters"] == {"method.response.header.a": False}
    assert patched(("remove", header, "x"), ("remove", model, "x")) == {"statusCode": "200"}


@probes("APIGatewayBackend.put_integration")
def aws_proxy_points_to_a_function_and_has_awss_default_timeout() -> None:
    made = client("apigateway").create_rest_api(name="a")
    at = {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "GET"}
    client("apigateway").put_method(**at, authorizationType="NONE")
    put = client("apigateway").put_integration
    proxy = {**at, "type": "AWS_PROXY", "integrationHttpMethod": "POST"}
    base = "arn:aws:apigateway:eu-central-1"
    only = (
        "Integrations of type 'AWS_PROXY' currently only supports "
        "Lambda function and Firehose stream invocations."
    )
    elsewhere = URI.replace(":lambda:path", ":firehose:path")
    assert refusal(put, **proxy, uri=elsewhere) == (400, "BadRequestException", only)
    odd = f"{base}:lambda:path/random/value/{URI.partition('functions/')[2]}"
    assert refusal(put, **proxy, uri=odd) == (400, "BadRequestException", only)
    made = put(**proxy, uri=URI)
    assert (made["timeoutInMillis"], made["passthroughBehavior"]) == (29_000, "WHEN_NO_MATCH")
    assert "connectionType" not in made
    mock = put(**at, type="MOCK", uri="http://example.com")
    assert {"uri", "httpMethod", "connectionType"}.isdisjoint(mock)
    http = put(**at, type="HTTP", integrationHttpMethod="POST", uri="http://example.com")
    assert http["connectionType"] == "INTERNET"
    by_stage = f"{base}:lambda:path/2015-03-31/functions/${{stageVariables.fn}}/invocations"
    assert put(**proxy, uri=by_stage)["uri"] == by_stage


@probes("APIGatewayBackend.put_integration")
def an_integration_passes_its_callers_credentials_on() -> None:
    made = client("apigateway").create_rest_api(name="a")
    at = {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "GET"}
    client("apigateway").put_method(**at, authorizationType="AWS_IAM")
    shown = client("apigateway").put_integration(
        **at,
        type="AWS",
        integrationHttpMethod="POST",
        uri="arn:aws:apigateway:eu-central-1:dynamodb:action/ListTables",
        credentials="arn:aws:iam::*:user/*",
    )
    assert shown["credentials"] == "arn:aws:iam::*:user/*"
