"""Recorded logs, and the one cause each of them proves."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logs import recorded
from tests.logs.recorded import CONFIGURATION, LAMBDA_ID, RID, failed, raised, returned

from apitool.logs import access
from apitool.logs.execution import Execution
from apitool.logs.explain import explain
from apitool.logs.function import Stream
from apitool.logs.request import Request

AUTHORIZER = f"Starting authorizer: 4hugyv for request: {RID}"
CASES = {
    "ok": (recorded.FULL, "ok"),
    "text": (returned('"Bad response"'), "response.not-an-object"),
    "body object": (returned('{"statusCode": 200, "body": {"id": 1}}'), "response.body-not-a-string"),
    "unknown key": (returned('{"statusCode": 200, "message": "x"}'), "response.unknown-key"),
    "bad status": (returned('{"statusCode": "fine"}'), "response.status-not-an-integer"),
    "headers no map": (returned('{"statusCode": 200, "headers": ["a"]}'), "response.headers-not-an-object"),
    "not json": (returned('{"statusCode": NaN}'), "response.not-json"),
    "cut": (returned('{"statusCode":200,"body":{"text":"xxxx [TRUNCATED]'), "response.body-not-a-string"),
    "cut, harmless so far": (returned('{"statusCode":200,"body":"xxxx [TRUNCATED]'), "response.malformed"),
    "no trace": (failed(f"{CONFIGURATION}Malformed Lambda proxy response", status=502), "response.malformed"),
    "base64": (
        failed(f"{CONFIGURATION}Unable to base64 decode the body.", status=500),
        "response.body-not-base64",
    ),
    "raised": (raised("Application error in a Lambda function"), "function.error"),
    "import": (raised("Unable to import module 'app': No module named 'x'"), "function.import-error"),
    "handler": (raised("Handler 'go' missing on module 'app'"), "function.no-handler"),
    "timeout": (
        raised(f"RequestId: {LAMBDA_ID} Error: Task timed out after 3.00 seconds"),
        "function.timeout",
    ),
    "killed": (
        raised(f"RequestId: {LAMBDA_ID} Error: Runtime exited with error: signal: killed"),
        "function.out-of-memory",
    ),
    "exited": (
        raised(f"RequestId: {LAMBDA_ID} Error: Runtime exited with error: exit status 3"),
        "function.exited",
    ),
    "marshal": (raised("Unable to marshal response: Object of type set is not JSON"), "response.not-json"),
    "permission": (
        failed(f"{CONFIGURATION}Invalid permissions on Lambda function", status=500),
        "function.not-permitted",
    ),
    "throttled": (
        failed(
            f"Lambda invocation failed with status: 429. Lambda request id: {LAMBDA_ID}",
            f"{CONFIGURATION}Rate Exceeded.",
            status=500,
        ),
        "function.throttled",
    ),
    "gone": (
        failed(f"Lambda invocation failed with status: 404. Lambda request id: {LAMBDA_ID}", status=500),
        "function.not-found",
    ),
    "gateway timeout": (
        failed("Execution failed due to a timeout error", status=504),
        "function.no-answer-in-time",
    ),
    "endpoint": (
        failed(f"{CONFIGURATION}Invalid endpoint address", status=500),
        "integration.invalid-endpoint",
    ),
    "role": (
        failed(
            f"{CONFIGURATION}API Gateway does not have permission to assume the provided role", status=500
        ),
        "integration.role",
    ),
    "usage plan": (
        failed(
            "Key throttle limit exceeded for RestApi uwe3g5jm54, Stage Prod, Resource k0w8mc, "
            "HttpMethod POST. Limit: 1.00 Burst: 1",
            status=429,
        ),
        "request.throttled",
    ),
    "validator": (
        failed(
            "Request body does not match model schema for content type application/json: "
            '[object has missing required properties (["NoteId"])]',
            status=400,
        ),
        "request.invalid-body",
    ),
    "authorizer said no": (
        failed(AUTHORIZER, f"Unauthorized request: {RID}", status=401),
        "authorizer.unauthorized",
    ),
    "authorizer broken": (
        failed(
            AUTHORIZER,
            f'{CONFIGURATION}Invalid JSON in response: Unrecognized field "errorType"',
            "AuthorizerConfigurationException",
            status=500,
        ),
        "authorizer.invalid-output",
    ),
    "own 5xx": (
        (
            *recorded.USAGE,
            *recorded.STARTED,
            "Successfully completed execution",
            "Method completed with status: 503",
        ),
        "handler.server-error",
    ),
    "own 4xx": (
        (
            *recorded.USAGE,
            *recorded.STARTED,
            "Successfully completed execution",
            "Method completed with status: 404",
        ),
        "handler.client-error",
    ),
    "nobody knows": (failed(status=500), "unknown"),
}
BY_TYPE = {
    "ACCESS_DENIED": (403, "authorizer.denied"),
    "UNAUTHORIZED": (401, "authorizer.unauthorized"),
    "AUTHORIZER_FAILURE": (500, "authorizer.failed"),
    "AUTHORIZER_CONFIGURATION_ERROR": (500, "authorizer.invalid-output"),
    "BAD_REQUEST_BODY": (400, "request.invalid-body"),
    "BAD_REQUEST_PARAMETERS": (400, "request.missing-parameters"),
    "THROTTLED": (429, "request.throttled"),
    "QUOTA_EXCEEDED": (429, "request.quota-exceeded"),
    "INVALID_API_KEY": (403, "request.invalid-api-key"),
    "WAF_FILTERED": (403, "request.waf"),
    "MISSING_AUTHENTICATION_TOKEN": (403, "route.no-such-method"),
    "INTEGRATION_TIMEOUT": (504, "function.no-answer-in-time"),
}


def request_of(lines) -> Request:
    request = Request(RID, Execution(RID))
    for at_ms, line in enumerate(lines):
        request.execution.add(at_ms, line)
    return request


def access_of(**values) -> Request:
    line = access.parse(1, json.dumps({"requestId": RID, **values}))
    return Request(RID, access=line)


@pytest.mark.parametrize("case", CASES)
def test_a_log_proves_its_cause(case):
    lines, rule = CASES[case]
    cause = explain(request_of(lines))
    assert cause.rule == rule
    assert cause.fix or rule == "ok"


@pytest.mark.parametrize("kind", BY_TYPE)
def test_an_access_log_proves_a_request_was_turned_away(kind):
    status, rule = BY_TYPE[kind]
    assert explain(access_of(status=str(status), errorResponseType=kind)).rule == rule


def test_a_functions_error_is_known_from_the_access_log_alone():
    request = access_of(
        status="502",
        integrationStatus="200",
        functionStatus="-",
        integrationError="Lambda Customer Function Error:owned-backend-failure",
        errorMessage="Internal server error",
        errorResponseType="INTEGRATION_FAILURE",
    )
    cause = explain(request)
    assert (cause.rule, cause.seen) == ("function.error", "owned-backend-failure")
    assert request.made_by == "gateway"


def test_a_broken_contract_without_execution_log_says_what_to_turn_on():
    cause = explain(access_of(status="502", integrationStatus="200", errorResponseType="DEFAULT_5XX"))
    assert (cause.rule, cause.certain) == ("response.malformed", False)
    assert "logs debug" in cause.fix


def test_a_route_that_wants_a_signature_is_no_missing_route():
    cause = explain(
        access_of(status="403", errorResponseType="MISSING_AUTHENTICATION_TOKEN", resourcePath="/orders")
    )
    assert cause.rule == "authorizer.no-signature"


def test_a_functions_own_5xx_is_not_the_gateways():
    request = access_of(status="503", functionStatus="503", integrationStatus="200")
    assert (explain(request).rule, request.made_by) == ("handler.server-error", "handler")


def test_a_function_that_used_all_its_memory_is_told_from_one_that_left():
    request = request_of(raised(f"RequestId: {LAMBDA_ID} Error: Runtime exited without providing a reason"))
    stream = Stream()
    stream.add(0, f"START RequestId: {LAMBDA_ID} Version: 1\n")
    stream.add(1, "Runtime exited without providing a reason")
    request.invocation = stream.add(
        2, f"REPORT RequestId: {LAMBDA_ID}\tDuration: 9.00 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t"
    )
    assert explain(request).rule == "function.out-of-memory"


@given(st.lists(st.sampled_from([line for lines, _ in CASES.values() for line in lines]), max_size=30))
def test_any_mixture_of_lines_has_some_cause(lines):
    assert explain(request_of(lines)).rule


@given(st.text(max_size=200))
def test_whatever_a_function_returned_has_some_cause(body):
    assert explain(request_of(returned(body))).rule
