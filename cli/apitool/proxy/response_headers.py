"""From the two header maps of a function's answer to the header lines the client gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.request import Headers
    from apitool.proxy.response_shape import ProxyResponse

REMAPPED = ("connection", "content-length", "date", "server", "www-authenticate")
"""Renamed to `x-amzn-Remapped-…`: recorded for HTTP_PROXY and AWS integrations, for AWS_PROXY only
LocalStack's code says so.
"""
DROPPED = ("transfer-encoding", "keep-alive", "te", "trailer", "upgrade", "proxy-authenticate")
"""Per connection, so not a function's business (RFC 9110, 7.6.1); what AWS does is not recorded."""
_GATEWAYS = frozenset((*REMAPPED, *DROPPED))


def merged(response: ProxyResponse) -> Headers:
    """`multiValueHeaders` first, `headers` after; names meet without regard to case, the first spelling wins.

    All recorded (`value-multi, value-solo` under `tesT-Multi`) except that an identical pair appears once,
    which is AWS's documentation.
    """
    spelling: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    pairs = [(name, item) for name, items in response.multi_value_headers.items() for item in items]
    for name, item in (*pairs, *response.headers.items()):
        key = name.lower()
        spelling.setdefault(key, name)
        if item not in values.setdefault(key, []):
            values[key].append(item)
    return tuple((spelling[key], item) for key, items in values.items() for item in items)


def sendable(headers: Headers) -> Headers:
    """Header lines with the gateway's own names kept free."""
    if _GATEWAYS.isdisjoint([name.lower() for name, _ in headers]):  # nearly always
        return headers
    return tuple(
        (f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name, value)
        for name, value in headers
        if name.lower() not in DROPPED
    )


def remapping_findings(headers: Headers) -> tuple[Finding, ...]:
    """One warning for each name that does not go out as returned."""
    names = {key: name for name, _ in headers if (key := name.lower()) in _GATEWAYS}
    return tuple(_finding(name) for name in names.values())


def _finding(name: str) -> Finding:
    fate = f"sent as `x-amzn-Remapped-{name}`" if name.lower() in REMAPPED else "not sent"
    return Finding(
        rule="response.header-belongs-to-the-gateway",
        what=f"`{name}` belongs to the gateway: {fate}",
        fix=f"Don't return `{name}`",
        pointer="",
        severity="warning",
        recorded=False,
    )
