"""Sizes the gateway and Lambda take. Sources: AWS quotas; the 413 as measured on AWS in October 2026."""

from __future__ import annotations

from tests.proxy.builders import header, invocation, refusal, request, stage

from apitool.proxy.limits import MAX_BODY_BYTES, MAX_EVENT_BYTES

JSON = {"content_type": "application/json"}


def test_a_body_over_ten_megabytes_is_a_plain_413_without_cors():
    cors = {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}}
    served = stage(**{"x-amazon-apigateway-gateway-responses": {"DEFAULT_4XX": cors}})
    given = refusal(served, request("POST /dev/x", body=b"a" * (MAX_BODY_BYTES + 1), **JSON))
    assert (given.status, given.body) == (413, b"HTTP content length exceeded 10485760 bytes.")
    assert header(given, "Content-Type") == "text/plain"
    assert header(given, "Access-Control-Allow-Origin") is None


def test_an_event_over_lambdas_limit_is_a_413_that_says_so():
    given = refusal(stage(), request("POST /dev/x", body=b"a" * MAX_EVENT_BYTES, **JSON))
    assert given.status == 413
    assert given.verdict.rule == "request.event-too-large"
    assert not given.verdict.recorded


def test_a_binary_body_grows_by_a_third_on_its_way():
    body = b"\0" * (MAX_EVENT_BYTES * 3 // 4)
    sent = request("POST /dev/x", body=body, content_type="image/png")
    assert refusal(stage(binary=("image/png",)), sent).status == 413


def test_a_body_that_fits_is_passed_on():
    assert invocation(stage(), request("POST /dev/x", body=b"a" * 6_000_000, **JSON)).payload


def test_headers_over_ten_kilobytes_are_refused_and_marked():
    given = refusal(stage(), request(cookie="c" * 10_240))
    assert given.status == 431
    assert not given.verdict.recorded
