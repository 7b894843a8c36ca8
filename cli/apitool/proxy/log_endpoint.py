"""What a call to an endpoint writes to the execution log: the request, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import TRUNCATED, Line
from apitool.proxy.log_text import java_map, redacted
from apitool.proxy.request_time import amz_date, http_date
from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.execution_log import Part
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers

_SIGNATURE_STARS = 366  # before the last six characters; about what AWS writes for its own signature


def lambda_request_part(
    passage: Passage, function_arn: str, source_arn: str, payload: bytes, *, now_ms: int
) -> Part:
    """The request to Lambda. Its signature and session token exist on AWS only; stand-ins keep the shape."""
    uri = endpoint_uri(passage.stage.region, function_arn)

    def lines(traced: bool) -> Iterable[Line]:  # noqa: FBT001 - a Part
        if not traced:
            return
        headers = java_map(_lambda_headers(passage, source_arn, now_ms))[:-1]
        token = f", X-Amz-Security-Token={'*' * 6}{TRUNCATED}"
        yield from _request_lines(uri, headers + token, payload)

    return lines


def service_request_part(passage: Passage, url: str, headers: Headers, body: bytes, *, now_ms: int) -> Part:
    """The request to another service of AWS; what signs it is a stand-in, as for Lambda."""

    def lines(traced: bool) -> Iterable[Line]:  # noqa: FBT001 - a Part
        if not traced:
            return
        signed = (
            ("Authorization", "*" * _SIGNATURE_STARS + passage.ids.request_id[-6:]),
            ("X-Amz-Date", amz_date(now_ms)),
        )
        token = f", X-Amz-Security-Token={'*' * 6}{TRUNCATED}"
        yield from _request_lines(url, java_map(redacted((*signed, *headers)))[:-1] + token, body)

    return lines


def http_request_part(url: str, headers: Headers, body: bytes) -> Part:
    """The request to an HTTP endpoint."""

    def lines(traced: bool) -> Iterable[Line]:  # noqa: FBT001 - a Part
        if traced:
            yield from _request_lines(url, java_map(redacted(headers)), body)

    return lines


def lambda_response_part(
    passage: Passage, *, status: int, latency_ms: int, payload: bytes, endpoint_id: str, now_ms: int
) -> Part:
    """What Lambda answered."""

    def lines(traced: bool) -> Iterable[Line]:  # noqa: FBT001 - a Part
        if traced:
            headers = _answer_headers(passage, endpoint_id, len(payload), now_ms)
            yield from _response_lines(status, latency_ms, headers, payload)

    return lines


def http_response_part(status: int, latency_ms: int, headers: Headers, body: bytes) -> Part:
    """What an HTTP endpoint answered."""

    def lines(traced: bool) -> Iterable[Line]:  # noqa: FBT001 - a Part
        if traced:
            yield from _response_lines(status, latency_ms, headers, body)

    return lines


def endpoint_uri(region: str, function_arn: str) -> str:
    return f"https://lambda.{region}.amazonaws.com/2015-03-31/functions/{function_arn}/invocations"


def _lambda_headers(passage: Passage, source_arn: str, now_ms: int) -> Headers:
    stage, request_id = passage.stage, passage.ids.request_id
    return (
        ("x-amzn-lambda-integration-tag", request_id),
        ("Authorization", "*" * _SIGNATURE_STARS + request_id[-6:]),
        ("X-Amz-Date", amz_date(now_ms)),
        ("x-amzn-apigateway-api-id", stage.rest_api_id),
        ("Accept", "application/json"),
        ("User-Agent", f"AmazonAPIGateway_{stage.rest_api_id}"),
        ("X-Amz-Source-Arn", source_arn),
        (TRACE_HEADER, passage.trace.event_value),
    )


def _answer_headers(passage: Passage, endpoint_id: str, length: int, now_ms: int) -> Headers:
    return (
        ("Date", http_date(now_ms)),
        ("Content-Type", "application/json"),
        ("Content-Length", str(length)),
        ("Connection", "keep-alive"),
        ("x-amzn-RequestId", endpoint_id),
        ("x-amzn-Remapped-Content-Length", "0"),
        ("X-Amz-Executed-Version", "$LATEST"),
        (TRACE_HEADER, passage.trace.response_value),
    )


def _request_lines(uri: str, headers: str, body: bytes) -> Iterable[Line]:
    yield Line(f"Endpoint request URI: {uri}", "trace")
    yield Line(f"Endpoint request headers: {headers}", "trace")
    yield Line(f"Endpoint request body after transformations: {body.decode(errors='replace')}", "trace")
    yield Line(f"Sending request to {uri}", "trace")


def _response_lines(status: int, latency_ms: int, headers: Headers, body: bytes) -> Iterable[Line]:
    shown = body.decode(errors="replace")
    yield Line(f"Received response. Status: {status}, Integration latency: {latency_ms} ms", "trace")
    yield Line(f"Endpoint response headers: {java_map(redacted(headers))}", "trace")
    yield Line(f"Endpoint response body before transformations: {shown}", "trace")
