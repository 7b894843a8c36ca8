"""Probes of integrations and of responses: LocalStack's TestApigatewayIntegration*, -MethodResponse and
TestApiGatewayGatewayResponse (AWS, 2024 and 2025).
"""

from __future__ import annotations

import json
from typing import Any

import boto3
from botocore.config import Config
from tests.local.corrections.probe import (
    ACCOUNT,
    PROXY,
    REGION,
    URI,
    api_of,
    client,
    deployed,
    document,
    empty,
    operations,
    probes,
    refusal,
)

NO_RESOURCE = (404, "NotFoundException", "Invalid Resource identifier specified")
NO_METHOD = (404, "NotFoundException", "Invalid Method identifier specified")
NO_INTEGRATION = (404, "NotFoundException", "Invalid Integration identifier specified")
NO_STATUS = (404, "NotFoundException", "Invalid Response status code specified")
NO_PARAMETER = (404, "NotFoundException", "Invalid parameter name specified")
NO_MEDIA_TYPE = (404, "NotFoundException", "Content-Type specified was not found")
MOCK = {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
DEFAULT_TEMPLATE = {"application/json": '{"message":$context.error.messageString}'}
INTEGRATION = "x-amazon-apigateway-integration"


def method(*parameters: str) -> dict[str, Any]:
    api, root = empty()
    at = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
    declared = dict.fromkeys(parameters, False)
    client("apigateway").put_method(**at, authorizationType="NONE", requestParameters=declared)
    return at


def mocked() -> dict[str, Any]:
    """A method with an integration and a response of each kind."""
    call, at = client("apigateway"), method()
    call.put_integration(**at, **MOCK)
    call.put_method_response(**at, statusCode="200")
    call.put_integration_response(**at, statusCode="200", selectionPattern="")
    return at


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


@probes("APIGatewayResponse.update_method_response")
def what_is_not_there_of_a_method_response_is_named() -> None:
    call, at = client("apigateway"), mocked()

    def refused(op: str, path: str, **elsewhere: str) -> tuple[int, str, str]:
        patch = operations((op, path, "x"))
        asked = {**at, "statusCode": "200", **elsewhere}
        return refusal(call.update_method_response, **asked, patchOperations=patch)

    assert refused("replace", "/responseParameters/wrong") == NO_PARAMETER
    assert refused("remove", "/responseParameters/wrong") == NO_PARAMETER
    assert refused("replace", "/responseModels/wrong") == NO_MEDIA_TYPE
    assert refused("remove", "/responseModels/wrong") == NO_MEDIA_TYPE
    assert refused("remove", "/wrong/x") == (400, "BadRequestException", "Invalid patch path /wrong/x")
    assert refused("add", "/responseModels/a", statusCode="201") == NO_STATUS
    assert refused("add", "/responseModels/a", resourceId="ghost") == NO_RESOURCE
    assert refused("add", "/responseModels/a", httpMethod="POST") == NO_METHOD


@probes("APIGatewayBackend.put_method_response")
def a_method_response_is_put_once() -> None:
    refused = refusal(client("apigateway").put_method_response, **mocked(), statusCode="200")
    assert refused == (409, "ConflictException", "Response already exists for this resource")


@probes("APIGatewayBackend.get_method_response")
def a_method_response_that_is_not_there_is_not_found() -> None:
    assert refusal(client("apigateway").get_method_response, **mocked(), statusCode="201") == NO_STATUS


@probes("APIGatewayBackend.delete_method_response")
def a_method_response_is_deleted_once() -> None:
    delete, at = client("apigateway").delete_method_response, mocked()
    delete(**at, statusCode="200")
    assert refusal(delete, **at, statusCode="200") == NO_STATUS


@probes("APIGatewayResponse.call_action")
def what_no_patch_operation_is_is_refused_before_all_else() -> None:
    call, at = client("apigateway"), mocked()
    known = "Member must satisfy enum value set: [add, remove, move, test, replace, copy]"

    def wrong(number: int) -> str:
        member = f"updateMethodResponseInput.patchOperations.{number}.member.op"
        return f"Value 'wrong_op' at '{member}' failed to satisfy constraint: {known}"

    patch = operations(("wrong_op", "/a", None), ("add", "/a", None), ("wrong_op", "/a", None))
    refused = refusal(call.update_method_response, **at, statusCode="200", patchOperations=patch)
    assert refused == (400, "ValidationException", f"2 validation errors detected: {wrong(1)}; {wrong(3)}")
    status = (
        "Value 'wrong' at 'statusCode' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [1-5]\d\d"
    )
    refused = refusal(call.update_method_response, **at, statusCode="wrong", patchOperations=patch[:1])
    assert refused[2] == f"2 validation errors detected: {wrong(1)}; {status}"
    for asked in (call.get_integration_response, call.put_integration_response):
        assert refusal(asked, **at, statusCode="wrong")[2] == f"1 validation error detected: {status}"
    refused = refusal(call.put_integration, **at, type="HTTPS_PROXY")
    assert refused[2] == (
        "1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy "
        "constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]"
    )


@probes("APIGatewayResponse.call_action")
def a_type_of_gateway_response_that_is_none_is_refused() -> None:
    call, (api, _) = client("apigateway"), empty()
    at = {"restApiId": api, "responseType": "FAKE"}
    for asked in (call.get_gateway_response, call.delete_gateway_response, call.put_gateway_response):
        status, code, message = refusal(asked, **at)
        assert (status, code) == (400, "ValidationException")
        assert message.startswith("1 validation error detected: Value 'FAKE' at 'responseType' failed")


@probes("APIGatewayResponse.call_action")
def what_is_no_text_where_text_is_wanted_is_refused() -> None:
    at = mocked()
    lenient = boto3.client(
        "apigateway",
        region_name=REGION,
        aws_access_key_id="k",
        aws_secret_access_key="s",
        config=Config(parameter_validation=False),
    )
    put = lenient.put_integration_response
    number = refusal(put, **at, statusCode="200", responseTemplates={"application/json": 123})
    text = "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"
    assert number == (400, "SerializationException", text)
    flag = {"integration.request.path.testPath": True}
    refused = refusal(lenient.put_integration, **at, type="HTTP_PROXY", requestParameters=flag)
    text = "class java.lang.Boolean can not be converted to an String"
    assert refused == (400, "SerializationException", text)


@probes("APIGatewayResponse.put_gateway_response")
def a_gateway_response_is_created() -> None:
    api, _ = empty()
    made = client("apigateway").put_gateway_response(restApiId=api, responseType="THROTTLED")
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201


@probes("APIGatewayResponse.delete_gateway_response")
def the_deletion_of_a_gateway_response_is_accepted() -> None:
    call, (api, _) = client("apigateway"), empty()
    at = {"restApiId": api, "responseType": "THROTTLED"}
    call.put_gateway_response(**at)
    assert call.delete_gateway_response(**at)["ResponseMetadata"]["HTTPStatusCode"] == 202


@probes("APIGatewayResponse.update_gateway_response")
def a_gateway_response_is_patched_whether_it_was_set_or_not() -> None:
    call, (api, _) = client("apigateway"), empty()
    at = {"restApiId": api, "responseType": "DEFAULT_4XX"}
    header = "/responseParameters/gatewayresponse.header.a"

    def patched(*written: tuple[str, str, str | None]) -> dict[str, Any]:
        answer = call.update_gateway_response(**at, patchOperations=operations(*written))
        del answer["ResponseMetadata"]
        return dict(answer)

    unset = patched(("replace", "/statusCode", "444"))
    assert unset == {
        "defaultResponse": False,
        "responseParameters": {},
        "responseTemplates": DEFAULT_TEMPLATE,
        "responseType": "DEFAULT_4XX",
        "statusCode": "444",
    }
    added = patched(("add", header, "'a'"), ("add", "/responseTemplates/application~1xml", "<a/>"))
    assert added["responseParameters"] == {"gatewayresponse.header.a": "'a'"}
    assert added["responseTemplates"] == {"application/xml": "<a/>"}

    def refused(*written: tuple[str, str, str | None]) -> tuple[int, str, str]:
        return refusal(call.update_gateway_response, **at, patchOperations=operations(*written))

    for op in ("add", "remove"):
        assert refused((op, "/statusCode", "444"))[2] == "Invalid patch path /statusCode"
    assert refused(("replace", "/responseParameters/gatewayresponse.header.b", "'b'")) == NO_PARAMETER
    assert refused(("replace", header, None))[2] == "Invalid null or empty value in responseParameters"


@probes("APIGatewayBackend.get_gateway_response")
def a_gateway_response_that_is_not_set_is_the_default() -> None:
    call, (api, _) = client("apigateway"), empty()
    shown = call.get_gateway_response(restApiId=api, responseType="MISSING_AUTHENTICATION_TOKEN")
    del shown["ResponseMetadata"]
    assert shown == {
        "defaultResponse": True,
        "responseParameters": {},
        "responseTemplates": DEFAULT_TEMPLATE,
        "responseType": "MISSING_AUTHENTICATION_TOKEN",
        "statusCode": "403",
    }


@probes("APIGatewayBackend.get_gateway_responses")
def all_gateway_responses_are_shown_and_those_not_set_as_their_family_is() -> None:
    call, (api, _) = client("apigateway"), empty()
    call.put_gateway_response(restApiId=api, responseType="DEFAULT_5XX", statusCode="599")
    call.put_gateway_response(restApiId=api, responseType="AUTHORIZER_FAILURE")
    items = call.get_gateway_responses(restApiId=api)["items"]
    shown = {each["responseType"]: (each.get("statusCode"), each["defaultResponse"]) for each in items}
    assert len(shown) == 21
    assert shown["DEFAULT_4XX"] == (None, True)
    assert shown["UNAUTHORIZED"] == ("401", True)
    assert shown["DEFAULT_5XX"] == ("599", False)
    assert shown["INTEGRATION_FAILURE"] == ("599", True)
    assert shown["AUTHORIZER_FAILURE"] == ("500", False)


@probes("APIGatewayBackend.delete_gateway_response")
def a_gateway_response_that_is_not_set_is_not_deleted() -> None:
    delete, (api, _) = client("apigateway").delete_gateway_response, empty()
    refused = refusal(delete, restApiId=api, responseType="DEFAULT_4XX")
    assert refused == (404, "NotFoundException", "Gateway response type not defined on api")
    refused = refusal(delete, restApiId="ghost", responseType="DEFAULT_4XX")
    assert refused[2] == f"Invalid API identifier specified {ACCOUNT}:ghost"


@probes("GatewayResponse.to_json")
def a_gateway_response_is_filled_in() -> None:
    call, (api, _) = client("apigateway"), empty()
    made = call.put_gateway_response(
        restApiId=api,
        responseType="MISSING_AUTHENTICATION_TOKEN",
        responseParameters={"gatewayresponse.header.a": "'a'"},
    )
    assert (made["statusCode"], made["responseTemplates"]) == ("403", DEFAULT_TEMPLATE)
