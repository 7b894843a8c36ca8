"""What a call to an endpoint writes to the execution log: the request, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import TRUNCATED, Line
from apitool.proxy.log_text import java_map, redacted
from apitool.proxy.request_time import amz_date, http_date
from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.execution_log import Traced
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers

_SIGNATURE_STARS = 366  # before the last six characters; about what AWS writes for its own signature


def lambda_request_lines(  # noqa: PLR0917 - a journal gives them in order
    traced: Traced, passage: Passage, function_arn: str, source_arn: str, payload: bytes, now_ms: int
) -> Iterable[Line]:
    """The request to Lambda. Its signature and session token exist on AWS only; stand-ins keep the shape."""
    if not traced:
        return
    uri = endpoint_uri(passage.stage.region, function_arn)
    headers = java_map(_lambda_headers(passage, source_arn, now_ms))[:-1]
    token = f", X-Amz-Security-Token={'*' * 6}{TRUNCATED}"
    yield from _request_lines(uri, headers + token, payload)


def service_request_lines(  # noqa: PLR0917 - a journal gives them in order
    traced: Traced, passage: Passage, url: str, headers: Headers, body: bytes, now_ms: int
) -> Iterable[Line]:
    """The request to another service of AWS; what signs it is a stand-in, as for Lambda."""
    if not traced:
        return
    signed = (
        ("Authorization", "*" * _SIGNATURE_STARS + passage.ids.request_id[-6:]),
        ("X-Amz-Date", amz_date(now_ms)),
    )
    token = f", X-Amz-Security-Token={'*' * 6}{TRUNCATED}"
    yield from _request_lines(url, java_map(redacted((*signed, *headers)))[:-1] + token, body)


def http_request_lines(traced: Traced, url: str, headers: Headers, body: bytes) -> Iterable[Line]:
    """The request to an HTTP endpoint."""
    if traced:
        yield from _request_lines(url, java_map(redacted(headers)), body)


def lambda_response_lines(  # noqa: PLR0917 - a journal gives them in order
    traced: Traced,
    passage: Passage,
    status: int,
    latency_ms: int,
    payload: bytes,
    endpoint_id: str,
    now_ms: int,
) -> Iterable[Line]:
    """What Lambda answered."""
    if traced:
        headers = _answer_headers(passage, endpoint_id, len(payload), now_ms)
        yield from _response_lines(status, latency_ms, headers, payload)


def http_response_lines(
    traced: Traced, status: int, latency_ms: int, headers: Headers, body: bytes
) -> Iterable[Line]:
    """What an HTTP endpoint answered."""
    if traced:
        yield from _response_lines(status, latency_ms, headers, body)


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
