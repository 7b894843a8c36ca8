"""Execution-log lines are read into a request, whatever their format, order and completeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.logs import recorded

from apitool.logs import execution
from apitool.logs.execution import Execution


def read(lines) -> Execution:
    found = Execution(recorded.RID)
    for at_ms, line in enumerate(lines, start=1_000):
        found.add(at_ms, line)
    return found


def test_every_key_of_a_traced_request_is_read():
    said = read(recorded.FULL)
    assert (said.method, said.path, said.status, said.succeeded) == ("GET", "/quiet", 200, True)
    assert said.extended_request_id == "W9zMPGrHtjMEeFw="
    assert said.api_stage == recorded.STAGE
    assert said.api_key is None
    assert (said.integration_status, said.integration_ms) == (200, 46)
    assert said.function_request_id == recorded.LAMBDA_ID
    assert said.trace_id == "1-6962324d-273b8749616a929c8bd4fd14"
    assert said.endpoint_body == '{"statusCode":200,"body":"{}"}'
    assert said.said["Method request body before transformations"] == ""


def test_a_request_without_data_trace_has_its_route_status_and_lambda_id():
    said = read(recorded.INFO)
    assert (said.method, said.path, said.status) == ("GET", "/quiet", 200)
    assert said.function_request_id == recorded.LAMBDA_ID
    assert said.integration_ms is None


@pytest.mark.parametrize("line", [recorded.RECEIVED, recorded.RECEIVED_2019])
def test_both_wordings_of_the_integration_latency_are_read(line):
    assert read([line]).integration_ms == 46


def test_lines_may_come_in_any_order():
    assert read(reversed(recorded.FULL)).said == read(recorded.FULL).said


def test_a_functions_error_has_its_message_and_lambdas_id():
    said = read(recorded.raised("Application error in a Lambda function"))
    assert said.function_error == "Application error in a Lambda function"
    assert said.function_request_id == recorded.LAMBDA_ID
    assert (said.status, said.succeeded) == (502, False)


def test_an_error_message_may_hold_colons_and_lines():
    assert read(recorded.raised("a: b\nc: d. e")).function_error == "a: b\nc: d. e"


@pytest.mark.parametrize(
    "message", ["", "(", "()", "no prefix", f"({'x' * 100}) text", "(abc) [INFO] a WebSocket API's line"]
)
def test_a_message_without_a_request_is_left_alone(message):
    assert execution.split(message) is None


def test_a_message_is_its_request_and_its_text():
    assert execution.split("(abc) Method completed with status: 200\n") == (
        "abc",
        "Method completed with status: 200",
    )


def test_the_log_of_test_invoke_method_is_read():
    stamp = "Mon Sep 29 12:00:00 UTC 2025 : "
    lines = [
        "Starting execution for request: t1",
        "HTTP Method: GET, Resource Path: /pets/{petId}",
        "Method request path: {petId={petId}}",
        'Method response body after transformations: {"petId":\n "{petId}"}',
        "Method response headers: {Content-Type=application/json}",
        "Successfully completed execution",
        "Method completed with status: 200",
    ]
    said = execution.of_test_invoke(
        "\n".join(["Execution log for request t1", *(stamp + line for line in lines), ""])
    )
    assert (said.request_id, said.path, said.status, said.succeeded) == ("t1", "/pets/{petId}", 200, True)
    assert said.map_of("Method request path").pairs == (("petId", "{petId}"),)
    assert said.said["Method response body after transformations"] == '{"petId":\n "{petId}"}'


def test_a_failed_test_invocation_names_its_error():
    stamp = "Mon Sep 29 12:00:00 UTC 2025 : "
    said = execution.of_test_invoke(
        f"Execution log for request t1\n{stamp}{recorded.CONFIGURATION}Invalid endpoint address\n"
        f"{stamp}Method completed with status: 500\n"
    )
    assert (said.configuration_error, said.status) == ("Invalid endpoint address", 500)


@given(st.lists(st.text(max_size=60), max_size=30))
def test_no_line_makes_reading_fail(lines):
    said = read(lines)
    for name in ("status", "method", "path", "integration_ms", "function_request_id", "trace_id", "api_key"):
        getattr(said, name)
    for line in lines:
        execution.split(line)


@given(st.text(max_size=400))
def test_no_text_makes_the_test_format_fail(text):
    execution.of_test_invoke(text)
