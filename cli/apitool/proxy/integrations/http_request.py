"""The request an HTTP or HTTP_PROXY integration sends.

Recorded by LocalStack on AWS (`test_apigateway_header_remapping_http`, `test_http_integration_*`,
`test_http_proxy_integration_request_data_mappings`): which headers go out, that HTTP sends none of the
client's, and how HTTP_PROXY puts its query together: the URI's, the client's, the mapped ones at the end.
That HTTP_PROXY sends X-Forwarded-For follows from the recorded value; that Port and Proto come with it is our
guess.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlsplit

from apitool.proxy.event_headers import DROPPED, forwarded_for
from apitool.proxy.tracing import HEADER as TRACE_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.api import Integration
    from apitool.proxy.mapping.parameters import RequestParameters
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Headers

_VARIABLE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_NOT_TO_ENDPOINT = frozenset({"expect", "proxy-authenticate", "te", "via"})  # even when mapped
_NOT_OF_CLIENT = DROPPED | {"host", "content-encoding", "via", TRACE_HEADER.lower()}
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
ILLEGAL_HEADERS = frozenset(
    {"content-length", "transfer-encoding", "x-amzn-trace-id", "x-amzn-apigateway-api-id"}
)
"""Mapping one fails every call with a 500: the first two recorded, the others LocalStack's code."""


def filled_url(url: str, passage: Passage, parameters: RequestParameters, *, proxied: bool) -> str | None:
    """The URL with its query, or None when it is no HTTP URL or has placeholders that nothing fills."""
    variables = passage.stage.variables
    uri = _VARIABLE.sub(lambda found: variables.get(found[1], ""), url)
    unfilled = set(_PLACEHOLDER.findall(uri)) - set(parameters.path)
    uri = _PLACEHOLDER.sub(lambda found: parameters.path.get(found[1], [""])[0], uri)
    if unfilled or not _is_http(uri):
        return None
    query = "&".join(
        f"{quote_plus(name, errors='replace')}={quote_plus(value, errors='replace')}"
        for name, value in _query(passage, parameters, proxied=proxied)
    )
    return f"{uri}{'&' if '?' in uri else '?'}{query}" if query else uri


def http_method(passage: Passage, integration: Integration) -> str:
    """The integration's own; the client's where it has none or ANY."""
    declared = integration.http_method
    return declared if declared not in {"", "ANY"} else passage.request.method


def sends_body(method: str) -> bool:
    return method not in _WITHOUT_BODY


def mapped_headers(passage: Passage, parameters: RequestParameters) -> Headers:
    """HTTP: what is mapped, and four headers of the gateway's own where nothing is."""
    request = passage.request
    own = {"Accept": "application/json", "User-Agent": f"AmazonAPIGateway_{passage.stage.rest_api_id}"}
    content_type = request.header("Content-Type")
    if content_type is not None and sends_body(request.method):
        own["Content-Type"] = content_type
    return _complete(passage, (), parameters, own)


def proxied_headers(passage: Passage, parameters: RequestParameters) -> Headers:
    """HTTP_PROXY: the client's, less what the gateway keeps; a mapped one replaces the client's."""
    kept = tuple(pair for pair in passage.request.headers if pair[0].lower() not in _NOT_OF_CLIENT)
    own = {
        "Accept": "application/json",
        "User-Agent": f"AmazonAPIGateway_{passage.stage.rest_api_id}",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
    }
    without = tuple(pair for pair in kept if pair[0].lower() != "x-forwarded-for")
    request, edge = passage.request, passage.stage.endpoint_type == "EDGE"
    forwarded = ("X-Forwarded-For", forwarded_for(request.headers, request.source_ip, edge=edge))
    return _complete(passage, (*without, forwarded), parameters, own)


def _complete(
    passage: Passage, client: Headers, parameters: RequestParameters, own: dict[str, str]
) -> Headers:
    mapped = {name.lower(): (name, ",".join(values)) for name, values in parameters.header.items()}
    headers = [pair for pair in client if pair[0].lower() not in mapped]
    headers += [pair for name, pair in mapped.items() if name not in _NOT_TO_ENDPOINT]
    present = {name.lower() for name, _ in headers}
    headers += [(name, value) for name, value in own.items() if name.lower() not in present]
    headers += [
        (TRACE_HEADER, passage.trace.event_value),
        ("X-Amzn-Apigateway-Api-Id", passage.stage.rest_api_id),
    ]
    return tuple(headers)


def _query(passage: Passage, parameters: RequestParameters, *, proxied: bool) -> Iterator[tuple[str, str]]:
    """HTTP_PROXY passes the client's parameters on, a mapped one of the same name after them."""
    client = passage.request.query if proxied else {}
    for name, values in client.items():
        for value in (*values, *parameters.querystring.get(name, [])):
            yield name, value
    for name, values in parameters.querystring.items():
        if name not in client:
            for value in values:
                yield name, value


def _is_http(uri: str) -> bool:
    try:
        split = urlsplit(uri)
        port = split.port  # raises for a port that is no number
    except ValueError:
        return False
    host = split.hostname or ""
    return split.scheme in {"http", "https"} and bool(host) and port != 0 and not re.search(r"\s", uri)
