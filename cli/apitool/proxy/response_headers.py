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
MAX_HEADER_BYTES = 10_240  # all header names and values together
_JSON = ("Content-Type", "application/json")


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


def to_client(returned: Headers) -> tuple[Headers, tuple[Finding, ...]]:
    """Header lines with the gateway's own names kept free, and application/json unless the function says
    otherwise (recorded); a warning for each name that does not go out as returned.
    """
    names = {name.lower(): name for name, _ in returned}
    sent = returned if "content-type" in names else (_JSON, *returned)
    taken = _GATEWAYS.intersection(names)
    if not taken:  # nearly always
        return sent, ()
    kept = tuple(
        (f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name, value)
        for name, value in sent
        if name.lower() not in DROPPED
    )
    return kept, tuple(_finding(name) for key, name in names.items() if key in taken)


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
