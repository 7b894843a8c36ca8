"""Lambda's Runtime API for one worker: HTTP/1.1 on a port of 127.0.0.1 that only this worker is told.

A bare asyncio protocol: the runtime clients send small, regular requests, and a general HTTP server costs
several times the invocation itself (`tests/benchmarks/bench_runtime.py`). Paths and headers are those of the
public Runtime API, 2018-06-01.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, cast

from apitool.local.runtime.conversation import (
    INVALID_STATE,
    Posted,
    Refusal,
    one_line,
)
from apitool.local.runtime.function import MAX_RESPONSE_BYTES

if TYPE_CHECKING:
    from apitool.local.runtime.conversation import RuntimeEvents
    from apitool.local.runtime.invocation import Invocation

_MAX_HEAD_BYTES = 2 * 1024 * 1024  # awslambdaric puts up to 1 MiB of X-Ray cause in a header
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_ERROR_TYPE = re.compile(rb"\r\nlambda-runtime-function-error-type:[ \t]*([^\r]*)", re.IGNORECASE)
_BROWSER = re.compile(rb"\r\n(?:origin|sec-fetch-site):", re.IGNORECASE)  # a page probing loopback ports
_ROUTE = re.compile(
    r"/2018-06-01/runtime/(?:invocation/(?P<id>[^/]+)/(?P<what>response|error)|init/(?P<init>error))"
)
_NEXT = "/2018-06-01/runtime/invocation/next"


_NOT_FOUND = Refusal(404, "Not Found", "NotFound", "No such operation of the Runtime API")
_BAD_REQUEST = Refusal(400, "Bad Request", "BadRequest", "The request can not be read")


class Connection(asyncio.Protocol):
    """One connection. awslambdaric keeps one open for all invocations."""

    def __init__(self, events: RuntimeEvents) -> None:
        self._events = events
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._head: bytes | None = None
        self._size = 0  # of the body
        self._received = 0  # of a body that is not kept

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # what create_server promises
        self._events.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None
        self._events.closed(self)

    def accept(self) -> None:
        self._answer("202 Accepted", '{"status":"OK"}\n')

    def refuse(self, refusal: Refusal) -> None:
        self._answer(f"{refusal.status} {refusal.phrase}", refusal.document)

    def hand_over(self, invocation: Invocation, deadline_ms: int) -> None:
        context = invocation.client_context
        lines = (
            f"Lambda-Runtime-Aws-Request-Id: {invocation.request_id}\r\n"
            f"Lambda-Runtime-Deadline-Ms: {deadline_ms}\r\n"
            f"Lambda-Runtime-Invoked-Function-Arn: {one_line(invocation.arn)}\r\n"
            f"Lambda-Runtime-Trace-Id: {one_line(invocation.trace_id)}\r\n"
            + (f"Lambda-Runtime-Client-Context: {one_line(context)}\r\n" if context else "")
        )
        self._send(_message("200 OK", lines, invocation.event))

    def _answer(self, status: str, document: str) -> None:
        self._send(_message(status, "", document.encode()))

    def _send(self, message: bytes) -> None:
        if self._transport is not None:
            self._transport.write(message)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._buffer or self._head is not None:
            if self._head is None and not self._take_head():
                return
            body = self._take_body()
            if body is None:
                return
            head, self._head = self._head, None
            if head is not None:
                self._dispatch(head, body)

    def _take_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > _MAX_HEAD_BYTES:
                self._refuse()
            return False
        self._head = bytes(self._buffer[:end])
        del self._buffer[: end + 4]
        length = _CONTENT_LENGTH.search(self._head)
        self._size = int(length[1]) if length else 0
        self._received = 0
        return True

    def _take_body(self) -> bytes | None:
        if self._size <= MAX_RESPONSE_BYTES:
            if len(self._buffer) < self._size:
                return None
            body = bytes(self._buffer[: self._size])
            del self._buffer[: self._size]
            return body
        taken = min(len(self._buffer), self._size - self._received)
        del self._buffer[:taken]
        self._received += taken
        return b"" if self._received == self._size else None

    def _dispatch(self, head: bytes, body: bytes) -> None:
        method, _, rest = head.partition(b" ")
        path = rest.partition(b" ")[0].decode("latin-1")
        if _BROWSER.search(head):
            self.refuse(INVALID_STATE)
        elif path == _NEXT and method == b"GET":
            self._events.wants_next(self, all_read=False)
        elif method == b"POST" and (route := _ROUTE.fullmatch(path)):
            error_type = _ERROR_TYPE.search(head)
            said = error_type[1].decode("latin-1") if error_type else None
            self._post(route, Posted(self._size, body, said))
        else:
            self.refuse(_NOT_FOUND)

    def _post(self, route: re.Match[str], posted: Posted) -> None:
        if route["init"]:
            self._events.init_failed(self, posted)
        elif route["what"] == "error":
            self._events.failed(self, route["id"], posted)
        else:
            self._events.responded(self, route["id"], posted)

    def _refuse(self) -> None:
        self.refuse(_BAD_REQUEST)
        self.close()


def _message(status: str, lines: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
