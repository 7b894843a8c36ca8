"""Header names the gateway keeps for itself, in answers of integrations that are not AWS_PROXY.

Recorded (LocalStack `TestApiGatewayHeaderRemapping`, regional, December 2024): a mapped header of the first
list arrives as `x-amzn-Remapped-…`; of an HTTP_PROXY endpoint only those of the second, and its request id
(`test_http_integration_with_lambda`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.request import Headers

OF_MAPPED = frozenset(
    {
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "date",
        "expect",
        "host",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "trailer",
        "upgrade",
        "user-agent",
        "www-authenticate",
    }
)
OF_PROXIED = frozenset({"connection", "content-length", "date", "server", "x-amzn-requestid"})
_DROPPED = frozenset({"transfer-encoding"})
_DROPPED_OF_PROXY = _DROPPED | {"via"}  # `Via`: LocalStack's code


def remapped(headers: Headers, *, proxied: bool) -> Headers:
    """Header lines as the client gets them."""
    renamed, dropped = (OF_PROXIED, _DROPPED_OF_PROXY) if proxied else (OF_MAPPED, _DROPPED)
    return tuple(
        (f"x-amzn-Remapped-{name}" if name.lower() in renamed else name, value)
        for name, value in headers
        if name.lower() not in dropped
    )
