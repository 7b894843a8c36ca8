"""Answers of functions, as AWS was recorded to treat them.

Sources: LocalStack's test_aws_proxy_response_payload_format_validation,
test_lambda_aws_proxy_response_format and test_aws_proxy_binary_response (AWS, 2024-2025); stackd's
captures `error-rest-*` (AWS, September 2026); the error-repro notes of May 2025; lambda-proxy issue #59.
"""

from __future__ import annotations

import base64

import pytest
from tests.proxy.builders import answer, header, request, returned, stage

from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused

INTERNAL_ERROR = b'{"message": "Internal server error"}'
UUID = "88888888-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    ("value", "status", "body"),
    [
        ({"statusCode": 200}, 200, b""),
        ({}, 200, b""),
        ({"headers": {"test-header": "value"}}, 200, b""),
        ({"statusCode": "201"}, 201, b""),
        ({"statusCode": 200, "headers": None}, 200, b""),
        ({"statusCode": 200, "body": "dGVzdC1kYXRh", "isBase64Encoded": True}, 200, b"dGVzdC1kYXRh"),
        ({"statusCode": 200, "body": "dGVzdC1kYXRh", "isBase64Encoded": False}, 200, b"dGVzdC1kYXRh"),
        ({"statusCode": 503, "body": '{"busy": true}'}, 503, b'{"busy": true}'),
        ({"statusCode": 200, "body": "größer"}, 200, "größer".encode()),
    ],
)
def test_accepted_answers(value, status, body):
    given = answer(returned(value))
    assert (given.status, given.body) == (status, body)
    assert given.verdict.accepted
    assert given.verdict.recorded
    assert header(given, "Content-Type") == "application/json"
    assert header(given, "Content-Length") == str(len(body))
    assert header(given, "x-amzn-ErrorType") is None


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"statusCode": "test"}, "/statusCode"),
        ({"statusCode": "invalid", "body": {"not": "a string"}}, "/statusCode"),
        ({"statusCode": 200, "wrongValue": "value"}, "/wrongValue"),
        ("Bad response", ""),
        ({"statusCode": 200, "multiValueHeaders": {"test-multi": "value"}}, "/multiValueHeaders/test-multi"),
        ({"statusCode": 200, "multiValueHeaders": []}, "/multiValueHeaders"),
        ({"statusCode": 200, "body": {"id": 1}}, "/body"),
    ],
)
def test_refused_answers_are_a_502_and_say_where(value, pointer):
    given = answer(returned(value))
    assert (given.status, given.body) == (502, INTERNAL_ERROR)
    assert header(given, "Content-Type") == "application/json"
    assert header(given, "Content-Length") == "36"
    assert header(given, "x-amzn-ErrorType") == "InternalServerErrorException"
    assert header(given, "X-Amzn-Trace-Id") is None
    assert given.verdict.finding is not None
    assert given.verdict.finding.pointer == pointer
    assert given.verdict.finding.recorded
    assert given.verdict.finding.fix


def test_a_body_that_is_an_object_says_how_to_mend_it():
    finding = answer(returned({"statusCode": 200, "body": {"id": 1}})).verdict.finding
    assert finding is not None
    assert finding.what == "`body` is an object, not a string"
    assert finding.fix == "Call json.dumps on it"
    assert finding.seen == 'object {"id": 1}'


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ({"headers": {"header-bool": True, "test-header": "value"}}, {"header-bool": "true"}),
        ({"multiValueHeaders": {"test-multi": ["value1", "value2"]}}, {"test-multi": "value1, value2"}),
        (
            {"multiValueHeaders": {"test-multi": ["value-multi"]}, "headers": {"test-multi": "value-solo"}},
            {"test-multi": "value-multi, value-solo"},
        ),
        (
            {"multiValueHeaders": {"tesT-Multi": ["value-multi"]}, "headers": {"test-multi": "value-solo"}},
            {"tesT-Multi": "value-multi, value-solo"},
        ),
        (
            {"multiValueHeaders": {"a": ["1"]}, "headers": {"a": "1"}},
            {"a": "1"},
        ),
        ({"headers": {"content-type": "text/plain"}}, {"content-type": "text/plain"}),
    ],
)
def test_headers_are_merged_and_spelt_as_recorded(value, sent):
    given = answer(returned(value))
    for name, expected in sent.items():
        assert header(given, name) == expected
        assert name in [key for key, _ in given.headers]


def test_several_cookies_are_several_lines():
    given = answer(returned({"multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}))
    assert [value for name, value in given.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_success_has_awss_headers_in_awss_order():
    given = answer(returned({"statusCode": 200, "headers": {"X-Own": "1"}}))
    assert [name for name, _ in given.headers] == [
        "Date",
        "Content-Type",
        "Content-Length",
        "x-amzn-RequestId",
        "x-amz-apigw-id",
        "X-Own",
        "X-Amzn-Trace-Id",
    ]
    assert header(given, "Date") == "Thu, 24 Sep 2026 20:33:12 GMT"
    assert header(given, "X-Amzn-Trace-Id") == (
        "Root=1-6ab58908-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:1d3f5a7b:0"
    )


@pytest.mark.parametrize(
    ("sent", "comes_back"),
    [
        (
            "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1",
            "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1;Lineage=1:1d3f5a7b:0",
        ),
        (
            "Root=1-3152b799-8954dae64eda91bc9a23a7e8",
            "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:1d3f5a7b:0",
        ),
        (
            "nonsense",
            "Root=1-6ab58908-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:1d3f5a7b:0",
        ),
    ],
)
def test_a_clients_trace_id_comes_back(sent, comes_back):
    given = answer(returned({}), sent=request(x_amzn_trace_id=sent))
    assert header(given, "X-Amzn-Trace-Id") == comes_back


@pytest.mark.parametrize(
    ("outcome", "status", "body"),
    [
        (FunctionError("KeyError", "'id'", UUID, 12), 502, INTERNAL_ERROR),
        (
            FunctionError("Sandbox.Timedout", "Task timed out after 3.00 seconds", UUID, 3000),
            502,
            INTERNAL_ERROR,
        ),
        (InvokeRefused("throttled", UUID, 5), 500, INTERNAL_ERROR),
        (InvokeRefused("not-permitted", UUID, 5), 500, INTERNAL_ERROR),
        (IntegrationTimeout(29_000), 504, b'{"message": "Endpoint request timed out"}'),
    ],
)
def test_functions_that_do_not_answer(outcome, status, body):
    given = answer(outcome)
    assert (given.status, given.body) == (status, body)
    assert header(given, "Content-Length") == str(len(body))
    assert header(given, "x-amzn-ErrorType") == "InternalServerErrorException"
    assert header(given, "X-Amzn-Trace-Id") is None
    assert not given.verdict.accepted
    assert given.verdict.finding is not None


def test_a_5xx_of_the_handlers_own_is_told_apart_by_the_error_type():
    own, gateways = answer(returned({"statusCode": 502})), answer(returned("x"))
    assert own.status == gateways.status
    assert header(own, "x-amzn-ErrorType") is None
    assert header(own, "X-Amzn-Trace-Id") is not None


PNG = b"\x89PNG\r\n\x1a\n\x00\xff"
NO_TYPES: tuple[str, ...] = ()
EXACT = ("image/png", "*/test")
RIGHT = ("image/png", "application/*", "image/jpg")
ALL = ("*/*",)


@pytest.mark.parametrize(
    ("types", "accept", "decoded"),
    [
        (NO_TYPES, "image/png", False),
        (EXACT, "image/png", True),
        (EXACT, "image/jpg", False),
        (EXACT, "image/*", False),
        (EXACT, "*/test", False),
        (EXACT, "random/test", False),
        (EXACT, "*/*", False),
        (EXACT, None, False),
        (EXACT, "image/png,image/webp,*/*;q=0.8", True),
        (EXACT, "image/webp,image/png,*/*;q=0.8", False),
        (EXACT, "image/png;q=0.1", True),
        (RIGHT, "application/test", True),
        (RIGHT, "application/*", True),
        (RIGHT, "application", False),
        (RIGHT, "image/jpg", True),
        (RIGHT, "image/webp", False),
        (ALL, "image/webp", True),
        (ALL, "*/*", True),
        (ALL, None, True),
    ],
)
def test_a_base64_body_is_decoded_when_the_first_accepted_type_is_binary(types, accept, decoded):
    value = {
        "body": base64.b64encode(PNG).decode(),
        "isBase64Encoded": True,
        "headers": {"Content-Type": "x/y"},
    }
    sent = request(accept=accept) if accept else request()
    given = answer(returned(value), stage(binary=types), sent)
    assert given.status == 200
    assert given.body == (PNG if decoded else base64.b64encode(PNG))
    warned = "response.base64-sent-as-text" in [finding.rule for finding in given.verdict.findings]
    assert warned is not decoded


def test_the_flag_must_be_set_whatever_accept_says():
    value = {"body": base64.b64encode(PNG).decode()}
    given = answer(returned(value), stage(binary=ALL), request(accept="image/png"))
    assert given.body == base64.b64encode(PNG)


def test_a_body_that_is_not_base64_is_a_500():
    value = {"body": "definitely not base64!", "isBase64Encoded": True}
    given = answer(returned(value), stage(binary=EXACT), request(accept="image/png"))
    assert (given.status, given.body) == (500, INTERNAL_ERROR)
    assert given.verdict.rule == "response.body-not-base64"
