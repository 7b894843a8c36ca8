"""Execution-log lines, their order and who writes them. Sources: stackd's INFO captures with and without
data trace (AWS, September 2026), the error-repro notes (May 2025), LocalStack's TestApigatewayTestInvoke
(AWS, 2025).
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import (
    FUNCTION,
    IDS,
    MOCK,
    PROXY,
    RECEIVED_MS,
    REQUEST_ID,
    answer,
    invocation,
    logging,
    refusal,
    request,
    returned,
    stage,
)

from apitool.proxy.execution_log import TRUNCATED, Journal, Line, console_log, cut, recorded, written
from apitool.proxy.method_settings import EffectiveSettings, StageSettings
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused
from apitool.proxy.throttle import Throttle

RID = "88888888-2222-4333-8444-555555555555"
API_STAGE = "a1b2c3d4e5/dev"
CUSTOMER_ERROR = (
    "Lambda execution failed with status 200 due to customer function error: "
    f"Application error in a Lambda function. Lambda request id: {RID}"
)
QUIET = request(
    "GET /dev/quiet?mode=raise&x=1", user_agent="probe", authorization="Bearer secret-token-abcdef"
)


def served(level: str = "INFO", *, trace: bool = False, **options):
    return stage("GET /quiet", settings=logging(level, trace=trace), **options)


def lines_of(given_answer) -> list[str]:
    prefix = f"({REQUEST_ID}) "
    assert all(line.startswith(prefix) for line in given_answer.execution_log)
    return [line.removeprefix(prefix) for line in given_answer.execution_log]


USAGE = [
    "Extended Request Id: abcDEF123456789=",
    f"Verifying Usage Plan for request: {REQUEST_ID}. API Key:  API Stage: {API_STAGE}",
    (
        "API Key  authorized because method 'GET /quiet' does not require API Key. "
        "Request will not contribute to throttle or quota limits"
    ),
    f"Usage Plan check succeeded for API Key  and API Stage {API_STAGE}",
    f"Starting execution for request: {REQUEST_ID}",
    "HTTP Method: GET, Resource Path: /quiet",
]


def test_info_without_data_trace_writes_nine_lines():
    assert lines_of(answer(returned({"statusCode": 200}), served(), QUIET)) == [
        *USAGE,
        "Successfully completed execution",
        "Method completed with status: 200",
        f"AWS Integration Endpoint RequestId : {RID}",
    ]


def test_data_trace_adds_its_lines_in_awss_order():
    lines = lines_of(answer(returned({"statusCode": 200, "body": "hi"}), served(trace=True), QUIET))
    uri = f"https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{FUNCTION}/invocations"
    starts = [
        *USAGE,
        "Method request path: {}",
        "Method request query string: {mode=raise, x=1}",
        "Method request headers: {authorization=********************abcdef, Host=a1b2c3d4e5.execute-api",
        "Method request body before transformations: ",
        f"Endpoint request URI: {uri}",
        f"Endpoint request headers: {{x-amzn-lambda-integration-tag={REQUEST_ID}, Authorization=******",
        'Endpoint request body after transformations: {"resource":"/quiet","path":"/quiet"',
        f"Sending request to {uri}",
        "Received response. Status: 200, Integration latency: 46 ms",
        "Endpoint response headers: {",
        'Endpoint response body before transformations: {"statusCode": 200, "body": "hi"}',
        "Method response body after transformations: hi",
        "Method response headers: {Content-Type=application/json, X-Amzn-Trace-Id=Root=1-",
        "Successfully completed execution",
        "Method completed with status: 200",
        f"AWS Integration Endpoint RequestId : {RID}",
    ]
    assert len(lines) == len(starts)
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == starts


def test_the_path_in_the_log_is_the_requests_and_the_method_the_declared_one():
    # TestInvokeMethod (LocalStack) and a public log of a greedy route (2017).
    given_answer = answer(returned({}), stage(settings=logging(trace=True)), request("GET /dev/a/b"))
    lines = lines_of(given_answer)
    assert "HTTP Method: GET, Resource Path: /a/b" in lines
    assert any("because method 'ANY /{proxy+}' does not require" in line for line in lines)
    assert any("X-Amz-Source-Arn=" in line and "/dev/ANY/{proxy+}" in line for line in lines)


def test_lines_that_no_level_wants_are_never_made():
    def costly(traced):
        assert not traced
        yield Line("cheap")

    journal = Journal().then(costly)
    request_id = "r"
    assert recorded(journal, EffectiveSettings(logging_level="INFO"), request_id) == ("(r) cheap",)
    assert recorded(Journal().then(lambda _traced: 1 / 0), EffectiveSettings(), request_id) == ()


def test_credentials_among_the_headers_are_starred_out():
    sent = request("GET /dev/quiet", Authorization="Bearer secret-token-abcdef", X_Api_Key="topsecret")
    lines = lines_of(answer(returned({}), served(trace=True), sent))
    (method_headers,) = [line for line in lines if line.startswith("Method request headers")]
    assert "secret-token" not in method_headers
    assert "abcdef" in method_headers
    assert "topsecret" not in method_headers


def test_an_event_is_always_cut_in_the_log():
    lines = lines_of(answer(returned({}), served(trace=True), QUIET))
    (body,) = [line for line in lines if line.startswith("Endpoint request body after")]
    assert body.endswith(TRUNCATED)


@pytest.mark.parametrize(
    ("outcome", "error_lines", "status"),
    [
        (
            returned("Bad response"),
            ["Execution failed due to configuration error: Malformed Lambda proxy response"],
            502,
        ),
        (
            FunctionError("Exception", "Application error in a Lambda function", RID, 9),
            [CUSTOMER_ERROR],
            502,
        ),
        (
            InvokeRefused("not-permitted", RID, 3),
            ["Execution failed due to configuration error: Invalid permissions on Lambda function"],
            500,
        ),
        (
            InvokeRefused("throttled", RID, 3),
            [
                f"Lambda invocation failed with status: 429. Lambda request id: {RID}",
                "Execution failed due to configuration error: Rate Exceeded.",
            ],
            500,
        ),
        (IntegrationTimeout(29_000), ["Execution failed due to a timeout error"], 504),
    ],
)
def test_a_failure_ends_in_its_own_lines_at_info_and_writes_only_them_at_error(outcome, error_lines, status):
    ending = [*error_lines, f"Method completed with status: {status}"]
    assert lines_of(answer(outcome, served(), QUIET)) == [*USAGE, *ending]
    assert lines_of(answer(outcome, served("ERROR"), QUIET)) == ending
    traced = lines_of(answer(outcome, served(trace=True), QUIET))
    assert traced[-len(ending) :] == ending
    assert not [line for line in traced if line.startswith(("Method response", "Successfully"))]


def test_a_malformed_answer_is_shown_before_the_error():
    lines = lines_of(answer(returned("Bad response"), served(trace=True), QUIET))
    shown = lines.index('Endpoint response body before transformations: "Bad response"')
    assert lines[shown + 1].endswith("Malformed Lambda proxy response")


def test_error_writes_nothing_for_success_not_even_a_handlers_own_500():
    assert answer(returned({"statusCode": 500}), served("ERROR", trace=True), QUIET).execution_log == ()


def test_off_writes_nothing_even_with_data_trace():
    assert answer(returned("x"), served("OFF", trace=True), QUIET).execution_log == ()


def test_a_method_with_its_own_settings_ignores_the_stages():
    settings = logging("INFO")
    own = {"~1quiet/GET": {"loggingLevel": "OFF"}}
    quiet = stage("GET /quiet", "GET /x", settings=logging("INFO"))
    silent = type(settings)(method_settings={**settings.method_settings, **own})
    assert answer(returned({}), quiet, QUIET).execution_log
    assert not answer(returned({}), stage("GET /quiet", settings=silent), QUIET).execution_log


def test_a_call_that_never_reaches_lambda_says_why():
    broken = {**PROXY, "httpMethod": "GET"}
    lines = lines_of(refusal(served(integration=broken), QUIET))
    assert lines[-2:] == [
        "Execution failed due to configuration error: Invalid endpoint address",
        "Method completed with status: 500",
    ]


def test_a_throttled_request_says_by_what_limit():  # a public log of 2019
    entry = {"throttlingRateLimit": 1.0, "throttlingBurstLimit": 1, "loggingLevel": "INFO"}
    quick = stage("GET /quiet", settings=StageSettings(method_settings={"*/*": entry}))
    throttle = Throttle()
    first = invocation(quick, QUIET, throttle=throttle)
    resource = first.event["requestContext"]["resourceId"]
    assert lines_of(refusal(quick, QUIET, throttle=throttle)) == [
        *USAGE[:2],
        (
            f"Key throttle limit exceeded for RestApi a1b2c3d4e5, Stage dev, Resource {resource}, "
            "HttpMethod GET. Limit: 1.00 Burst: 1"
        ),
        "Method completed with status: 429",
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{}", 'object has missing required properties (["email","name"])'),
        (b'{"name": 1}', 'object has missing required properties (["email"])'),
        (b"", "Unknown error parsing request body"),
        (b"{", "Unknown error parsing request body"),
        (b'{"name": 1, "email": ""}', "instance at /name does not fit its schema"),  # our words
    ],
)
def test_a_body_that_breaks_its_model_is_told_to_the_log_only(body, why):  # public notes, 2021
    user = {"type": "object", "required": ["name", "email"], "properties": {"name": {"type": "string"}}}
    operation = {
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}},
        "x-amazon-apigateway-request-validator": "body",
        "x-amazon-apigateway-integration": PROXY,
    }
    checked = stage(
        paths={"/users": {"post": operation}},
        components={"schemas": {"User": user}},
        **{"x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": True}}},
        settings=logging(),
    )
    given_answer = refusal(checked, request("POST /dev/users", body=body))
    assert lines_of(given_answer)[-2:] == [
        f"Request body does not match model schema for content type application/json: [{why}]",
        "Method completed with status: 400",
    ]
    assert given_answer.body == b'{"message":"Invalid request body"}'


def test_a_request_turned_away_before_execution_writes_nothing():
    assert refusal(served(trace=True), request("GET /dev/nowhere")).execution_log == ()


def test_binary_bodies_are_not_printed():
    value = {"body": "iVBORw0KGgo=", "isBase64Encoded": True}
    sent = request("GET /dev/quiet", accept="image/png")
    lines = lines_of(answer(returned(value), served(trace=True, binary=("image/png",)), sent))
    assert "Method response body after transformations: [Binary Data]" in lines


@given(text=st.text(max_size=1500), prefix=st.text(alphabet="aé☃🐍", max_size=8))
def test_an_event_never_exceeds_its_limit_and_stays_utf8(text, prefix):
    whole = (prefix + text) * 2
    event = cut(whole)
    kept = event.removesuffix(TRUNCATED)
    assert len(kept.encode()) <= 1024
    assert event == whole.encode(errors="replace").decode() or event == kept + TRUNCATED


def test_a_cut_keeps_1024_bytes_and_puts_the_mark_behind_them():  # public logs of 2017, 2024, 2025
    assert cut("a" * 1024) == "a" * 1024
    assert cut("a" * 1025) == "a" * 1024 + TRUNCATED
    assert cut("é" * 600) == "é" * 512 + TRUNCATED


def test_the_prefix_does_not_count():
    settings_ = EffectiveSettings(logging_level="INFO")
    assert written([Line("a" * 1025)], settings_, "id") == (f"(id) {'a' * 1024}{TRUNCATED}",)
    shown = console_log([Line("a" * 1025)], request_id="id", at_ms=RECEIVED_MS)
    assert shown.split("\n")[1].endswith(f" : {'a' * 1024}{TRUNCATED}")


def test_the_headers_in_the_log_are_those_of_the_event():  # public logs of 2016 and 2017
    sent = request("GET /dev/quiet", connection="close", x_own="1", content_length="0")
    lines = lines_of(answer(returned({}), served(trace=True), sent))
    (headers,) = [line for line in lines if line.startswith("Method request headers: ")]
    assert re.findall(r"[{ ]([A-Za-z-]+)=", headers) == [
        "Host",
        "X-Amzn-Trace-Id",
        "X-Forwarded-For",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "x-own",
    ]


def test_lines_are_filtered_by_kind():
    lines = [Line("u", "usage"), Line("i"), Line("t", "trace"), Line("e", "error")]

    def texts(level: str, *, trace: bool) -> str:
        events = written(lines, EffectiveSettings(logging_level=level, data_trace=trace), "id")
        return "".join(event.removeprefix("(id) ") for event in events)

    assert texts("INFO", trace=True) == "uite"
    assert texts("INFO", trace=False) == "uie"
    assert texts("ERROR", trace=False) == "e"
    assert texts("ERROR", trace=True) == "te"
    assert texts("OFF", trace=True) == ""


def test_test_invoke_prints_dates_and_no_usage_plan():
    pets = {
        **MOCK,
        "responses": {
            "default": {
                "statusCode": "200",
                "responseTemplates": {"application/json": '{"pets": "all the pets"}'},
            }
        },
    }
    tested = stage("GET /pets", integration=pets, name="test-invoke-stage")
    given_answer = refusal(tested, request("GET /test-invoke-stage/pets"))
    log = console_log(given_answer.lines, request_id=IDS.request_id, at_ms=RECEIVED_MS)
    at = "Thu Sep 24 20:33:12 UTC 2026 : "
    assert log.split("\n") == [
        f"Execution log for request {REQUEST_ID}",
        f"{at}Starting execution for request: {REQUEST_ID}",
        f"{at}HTTP Method: GET, Resource Path: /pets",
        f"{at}Method request path: {{}}",
        f"{at}Method request query string: {{}}",
        f"{at}Method request headers: {{}}",
        f"{at}Method request body before transformations: ",
        f'{at}Method response body after transformations: {{"pets": "all the pets"}}',
        f"{at}Method response headers: {{Content-Type=application/json}}",
        f"{at}Successfully completed execution",
        f"{at}Method completed with status: 200",
        "",
    ]
