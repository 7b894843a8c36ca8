"""How values are written in execution-log lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.request import Headers

BINARY = "[Binary Data]"
_SECRET = frozenset({"authorization", "x-api-key", "proxy-authorization", "x-amz-security-token", "cookie"})
_SHOWN = 6  # characters AWS leaves of a credential


def java_map(pairs: Iterable[tuple[str, str]]) -> str:
    """`{mode=raise, page=2}`, as Java prints a map."""
    return "{" + ", ".join(f"{key}={value}" for key, value in pairs) + "}"


def redacted(headers: Headers) -> list[tuple[str, str]]:
    """Credentials keep their last six characters, as AWS's own log does; short ones keep none."""
    return [(name, starred(value) if name.lower() in _SECRET else value) for name, value in headers]


def starred(secret: str) -> str:
    hidden = len(secret) if len(secret) <= 2 * _SHOWN else len(secret) - _SHOWN
    return "*" * hidden + secret[hidden:]
