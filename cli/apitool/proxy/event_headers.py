"""The headers a function sees: the client's, less what API Gateway keeps, plus what it adds.

Drops were recorded on a regional API (LocalStack `test_apigateway_header_remapping_aws[AWS_PROXY]`),
additions on both endpoint types (LocalStack, stackd). Names come out sorted, as stackd's capture has them on
the wire. Templates, mappings and the log see the same ones: recorded for what is dropped (LocalStack
`test_apigateway_header_remapping_aws[AWS]`), and in public logs and events of 2016 to 2021 for what is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from apitool.proxy.request import Ids, Request
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
# `X-API-Key` was sent and `X-Api-Key` arrived, on a regional API (stackd, api_key_runtime).
_SPELLING = {"x-api-key": "X-Api-Key"}
# Recorded on an edge API only; what a regional one does with a lower-case `authorization` is not recorded.
_EDGE_SPELLING = {**_SPELLING, "authorization": "Authorization", "user-agent": "User-Agent"}
# Names are recorded; values stand for a desktop somewhere in the United States.
_CLOUDFRONT = {
    "CloudFront-Forwarded-Proto": "https",
    "CloudFront-Is-Desktop-Viewer": "true",
    "CloudFront-Is-Mobile-Viewer": "false",
    "CloudFront-Is-SmartTV-Viewer": "false",
    "CloudFront-Is-Tablet-Viewer": "false",
    "CloudFront-Viewer-ASN": "16509",
    "CloudFront-Viewer-Country": "US",
}
_ADDED = frozenset({"host", TRACE_HEADER.lower(), "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"})
_ADDED_BY_EDGE = _ADDED | {"via", "x-amz-cf-id"} | {name.lower() for name in _CLOUDFRONT}


def multi_value_headers(
    stage: DeployedStage, request: Request, ids: Ids, *, trace: str, without: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """`multiValueHeaders` of the event. `without` names headers an authorizer has used up, in lower case.

    Names that differ only in case meet under the first spelling.
    """
    if stage.is_test:
        return _as_sent(request)
    edge = stage.endpoint_type == "EDGE"
    spelling, replaced = (_EDGE_SPELLING, _ADDED_BY_EDGE) if edge else (_SPELLING, _ADDED)
    grouped: dict[str, tuple[str, list[str]]] = {}
    for name, value in request.headers:
        key = name.lower()
        if key in DROPPED or key in replaced or key in without:
            continue
        grouped.setdefault(key, (spelling.get(key, name), []))[1].append(value)
    for name, value in _added(stage, request, ids, trace).items():
        grouped[name.lower()] = (name, [value])
    return dict(grouped[key] for key in sorted(grouped))


def _as_sent(request: Request) -> dict[str, list[str]]:
    """TestInvokeMethod adds nothing and drops nothing (events of 2019 to 2024 in public repositories)."""
    sent: dict[str, list[str]] = {}
    for name, value in request.headers:
        sent.setdefault(name, []).append(value)
    return sent


def single_values(headers: dict[str, list[str]]) -> dict[str, str]:
    """The last value of each name (AWS documentation)."""
    return {name: values[-1] for name, values in headers.items()}


def forwarded_for(stage: DeployedStage, request: Request) -> str:
    """The client's own list, its address, and on an edge API CloudFront's (recorded)."""
    sent = [value for name, value in request.headers if name.lower() == "x-forwarded-for"]
    cloudfront = ["130.176.0.1"] if stage.endpoint_type == "EDGE" else []
    return ", ".join((*sent, request.source_ip, *cloudfront))


def _added(stage: DeployedStage, request: Request, ids: Ids, trace: str) -> dict[str, str]:
    added = {
        "Host": request.header("Host") or stage.domain_name,
        TRACE_HEADER: trace,
        "X-Forwarded-For": forwarded_for(stage, request),
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
    }
    return {**added, **_cloudfront(ids)} if stage.endpoint_type == "EDGE" else added


def _cloudfront(ids: Ids) -> dict[str, str]:
    via = f"1.1 {ids.trace_parent}.cloudfront.net (CloudFront)"
    return {**_CLOUDFRONT, "Via": via, "X-Amz-Cf-Id": f"{ids.trace_root}=="}
