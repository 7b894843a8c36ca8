"""The way from a worker to the client below its awslambdaric: a pair of connected sockets, and frames.

What goes over it is the Runtime API's (`conversation.py`): the question for the next invocation, a result, an
error. Over HTTP and TCP that was a third of what an invocation cost either end.

    kind    1 byte
    read    1 byte: 1 says that nothing the function wrote waits in its pipe
    head    2 bytes, big-endian: how many bytes of head follow
    body    4 bytes, big-endian: how many bytes of body follow the head

    from the client                           to the client
    N  the question for more                  A  accepted
    R  a result: request id, JSON             X  refused: status, document
    E  an error: request id, document         I  an invocation: its lines, its event
"""

from __future__ import annotations

import asyncio
import struct
from typing import TYPE_CHECKING, cast

from apitool.local.runtime.conversation import Posted, one_line
from apitool.local.runtime.function import MAX_RESPONSE_BYTES

if TYPE_CHECKING:
    from apitool.local.runtime.conversation import Refusal, RuntimeEvents
    from apitool.local.runtime.invocation import Invocation

_FRAME = struct.Struct(">cBHI")
_NEXT, _RESULT, _ERROR = b"N", b"R", b"E"
_REFUSED, _INVOCATION = b"X", b"I"


class Channel(asyncio.Protocol):
    """Its client is ours (`channel_client.py`). What breaks the rules above is not: it is cut off."""

    def __init__(self, events: RuntimeEvents) -> None:
        self._events = events
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._dropped = 0  # bytes of a body over the limit
        self._held = b""  # what is accepted, until the question that came with it is answered

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # what create_unix_connection promises
        self._events.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None
        self._events.closed(self)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    # To the client

    def accept(self) -> None:
        """To a client that has asked for more already, together with the answer to that: one message, and
        one awakening, instead of two.
        """
        self._held += _ACCEPTED
        if not self._buffer:
            self._write(b"")

    def refuse(self, refusal: Refusal) -> None:
        self._write(_frame(_REFUSED, str(refusal.status).encode(), refusal.document.encode()))

    def hand_over(self, invocation: Invocation, deadline_ms: int) -> None:
        lines = (
            f"{invocation.request_id}\n{deadline_ms}\n"
            f"{one_line(invocation.arn)}\n{one_line(invocation.trace_id)}"
        )
        if invocation.client_context:
            lines += f"\n{one_line(invocation.client_context)}"
        self._write(_frame(_INVOCATION, lines.encode(), invocation.event))

    def _write(self, message: bytes) -> None:
        if self._transport is not None:
            self._transport.write(self._held + message)
        self._held = b""

    # From the client

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= _FRAME.size and self._take_frame():
            pass

    def _take_frame(self) -> bool:
        """Whether there was a whole one."""
        kind, read, head_size, size = _FRAME.unpack_from(self._buffer)
        start = _FRAME.size + head_size
        kept = size if size <= MAX_RESPONSE_BYTES else 0
        if kept < size:
            self._drop(start, size)
        if len(self._buffer) < start + kept or self._dropped < size - kept:
            return False
        head = bytes(self._buffer[_FRAME.size : start])
        body = bytes(self._buffer[start : start + kept])
        del self._buffer[: start + kept]
        self._dropped = 0
        self._dispatch(kind, head.decode("latin-1"), Posted(size, body, all_read=bool(read)))
        return True

    def _drop(self, start: int, size: int) -> None:
        """Count what came of a body over the limit, and keep none of it."""
        came = max(0, min(len(self._buffer) - start, size - self._dropped))
        del self._buffer[start : start + came]
        self._dropped += came

    def _dispatch(self, kind: bytes, head: str, posted: Posted) -> None:
        if kind == _RESULT:
            self._events.responded(self, head, posted)
        elif kind == _NEXT:
            self._events.wants_next(self, all_read=posted.all_read)
        elif kind == _ERROR:
            self._events.failed(self, head, posted)
        else:
            self._buffer.clear()
            self.close()


def _frame(kind: bytes, head: bytes = b"", body: bytes = b"") -> bytes:
    return b"".join((_FRAME.pack(kind, 0, len(head), len(body)), head, body))


_ACCEPTED = _frame(b"A")
