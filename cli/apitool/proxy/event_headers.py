"""The headers a function sees: the client's, less what API Gateway keeps, plus what it adds.

Drops were recorded on a regional API (LocalStack `test_apigateway_header_remapping_aws[AWS_PROXY]`),
additions on both endpoint types (LocalStack, stackd). Names come out sorted, as stackd's capture has them on
the wire. Templates, mappings and the log see the same ones: recorded for what is dropped (LocalStack
`test_apigateway_header_remapping_aws[AWS]`), and in public logs and events of 2016 to 2021 for what is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.request import last_value
from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from apitool.proxy.request import Headers, Ids, Request
    from apitool.proxy.stage import DeployedStage, EndpointType

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
_OWN_OF_CLOUDFRONT = ("Via", "X-Amz-Cf-Id")  # of each request
_ADDED = frozenset({"host", TRACE_HEADER.lower(), "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"})
_ADDED_BY_EDGE = _ADDED | {"via", "x-amz-cf-id"} | {name.lower() for name in _CLOUDFRONT}

_CLIENTS = 256  # a client sends the same headers with every request, but for few

EventHeaders = Mapping[str, tuple[str, ...]]


def event_headers(
    stage: DeployedStage, request: Request, ids: Ids, *, trace: str, without: frozenset[str] = frozenset()
) -> tuple[dict[str, str], EventHeaders]:
    """`headers`, the last value of each name (AWS documentation), and `multiValueHeaders`. `without` names
    headers an authorizer has used up, in lower case.

    Names that differ only in case meet under the first spelling.
    """
    if stage.is_test:
        sent = _as_sent(request)
        return _last_values(sent), sent
    edge = stage.endpoint_type == "EDGE"
    last, every = _of_client(
        request.headers, request.source_ip, stage.domain_name, stage.endpoint_type, without
    )
    own = {TRACE_HEADER: trace, **_cloudfront(ids)} if edge else {TRACE_HEADER: trace}
    return {**last, **own}, {**every, **{name: (value,) for name, value in own.items()}}


@lru_cache(maxsize=_CLIENTS)
def _of_client(
    headers: Headers,
    source_ip: str,
    domain_name: str,
    endpoint_type: EndpointType,
    without: frozenset[str],
) -> tuple[dict[str, str], EventHeaders]:
    """In their order, with a place for what each request has of its own."""
    edge = endpoint_type == "EDGE"
    spelling, replaced = (_EDGE_SPELLING, _ADDED_BY_EDGE) if edge else (_SPELLING, _ADDED)
    grouped: dict[str, tuple[str, list[str]]] = {}
    for name, value in headers:
        key = name.lower()
        if key in DROPPED or key in replaced or key in without:
            continue
        grouped.setdefault(key, (spelling.get(key, name), []))[1].append(value)
    added = {
        "Host": last_value(headers, "Host") or domain_name,
        "X-Forwarded-For": forwarded_for(headers, source_ip, edge=edge),
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        **(_CLOUDFRONT if edge else {}),
        **dict.fromkeys((TRACE_HEADER, *(_OWN_OF_CLOUDFRONT if edge else ())), ""),
    }
    grouped |= {name.lower(): (name, [value]) for name, value in added.items()}
    every = {name: tuple(values) for name, values in (grouped[key] for key in sorted(grouped))}
    return _last_values(every), every


def _as_sent(request: Request) -> EventHeaders:
    """TestInvokeMethod adds nothing and drops nothing (events of 2019 to 2024 in public repositories)."""
    sent: dict[str, tuple[str, ...]] = {}
    for name, value in request.headers:
        sent[name] = (*sent.get(name, ()), value)
    return sent


def _last_values(headers: EventHeaders) -> dict[str, str]:
    return {name: values[-1] for name, values in headers.items()}


def forwarded_for(headers: Headers, source_ip: str, *, edge: bool) -> str:
    """The client's own list, its address, and on an edge API CloudFront's (recorded)."""
    sent = [value for name, value in headers if name.lower() == "x-forwarded-for"]
    return ", ".join((*sent, source_ip, *(["130.176.0.1"] if edge else [])))


def _cloudfront(ids: Ids) -> dict[str, str]:
    via = f"1.1 {ids.trace_parent}.cloudfront.net (CloudFront)"
    return dict(zip(_OWN_OF_CLOUDFRONT, (via, f"{ids.trace_digits}=="), strict=True))
