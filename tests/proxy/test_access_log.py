"""Access-log lines. Source: stackd's access log of a function error (AWS, September 2026)."""

from __future__ import annotations

import json

import pytest
from tests.proxy.builders import IDS, RECEIVED_MS, answer, refusal, request, returned, stage

from apitool.proxy.access_log import DEFAULT_FORMAT, JOIN_KEYS, access_log_line
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused

RID = "88888888-2222-4333-8444-555555555555"


def served(log_format: str = DEFAULT_FORMAT, **options):
    settings = StageSettings(
        access_log_destination="arn:aws:logs:us-east-1:000000000000:log-group:/x",
        access_log_format=log_format,
        variables={"colour": "blue"},
    )
    return stage("GET /orders/{id}", settings=settings, **options)


ORDER = request("GET /dev/orders/7?x=1", user_agent="probe")


def fields(outcome, sent=ORDER) -> dict[str, str]:
    line = answer(outcome, served(), sent).access_log
    assert line is not None
    parsed: dict[str, str] = json.loads(line)
    return parsed


def test_the_default_format_is_one_line_of_json_with_a_request_id():
    assert json.loads(DEFAULT_FORMAT) == dict(JOIN_KEYS)
    assert "\n" not in DEFAULT_FORMAT
    assert "$context.requestId" in DEFAULT_FORMAT


def test_a_success_joins_all_logs():
    assert fields(returned({"statusCode": 201, "body": "made"})) == {
        "requestId": IDS.request_id,
        "extendedRequestId": IDS.extended_request_id,
        "integrationRequestId": RID,
        "ip": "198.51.100.7",
        "httpMethod": "GET",
        "resourcePath": "/orders/{id}",
        "path": "/dev/orders/7",
        "status": "201",
        "protocol": "HTTP/1.1",
        "responseLength": "4",
        "responseLatency": "60",
        "integrationLatency": "46",
        "functionStatus": "201",
        "integrationStatus": "200",
        "integrationError": "-",
        "errorMessage": "-",
        "errorResponseType": "-",
        "requestTime": "24/Sep/2026:20:33:12 +0000",
        "requestTimeEpoch": str(RECEIVED_MS),
        "userAgent": "probe",
        "xrayTraceId": "1-6ab58908-0123456789abcdef01234567",
    }


def test_a_function_error_has_the_recorded_values():
    log_format = " ".join(
        f"$context.{name}"
        for name in (
            "status",
            "integrationStatus",
            "integration.status",
            "integration.integrationStatus",
            "error.responseType",
            "integration.error",
            "error.message",
            "requestId",
        )
    )
    given = answer(FunctionError("Exception", "owned-backend-failure", RID, 5), served(log_format), ORDER)
    assert given.access_log == (
        "502 200 - 200 INTEGRATION_FAILURE Lambda Customer Function Error:owned-backend-failure "
        f"Internal server error {IDS.request_id}"
    )


@pytest.mark.parametrize(
    ("outcome", "status", "response_type", "latency"),
    [
        (returned("malformed"), "502", "DEFAULT_5XX", "46"),
        (InvokeRefused("throttled", RID, 3), "500", "DEFAULT_5XX", "3"),
        (IntegrationTimeout(29_000), "504", "INTEGRATION_TIMEOUT", "29000"),
    ],
)
def test_other_failures_name_the_response_type(outcome, status, response_type, latency):
    found = fields(outcome)
    assert (found["status"], found["errorResponseType"]) == (status, response_type)
    assert found["integrationLatency"] == latency


def test_a_request_without_a_route_is_logged_with_dashes():
    line = refusal(served(), request("GET /dev/nowhere")).access_log
    assert line is not None
    found = json.loads(line)
    assert found["status"] == "403"
    assert found["resourcePath"] == "-"
    assert found["errorMessage"] == "Missing Authentication Token"
    assert found["integrationStatus"] == "-"


def test_a_stage_without_destination_or_format_logs_nothing():
    for settings in (
        StageSettings(),
        StageSettings(access_log_format="$context.requestId"),
        StageSettings(access_log_destination="arn:x"),
    ):
        assert answer(returned({}), stage(settings=settings)).access_log is None


@pytest.mark.parametrize(
    ("log_format", "line"),
    [
        ("$context.status.", "200."),
        ("$context.nothing", "-"),
        ("$context.error.messageString", "-"),
        ("$stageVariables.colour $stageVariables.none", "blue -"),
        ("[$context.httpMethod]", "[GET]"),
        ("$contextual", "$contextual"),
        ("$context.requestId\n", IDS.request_id),
    ],
)
def test_variables_end_where_their_name_does(log_format, line):
    assert answer(returned({}), served(log_format), ORDER).access_log == line


def test_a_message_string_is_quoted():
    line = refusal(served("$context.error.messageString"), request("GET /dev/nowhere")).access_log
    assert line == '"Missing Authentication Token"'


def test_a_value_that_looks_like_a_variable_is_not_substituted_again():
    context = {"path": "$context.status", "status": "200"}
    assert access_log_line("$context.path", context, {}) == "$context.status"
