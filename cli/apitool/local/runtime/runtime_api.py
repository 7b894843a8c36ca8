"""Lambda's Runtime API for one worker: HTTP/1.1 on a port of 127.0.0.1 that only this worker is told.

A bare asyncio protocol: the runtime clients send small, regular requests, and a general HTTP server costs
several times the invocation itself (`tests/benchmarks/bench_runtime.py`). Paths and headers are those of the
public Runtime API, 2018-06-01.
"""

from __future__ import annotations

import asyncio
import re
from typing import Protocol, cast

from apitool.local.runtime.function import MAX_RESPONSE_BYTES
from apitool.proxy.frozen import frozen

_MAX_HEAD_BYTES = 2 * 1024 * 1024  # awslambdaric puts up to 1 MiB of X-Ray cause in a header
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_ERROR_TYPE = re.compile(rb"\r\nlambda-runtime-function-error-type:[ \t]*([^\r]*)", re.IGNORECASE)
_BROWSER = re.compile(rb"\r\n(?:origin|sec-fetch-site):", re.IGNORECASE)  # a page probing loopback ports
_ROUTE = re.compile(
    r"/2018-06-01/runtime/(?:invocation/(?P<id>[^/]+)/(?P<what>response|error)|init/(?P<init>error))"
)
_ALL_READ = b"\r\nx-apitool-output: read"  # said by pipelined_client.py only
_NEXT = "/2018-06-01/runtime/invocation/next"


def _answer(status: str, error_type: str = "", message: str = "") -> bytes:
    body = f'{{"errorMessage":"{message}","errorType":"{error_type}"}}' if error_type else '{"status":"OK"}\n'
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


ACCEPTED = _answer("202 Accepted")
INVALID_REQUEST_ID = _answer("400 Bad Request", "InvalidRequestID", "Invalid request ID")
INVALID_STATE = _answer("403 Forbidden", "InvalidStateTransition", "Transition is not allowed")
TOO_LARGE = _answer(
    "413 Payload Too Large",
    "RequestEntityTooLarge",
    f"Exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes).",
)
_NOT_FOUND = _answer("404 Not Found", "NotFound", "No such operation of the Runtime API")
_BAD_REQUEST = _answer("400 Bad Request", "BadRequest", "The request can not be read")


@frozen(slots=True)
class Posted:
    """What a runtime client posted. A body over the limit is counted, not kept."""

    size: int
    body: bytes
    error_type: str | None  # header Lambda-Runtime-Function-Error-Type
    all_read: bool = False  # what the function had written until then has been read from its pipe


class RuntimeEvents(Protocol):
    """The worker's side. It answers by `Connection.send`: at once, or `wants_next` when it has an event."""

    def opened(self, connection: Connection) -> None: ...
    def closed(self, connection: Connection) -> None: ...
    def wants_next(self, connection: Connection, *, all_read: bool) -> None: ...
    def responded(self, connection: Connection, request_id: str, posted: Posted) -> None: ...
    def failed(self, connection: Connection, request_id: str, posted: Posted) -> None: ...
    def init_failed(self, connection: Connection, posted: Posted) -> None: ...


class Connection(asyncio.Protocol):
    """One connection. awslambdaric keeps one open for all invocations."""

    def __init__(self, events: RuntimeEvents) -> None:
        self._events = events
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._head: bytes | None = None
        self._size = 0  # of the body
        self._received = 0  # of a body that is not kept
        self._held = b""  # answers to what came together with a question that is not answered yet

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # what create_server promises
        self._events.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None
        self._events.closed(self)

    def send(self, data: bytes) -> None:
        """To a client that has asked for more already, together with the answer to that: one message, and
        one awakening, instead of two.
        """
        if self._buffer:
            self._held += data
        elif self._transport is not None:
            self._transport.write(self._held + data)
            self._held = b""

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
            self.send(INVALID_STATE)
        elif path == _NEXT and method == b"GET":
            self._events.wants_next(self, all_read=_ALL_READ in head)
        elif method == b"POST" and (route := _ROUTE.fullmatch(path)):
            error_type = _ERROR_TYPE.search(head)
            said = error_type[1].decode("latin-1") if error_type else None
            posted = Posted(self._size, body, said, all_read=_ALL_READ in head)
            self._post(route, posted)
        else:
            self.send(_NOT_FOUND)

    def _post(self, route: re.Match[str], posted: Posted) -> None:
        if route["init"]:
            self._events.init_failed(self, posted)
        elif route["what"] == "error":
            self._events.failed(self, route["id"], posted)
        else:
            self._events.responded(self, route["id"], posted)

    def _refuse(self) -> None:
        self.send(_BAD_REQUEST)
        self.close()
