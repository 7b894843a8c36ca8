"""Stands in for `runtime_client`, the extension module below awslambdaric that asks the Runtime API.

Runs inside a worker; standard library only. awslambdaric's own asks libcurl for every exchange: a result, its
acceptance, the question for the next event, the event. Here they are the frames of `channel.py`, and the
question goes out together with the result: one message each way for an invocation, and one process woken
instead of two. What awslambdaric does above it, and what it is told, is the same; names and texts are those
of its own module (4.2), beside which the tests run this one.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import termios
import time

_FRAME = struct.Struct(">cBHI")  # kind, whether the output was read, bytes of head, bytes of body
_NEXT, _RESULT, _ERROR = b"N", b"R", b"E"
_REFUSED, _INVOCATION = b"X", b"I"
_AT_ONCE = 1_048_576  # bytes; a larger result waits for what is said to it: it may be too large
_CHUNK = 65_536  # bytes
_NOTHING = bytes(4)  # an int
_NAMES = (
    "Lambda-Runtime-Aws-Request-Id",
    "Lambda-Runtime-Deadline-Ms",
    "Lambda-Runtime-Invoked-Function-Arn",
    "Lambda-Runtime-Trace-Id",
    "Lambda-Runtime-Client-Context",  # only where there is one
)


class _NoEvent(Exception):  # noqa: N818 - what happened, to be said in awslambdaric's words
    """There was no event, or nobody answered at all."""


class _PostRefused(_NoEvent):
    """What was posted was not taken."""


class _Channel:
    """To the process that started this one."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - no business of what the function starts
        self._socket = socket.socket(fileno=descriptor)
        self._output = os.dup(1)  # the pipe of everything the function writes, whatever it does to its stdout
        self._received = b""
        self._to_post = b""  # goes out with the next question

    def post(self, kind: bytes, request_id: str, body: bytes) -> None:
        frame = self._frame(kind, request_id.encode(), body)
        if len(body) > _AT_ONCE:
            self._send(frame)
            self._hear_of_post()
        else:
            self._to_post = frame

    def next(self) -> tuple[bytes, dict[str, object]]:
        posted, self._to_post = self._to_post, b""
        self._send(posted + self._frame(_NEXT))
        if posted:
            self._hear_of_post()
        kind, head, body = self._hear()
        if kind != _INVOCATION:
            raise _NoEvent(f"Failed to get next invocation. {_reason(head, body)}")
        headers: dict[str, object] = dict(zip(_NAMES, head.decode().split("\n"), strict=False))
        headers["Lambda-Runtime-Deadline-Ms"] = int(headers["Lambda-Runtime-Deadline-Ms"])  # type: ignore[call-overload]
        headers["Content-Type"] = "application/json"
        return body, headers

    def say(self, what: str) -> None:
        """Into the function's log, past a stdout that the function may have replaced."""
        os.write(self._output, f"[ERROR] [{time.time_ns() // 1_000_000}] LAMBDA_RUNTIME {what}\n".encode())

    def _frame(self, kind: bytes, head: bytes = b"", body: bytes = b"") -> bytes:
        return _FRAME.pack(kind, self._all_read(), len(head), len(body)) + head + body

    def _all_read(self) -> bool:
        """Nothing that was written waits in the pipe: the gateway, which has more to do, need not look."""
        try:
            return fcntl.ioctl(self._output, termios.FIONREAD, _NOTHING) == _NOTHING
        except OSError:  # no pipe: not started by apitool's runtime
            return False

    def _send(self, message: bytes) -> None:
        try:
            self._socket.sendall(message)
        except OSError:
            raise _NoEvent("Failed to get next invocation. No Response from endpoint") from None

    def _hear_of_post(self) -> None:
        kind, head, body = self._hear()
        if kind == _REFUSED:
            raise _PostRefused(f"Failed to post handler success response. {_reason(head, body)}")

    def _hear(self) -> tuple[bytes, bytes, bytes]:
        """Kind, head and body of one frame."""
        if len(self._received) < _FRAME.size:
            self._receive(_FRAME.size)
        kind, _, head_size, size = _FRAME.unpack_from(self._received)
        start = _FRAME.size + head_size
        end = start + size
        if len(self._received) < end:
            self._receive(end)
        head, body = self._received[_FRAME.size : start], self._received[start:end]
        self._received = self._received[end:]
        return kind, head, body

    def _receive(self, size: int) -> None:
        """Until there are so many bytes. Megabytes are put together once, not again with every piece."""
        pieces, have = [self._received], len(self._received)
        while have < size:
            try:
                piece = self._socket.recv(max(_CHUNK, min(size - have, _AT_ONCE)))
            except OSError:
                piece = b""
            if not piece:
                raise _NoEvent("Failed to get next invocation. No Response from endpoint")
            pieces.append(piece)
            have += len(piece)
        self._received = b"".join(pieces)


_channel: _Channel


def open_channel(descriptor: int) -> None:
    """Called before awslambdaric is imported."""
    global _channel  # noqa: PLW0603 - awslambdaric's own module keeps its state so, too
    _channel = _Channel(descriptor)


def initialize_client(_user_agent: str) -> None:
    """Called once by awslambdaric."""


def next() -> tuple[bytes, dict[str, object]]:  # noqa: A001 - awslambdaric calls it so
    """The next event and what was said of it. Raises RuntimeError."""
    try:
        return _channel.next()
    except _PostRefused as refused:
        raise _failure("post invocation response", refused) from None
    except _NoEvent as error:
        raise _failure("get next", error) from None


def post_invocation_result(
    invoke_id: str, result_data: bytes, content_type: str, invocation_id: str | None = None
) -> None:
    """What the handler returned. Raises RuntimeError where it is refused, which may come only with `next`."""
    del content_type, invocation_id  # nobody here asks for them
    try:
        _channel.post(_RESULT, invoke_id, result_data)
    except _NoEvent as error:
        raise _failure("post invocation response", error) from None


def post_error(invoke_id: str, error: str, xray_fault: str, invocation_id: str | None = None) -> None:
    """The error document of a handler that raised."""
    del xray_fault, invocation_id
    try:
        _channel.post(_ERROR, invoke_id, error.encode())
    except _NoEvent as refused:
        raise _failure("post invocation error", refused) from None


def _failure(doing: str, error: _NoEvent) -> RuntimeError:
    """What awslambdaric's own raises; why stands in the function's log."""
    _channel.say(str(error))
    return RuntimeError(f"Failed to {doing}")


def _reason(status: bytes, document: bytes) -> str:
    return f"Http response code: {status.decode()}. {document.decode()}"
