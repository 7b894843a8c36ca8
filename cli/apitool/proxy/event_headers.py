"""The headers a function sees: the client's, less what API Gateway keeps, plus what it adds.

Drops were recorded on a regional API (LocalStack `test_apigateway_header_remapping_aws[AWS_PROXY]`),
additions on both endpoint types (LocalStack, stackd). Names come out sorted, as stackd's capture has them on
the wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from apitool.proxy.request import Headers, Ids, Request
    from apitool.proxy.stage import DeployedStage

DROPPED = frozenset(
    {
        "connection",
        "content-length",
        "content-md5",
        "expect",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "www-authenticate",
    }
)
# Recorded on an edge API only; what a regional one does with a lower-case `authorization` is not recorded.
_EDGE_SPELLING = {"authorization": "Authorization", "user-agent": "User-Agent"}


def multi_value_headers(
    stage: DeployedStage, request: Request, ids: Ids, *, trace: str, without: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """`multiValueHeaders` of the event. `without` names headers an authorizer has used up, in lower case."""
    gone = DROPPED | without
    spelling = _EDGE_SPELLING if stage.endpoint_type == "EDGE" else {}
    sent = [(spelling.get(name.lower(), name), value) for name, value in request.headers]
    added = _added(stage, request, ids, trace)
    replaced = {name.lower() for name, _ in added}
    kept = [(name, value) for name, value in sent if name.lower() not in gone | replaced]
    return _grouped((*kept, *added))


def single_values(headers: dict[str, list[str]]) -> dict[str, str]:
    """The last value of each name (AWS documentation)."""
    return {name: values[-1] for name, values in headers.items()}


def _added(stage: DeployedStage, request: Request, ids: Ids, trace: str) -> Headers:
    edge = _cloudfront(ids) if stage.endpoint_type == "EDGE" else ()
    return (
        ("Host", request.header("Host") or stage.domain_name),
        (TRACE_HEADER, trace),
        ("X-Forwarded-For", _forwarded_for(stage, request)),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
        *edge,
    )


def _forwarded_for(stage: DeployedStage, request: Request) -> str:
    """The client's own list, its address, and on an edge API CloudFront's (recorded)."""
    sent = [value for name, value in request.headers if name.lower() == "x-forwarded-for"]
    cloudfront = ["130.176.0.1"] if stage.endpoint_type == "EDGE" else []
    return ", ".join((*sent, request.source_ip, *cloudfront))


def _cloudfront(ids: Ids) -> Headers:
    """Names are recorded; values stand for a desktop somewhere in the United States."""
    return (
        ("CloudFront-Forwarded-Proto", "https"),
        ("CloudFront-Is-Desktop-Viewer", "true"),
        ("CloudFront-Is-Mobile-Viewer", "false"),
        ("CloudFront-Is-SmartTV-Viewer", "false"),
        ("CloudFront-Is-Tablet-Viewer", "false"),
        ("CloudFront-Viewer-ASN", "16509"),
        ("CloudFront-Viewer-Country", "US"),
        ("Via", f"1.1 {ids.trace_parent}.cloudfront.net (CloudFront)"),
        ("X-Amz-Cf-Id", f"{ids.trace_root}=="),
    )


def _grouped(headers: Headers) -> dict[str, list[str]]:
    """Values by name; names that differ only in case meet under the first spelling."""
    spelling: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for name, value in headers:
        key = spelling.setdefault(name.lower(), name)
        values.setdefault(key, []).append(value)
    return dict(sorted(values.items(), key=lambda pair: pair[0].lower()))
