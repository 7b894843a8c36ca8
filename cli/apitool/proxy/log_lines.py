"""What each step of a request writes to the execution log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import TRUNCATED, Line
from apitool.proxy.query import decode_query
from apitool.proxy.request_time import amz_date, http_date
from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers

_SECRET = frozenset({"authorization", "x-api-key", "proxy-authorization", "x-amz-security-token", "cookie"})
_SIGNATURE_STARS = (
    366  # asterisks before the last six characters; about what AWS writes for its own signature
)
BINARY = "[Binary Data]"


def usage_lines(passage: Passage, resource_path: str) -> list[Line]:
    """The usage plan check. AWS leaves the key empty, with two spaces, when the method asks for none."""
    ids, stage = passage.ids, passage.stage
    api_stage = f"{stage.rest_api_id}/{stage.name}"
    method = f"{passage.request.method} {resource_path}"
    authorized = (
        f"API Key  authorized because method '{method}' does not require API Key. "
        "Request will not contribute to throttle or quota limits"
    )
    texts = (
        f"Extended Request Id: {ids.extended_request_id}",
        f"Verifying Usage Plan for request: {ids.request_id}. API Key:  API Stage: {api_stage}",
        authorized,
        f"Usage Plan check succeeded for API Key  and API Stage {api_stage}",
    )
    return [Line(text, "usage") for text in texts]


def request_lines(passage: Passage, resource_path: str, *, binary: bool) -> list[Line]:
    """The method request."""
    request = passage.request
    parameters = passage.route.path_parameters if passage.route else {}
    query = {key: values[-1] for key, values in decode_query(request.raw_query).items()}
    body = BINARY if binary else request.body.decode(errors="replace")
    return [
        Line(f"Starting execution for request: {passage.ids.request_id}"),
        Line(f"HTTP Method: {request.method}, Resource Path: {resource_path}"),
        Line(f"Method request path: {java_map(parameters.items())}", "trace"),
        Line(f"Method request query string: {java_map(query.items())}", "trace"),
        Line(f"Method request headers: {java_map(redacted(request.headers))}", "trace"),
        Line(f"Method request body before transformations: {body}", "trace"),
    ]


def endpoint_lines(passage: Passage, function_arn: str, payload: bytes, *, now_ms: int) -> list[Line]:
    """The request to Lambda. Its signature and session token exist on AWS only; stand-ins keep the shape."""
    uri = endpoint_uri(passage.stage.region, function_arn)
    route_path = passage.route.resource.path if passage.route else passage.path.path
    headers = (
        ("x-amzn-lambda-integration-tag", passage.ids.request_id),
        ("Authorization", "*" * _SIGNATURE_STARS + passage.ids.request_id[-6:]),
        ("X-Amz-Date", amz_date(now_ms)),
        ("x-amzn-apigateway-api-id", passage.stage.rest_api_id),
        ("Accept", "application/json"),
        ("User-Agent", f"AmazonAPIGateway_{passage.stage.rest_api_id}"),
        ("X-Amz-Source-Arn", passage.stage.method_arn(passage.request.method, route_path)),
        (TRACE_HEADER, passage.trace.event_value),
    )
    shown = f"{java_map(headers)[:-1]}, X-Amz-Security-Token={'*' * 6}{TRUNCATED}"
    return [
        Line(f"Endpoint request URI: {uri}", "trace"),
        Line(f"Endpoint request headers: {shown}", "trace"),
        Line(f"Endpoint request body after transformations: {payload.decode(errors='replace')}", "trace"),
        Line(f"Sending request to {uri}", "trace"),
    ]


def endpoint_uri(region: str, function_arn: str) -> str:
    return f"https://lambda.{region}.amazonaws.com/2015-03-31/functions/{function_arn}/invocations"


def received_lines(
    passage: Passage, *, status: int, latency_ms: int, payload: bytes, endpoint_id: str, now_ms: int
) -> list[Line]:
    """What Lambda answered."""
    headers = (
        ("Date", http_date(now_ms)),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(payload))),
        ("Connection", "keep-alive"),
        ("x-amzn-RequestId", endpoint_id),
        ("x-amzn-Remapped-Content-Length", "0"),
        ("X-Amz-Executed-Version", "$LATEST"),
        (TRACE_HEADER, passage.trace.response_value),
    )
    return [
        Line(f"Received response. Status: {status}, Integration latency: {latency_ms} ms", "trace"),
        Line(f"Endpoint response headers: {java_map(headers)}", "trace"),
        Line(f"Endpoint response body before transformations: {payload.decode(errors='replace')}", "trace"),
    ]


def success_lines(status: int, headers: Headers, body: str, endpoint_id: str | None) -> list[Line]:
    """The method response. The last line names the integration's request; a MOCK has none."""
    lines = [
        Line(f"Method response body after transformations: {body}", "trace"),
        Line(f"Method response headers: {java_map(redacted(headers))}", "trace"),
        Line("Successfully completed execution"),
        Line(f"Method completed with status: {status}"),
    ]
    if endpoint_id is not None:
        lines.append(Line(f"AWS Integration Endpoint RequestId : {endpoint_id}"))
    return lines


def failure_lines(texts: Iterable[str], status: int) -> list[Line]:
    """No success line and no method response lines follow a failure (recorded)."""
    return [Line(text, "error") for text in (*texts, f"Method completed with status: {status}")]


def java_map(pairs: Iterable[tuple[str, str]]) -> str:
    """`{mode=raise, page=2}`, as Java prints a map."""
    return "{" + ", ".join(f"{key}={value}" for key, value in pairs) + "}"


def redacted(headers: Headers | Mapping[str, str]) -> list[tuple[str, str]]:
    """Credentials keep their last six characters, as AWS's own log does; short ones keep none."""
    pairs = headers.items() if not isinstance(headers, tuple) else headers
    return [(name, _stars(value) if name.lower() in _SECRET else value) for name, value in pairs]


def _stars(value: str) -> str:
    shown = 6
    return "*" * len(value) if len(value) <= 2 * shown else "*" * (len(value) - shown) + value[-shown:]
