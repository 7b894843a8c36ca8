"""One client connection: bytes in, requests out, answers back in order.

httptools (llhttp, the parser of Node.js) hands over header names and the target as they were sent. What it
refuses is answered with 400 and the end of the connection, as AWS's own front door does.
"""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections import deque
from typing import TYPE_CHECKING, Protocol, cast

import httptools

from apitool.local.endpoint import LOOPBACK
from apitool.local.http.wire import Reply, encoded, text_reply
from apitool.proxy.limits import MAX_BODY_BYTES
from apitool.proxy.request import Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

_LONGEST_HEAD = 65_536  # bytes; above the gateway's own limit, so that it is the gateway that answers
_MOST_WAITING = 16  # requests sent ahead on one connection before it is read on
_LINGER = 2.0  # seconds for a client to read an answer that came before it had sent everything
_TOO_LARGE = bytes(MAX_BODY_BYTES + 1)  # stands for a body over the limit: only its length counts then
_BAD_REQUEST = text_reply(400, "application/json", b'{"message":"Bad Request"}')
_BROKEN = text_reply(500, "application/json", b'{"message": "Internal server error"}')
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_VERSIONS = ("1.1", "1.0")


class Register(Protocol):
    """Who knows all connections."""

    def opened(self, connection: Connection) -> None: ...
    def closed(self, connection: Connection) -> None: ...


class Connection(asyncio.Protocol):
    """`idle_since` is the loop's time of the last byte while nothing is under way, else None."""

    def __init__(self, handler: Callable[[Request], Awaitable[Reply]], register: Register) -> None:
        self._handler = handler
        self._register = register
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[tuple[Request, bool]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._source_ip = LOOPBACK
        self._streaming = False
        self._reading = True  # False once no further request is taken from this connection
        self._broken = False  # what came last is no HTTP: answered after all that waits
        self._sends_no_more = False  # the client closed its side, and may still read
        self._last_byte = self._loop.time()
        self._quiet_bytes = 0  # parsed without making anything of them: a part of a head that doesn't end
        self.on_message_begin()

    @property
    def idle_since(self) -> float | None:
        return self._last_byte if self._task is None else None

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._transport is not None:
            self._transport.close()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._source_ip = peer[0] if peer else LOOPBACK
        self._register.opened(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._reading = False
        self._transport = None
        self._waiting.clear()
        if self._streaming and self._task is not None:
            self._task.cancel()  # nobody reads on; a function under way runs to its end, as on AWS
        self._register.closed(self)

    def eof_received(self) -> bool:
        """What is under way or waits is answered all the same; only a stream without end has no reader."""
        self._reading, self._sends_no_more = False, True
        return self._task is not None and not self._streaming

    def data_received(self, data: bytes) -> None:
        self._last_byte = self._loop.time()
        if not self._reading:
            return
        quiet, self._quiet_bytes = self._quiet_bytes, -1
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._reading = False  # a request like any other; what follows it would be another protocol
        except httptools.HttpParserError:
            self._reading, self._broken = False, True
        if self._quiet_bytes == -1:
            self._quiet_bytes = quiet + len(data)
        if self._reading and not self._in_body and self._head_bytes + self._quiet_bytes > _LONGEST_HEAD:
            self._headers.append(("X-Too-Long", "x" * _LONGEST_HEAD))
            self._complete(keep_alive=False)
        self._go_on()

    # What the parser calls

    def on_message_begin(self) -> None:
        self._quiet_bytes = 0
        self._head_bytes = 0
        self._body_bytes = 0
        self._in_body = False
        self._target = b""
        self._headers: list[tuple[str, str]] = []
        self._body: list[bytes] = []
        self._expects = False
        self._received_ms = time.time_ns() // 1_000_000

    def on_url(self, url: bytes) -> None:
        self._quiet_bytes = 0
        self._head_bytes += len(url)
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._quiet_bytes = 0
        if self._in_body:
            return  # a trailer
        if self._head_bytes > _LONGEST_HEAD:
            return  # enough to be turned away for
        self._head_bytes += len(name) + len(value)
        value = value[:_LONGEST_HEAD]
        if len(name) == len(b"expect") and name.lower() == b"expect":
            self._expects = value.lower() == b"100-continue"
        self._headers.append((name.decode("latin-1"), _text(value)))

    def on_headers_complete(self) -> None:
        self._quiet_bytes = 0
        self._in_body = True
        if self._expects and self._task is None and self._transport is not None:
            self._transport.write(_CONTINUE)

    def on_body(self, body: bytes) -> None:
        self._quiet_bytes = 0
        if not self._reading:
            return
        self._body_bytes += len(body)
        if self._body_bytes > MAX_BODY_BYTES:
            self._body = [_TOO_LARGE]
            self._complete(keep_alive=False)
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        self._quiet_bytes = 0
        if self._reading:
            self._complete(keep_alive=self._parser.should_keep_alive())

    # Requests and answers

    def _complete(self, *, keep_alive: bool) -> None:
        self._reading = keep_alive
        version = self._parser.get_http_version()
        if not self._target.isascii() or version not in _VERSIONS:
            self._reading, self._broken = False, True
            return
        request = Request(
            method=self._parser.get_method().decode("latin-1"),
            target=_origin_form(self._target.decode("ascii")),
            headers=tuple(self._headers),
            body=self._body[0] if len(self._body) == 1 else b"".join(self._body),
            source_ip=self._source_ip,
            received_at_ms=self._received_ms,
            protocol=f"HTTP/{version}",
        )
        self._waiting.append((request, keep_alive))

    def _go_on(self) -> None:
        if self._transport is None:
            return
        if self._task is None and (self._waiting or self._broken):
            self._task = self._loop.create_task(self._serve())
        if len(self._waiting) >= _MOST_WAITING:
            self._transport.pause_reading()

    async def _serve(self) -> None:
        """Answer what waits, one after the other."""
        try:
            while self._waiting and self._transport is not None:
                request, keep_alive = self._waiting.popleft()
                try:
                    reply = await self._handler(request)
                except Exception:  # noqa: BLE001 - of any kind: on stderr, and the gateway's own 500
                    traceback.print_exc(file=sys.stderr)
                    reply = _BROKEN
                last = not (keep_alive and (self._reading or self._waiting or self._broken))
                self._send(reply, last=last)
                if reply.stream is not None:
                    await self._stream(reply.stream)
                    last = True
                if last:
                    self._end()
                    return
                if self._transport is not None:
                    self._transport.resume_reading()
            if self._broken:
                self._send(_BAD_REQUEST, last=True)
                self._end()
        finally:
            self._task = None
            self._last_byte = self._loop.time()

    def _send(self, reply: Reply, *, last: bool) -> None:
        if self._transport is not None:
            self._transport.write(encoded(reply, keep_alive=not (last or reply.stream is not None)))

    async def _stream(self, chunks: AsyncIterator[bytes]) -> None:
        self._streaming = True
        async for chunk in chunks:
            if self._transport is None:
                return
            self._transport.write(chunk)

    def _end(self) -> None:
        """Say that nothing follows, and let the client read: closing at once with bytes unread loses it."""
        self._reading = self._broken = False
        self._waiting.clear()
        if self._transport is None:
            return
        if self._transport.can_write_eof() and not self._sends_no_more:
            self._transport.write_eof()
            self._transport.resume_reading()
            self._loop.call_later(_LINGER, self._transport.close)
        else:
            self._transport.close()


def _origin_form(target: str) -> str:
    """From the path on; proxies are sent `http://host/path`."""
    if target.startswith("/") or "://" not in target:
        return target if target.startswith("/") else f"/{target}"
    return "/" + target.partition("://")[2].partition("/")[2]


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
