"""An aiohttp request as the proxy's rules want it: raw target, headers in the client's order and casing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

from apitool.local.endpoint import LOOPBACK
from apitool.proxy.limits import MAX_BODY_BYTES
from apitool.proxy.request import Request

if TYPE_CHECKING:
    from apitool.proxy.request import Headers

_TOO_LARGE = bytes(MAX_BODY_BYTES + 1)  # stands for a body over the limit: only its length counts then


async def read_request(http: web.BaseRequest) -> Request:
    """Waits for the whole body, as the gateway does."""
    received = time.time_ns() // 1_000_000
    try:
        body = await http.read()
    except web.HTTPRequestEntityTooLarge:
        body = _TOO_LARGE
    return Request(
        method=http.method,
        target=_target(http.raw_path),
        headers=_headers(http),
        body=body,
        source_ip=http.remote or LOOPBACK,
        received_at_ms=received,
        protocol=f"HTTP/{http.version.major}.{http.version.minor}",
    )


def _target(raw: str) -> str:
    """As sent, from the path on. It is ASCII: aiohttp answers 400 to anything else."""
    if not raw.startswith("/"):  # absolute form, `http://host/path`, as sent to proxies
        raw = "/" + raw.partition("://")[2].partition("/")[2]
    return raw


def _headers(http: web.BaseRequest) -> Headers:
    return tuple((name.decode("latin-1"), _text(value)) for name, value in http.raw_headers)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
