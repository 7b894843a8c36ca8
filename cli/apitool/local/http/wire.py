"""An answer as bytes on the wire."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from apitool.proxy.request import Headers

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_LINE_BREAKS = str.maketrans("\r\n\0", "   ")


@frozen(slots=True)
class Reply:
    """Status line, headers and body; or a body that goes on, whose end is the connection's."""

    status: int
    headers: Headers
    body: bytes = b""
    stream: AsyncIterator[bytes] | None = None


def text_reply(status: int, content_type: str, body: bytes) -> Reply:
    length = str(len(body))
    headers = (("Content-Type", content_type), ("Content-Length", length), ("Cache-Control", "no-store"))
    return Reply(status, headers, body)


def encoded(reply: Reply, *, keep_alive: bool) -> bytes:
    """What a header says stays within its line, whatever a function put into it."""
    lines = [f"HTTP/1.1 {reply.status} {_PHRASES.get(reply.status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    lines.append("Connection: keep-alive" if keep_alive else "Connection: close")
    head = "\0".join(lines)
    if "\r" in head or "\n" in head or head.count("\0") != len(lines) - 1:
        head = "\0".join(line.translate(_LINE_BREAKS) for line in lines)
    return f"{head}\0\0".replace("\0", "\r\n").encode(errors="replace") + reply.body
