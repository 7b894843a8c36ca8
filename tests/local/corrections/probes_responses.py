"""Probes of method responses, gateway responses, and what the API's model refuses of any call: LocalStack's
-MethodResponse and TestApiGatewayGatewayResponse (AWS, 2024 and 2025).
"""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from tests.local.corrections.probe import (
    ACCOUNT,
    NO_METHOD,
    NO_RESOURCE,
    NO_STATUS,
    REGION,
    client,
    empty,
    mocked,
    operations,
    probes,
    refusal,
)

NO_PARAMETER = (404, "NotFoundException", "Invalid parameter name specified")
NO_MEDIA_TYPE = (404, "NotFoundException", "Content-Type specified was not found")
DEFAULT_TEMPLATE = {"application/json": '{"message":$context.error.messageString}'}


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
