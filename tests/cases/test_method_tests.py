"""TestInvokeMethod of the embedded AWS: answer and log without any logging, as AWS recorded them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.cases.case import ECHO, Raises
from tests.cases.checks import begins
from tests.cases.recorded_method_tests import CASES, PETS, SUCCESS, Trial

if TYPE_CHECKING:
    from tests.cases.shells import EmbeddedShell

DATED = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4} : (.*)")


def invoked(embedded: EmbeddedShell, resource: str, verb: str, **more: Any) -> dict[str, Any]:
    gateway, api = embedded.client("apigateway"), embedded.id_of(PETS)
    ids = {each["path"]: each["id"] for each in gateway.get_resources(restApiId=api)["items"]}
    return dict(gateway.test_invoke_method(restApiId=api, resourceId=ids[resource], httpMethod=verb, **more))


def log_of(answer: dict[str, Any]) -> list[str]:
    """The lines, dates taken off; the first names the request, the last is empty."""
    first, *lines, last = answer["log"].split("\n")
    request_id = first.removeprefix("Execution log for request ")
    undated = [found[1] for line in lines if (found := DATED.fullmatch(line))]
    assert (len(request_id), last, len(undated)) == (36, "", len(lines))
    assert undated[0] == f"Starting execution for request: {request_id}"
    return undated[1:]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_method_is_tested_as_on_aws(embedded: EmbeddedShell, case: Trial) -> None:
    path = {} if case.path is None else {"pathWithQueryString": case.path}
    answer = invoked(embedded, case.resource, case.verb, body=case.sent, **path)
    assert (answer["status"], json.loads(answer["body"])) == (case.status, case.body)
    assert answer["headers"] == case.headers
    assert answer["multiValueHeaders"] == {name: [value] for name, value in case.headers.items()}
    assert tuple(log_of(answer)) == case.lines
    assert isinstance(answer["latency"], int)


def test_a_function_is_run_with_the_event_of_a_test(embedded: EmbeddedShell) -> None:
    embedded.returning(ECHO)
    answer = invoked(
        embedded,
        "/echo/{proxy+}",
        "GET",
        pathWithQueryString="/echo/a/b?x=1",
        stageVariables={"tier": "gold"},
    )
    event = json.loads(answer["body"])
    context = event["requestContext"]
    assert (event["headers"], event["multiValueHeaders"]) == (None, None)
    assert (event["path"], event["pathParameters"]) == ("/echo/a/b", {"proxy": "a/b"})
    assert (event["stageVariables"], context["path"]) == ({"tier": "gold"}, "/echo/{proxy+}")
    assert (context["stage"], context["domainPrefix"]) == ("test-invoke-stage", "testPrefix")
    assert context["domainName"] == "testPrefix.testDomainName"
    assert "deploymentId" not in context
    assert context["identity"]["sourceIp"] == "test-invoke-source-ip"
    assert context["identity"]["apiKey"] == "test-invoke-api-key"
    assert list(answer["headers"]) == ["Content-Type", "X-Amzn-Trace-Id"]
    assert tuple(log_of(answer)[-2:]) == SUCCESS


def test_headers_reach_the_function_as_they_were_given(embedded: EmbeddedShell) -> None:
    embedded.returning(ECHO)
    sent = {"X-One": ["a", "b"], "authorization": ["secret"]}
    answer = invoked(embedded, "/echo/{proxy+}", "GET", multiValueHeaders=sent)
    assert json.loads(answer["body"])["multiValueHeaders"] == sent


def test_what_breaks_the_contract_is_in_the_log(embedded: EmbeddedShell) -> None:
    embedded.returning({"statusCode": 200, "body": {"id": 1}})
    answer = invoked(embedded, "/echo/{proxy+}", "GET")
    assert (answer["status"], answer["headers"]) == (
        502,
        {"x-amzn-ErrorType": "InternalServerErrorException"},
    )
    assert log_of(answer)[-2:] == [
        "Execution failed due to configuration error: Malformed Lambda proxy response",
        "Method completed with status: 502",
    ]


def test_a_function_that_fails_says_why(embedded: EmbeddedShell) -> None:
    embedded.returning(Raises("owned-backend-failure"))
    answer = invoked(embedded, "/echo/{proxy+}", "GET")
    assert answer["status"] == 502
    assert "due to customer function error: owned-backend-failure. Lambda" in answer["log"]


def test_a_function_that_may_not_be_called_is_a_500(embedded: EmbeddedShell) -> None:
    answer = invoked(embedded, "/forbidden", "GET")
    assert answer["status"] == 500
    assert "Invalid permissions on Lambda function" in answer["log"]


@pytest.mark.parametrize(
    ("resource", "verb", "message"),
    [
        ("/pets/{petId}", "HEAD", "Invalid Method identifier specified"),
        ("nowhere", "GET", "Invalid Resource identifier specified"),
    ],
)
def test_what_is_not_there_is_a_404(embedded: EmbeddedShell, resource: str, verb: str, message: str) -> None:
    gateway, api = embedded.client("apigateway"), embedded.id_of(PETS)
    ids = {each["path"]: each["id"] for each in gateway.get_resources(restApiId=api)["items"]}
    found = ids.get(resource, "invalid_res")
    with pytest.raises(gateway.exceptions.NotFoundException) as error:
        gateway.test_invoke_method(restApiId=api, resourceId=found, httpMethod=verb)
    assert error.value.response["Error"]["Message"] == message


def test_nothing_has_to_be_deployed(embedded: EmbeddedShell) -> None:
    gateway = embedded.client("apigateway")
    api = gateway.create_rest_api(name="fresh")["id"]
    gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(PETS.document))
    pets = next(x["id"] for x in gateway.get_resources(restApiId=api)["items"] if x["path"] == "/pets")
    answer = gateway.test_invoke_method(restApiId=api, resourceId=pets, httpMethod="GET")
    assert json.loads(answer["body"]) == {"pets": "all the pets"}


def test_a_long_body_is_cut_in_the_log_and_whole_in_the_answer(embedded: EmbeddedShell) -> None:
    # public logs of the console's test, 2024 and 2025: 1,024 characters of text, then the mark
    embedded.returning({"statusCode": 200, "body": "x" * 3_000})
    answer = invoked(embedded, "/echo/{proxy+}", "GET")
    line = next(each for each in log_of(answer) if each.startswith("Method response body"))
    assert line == "Method response body after transformations: ".ljust(1_024, "x") + " [TRUNCATED]"
    assert answer["body"] == "x" * 3_000


@pytest.mark.parametrize("body", ["", '{"test": "val123"}'])
def test_a_custom_integration_is_tested_as_on_aws(embedded: EmbeddedShell, body: str) -> None:
    embedded.returning({"statusCode": 200, "body": "x"})
    sent = {"headers": {"content-type": "application/json"}, "body": body} if body else {}
    answer = invoked(embedded, "/custom", "GET", pathWithQueryString="/custom?queryTest=value", **sent)
    returned = '{"statusCode": 200, "body": "x"}'
    expected = (
        "HTTP Method: GET, Resource Path: /custom",
        "Method request path: {}",
        "Method request query string: {queryTest=value}",
        f"Method request headers: {{{'content-type=application/json' if body else ''}}}",
        f"Method request body before transformations: {body}",
        "Endpoint request URI: https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn:…/invocations",
        "Endpoint request headers: {x-amzn-lambda-integration-tag=…, Authorization=…, X-Amz-Date=…",
        f"Endpoint request body after transformations: {body}",
        "Sending request to https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn:…/invocations",
        "Received response. Status: 200, Integration latency: … ms",
        "Endpoint response headers: {Date=…, Content-Type=application/json, Content-Length=…",
        f"Endpoint response body before transformations: {returned}",
        f"Method response body after transformations: {returned}",
        "Method response headers: {X-Amzn-Trace-Id=…, Content-Type=application/json}",
        *SUCCESS,
    )
    lines = log_of(answer)
    assert [pair for pair in zip(lines, expected, strict=True) if not begins(*pair)] == []
    assert sorted(answer["headers"]) == ["Content-Type", "X-Amzn-Trace-Id"]
