"""Stands in for `runtime_client`, the extension module below awslambdaric that speaks HTTP.

Runs inside a worker; standard library only. awslambdaric's own asks libcurl for every exchange: a result, its
acceptance, the question for the next event, the event. Here the question goes out together with the result,
as HTTP/1.1 allows, and the Runtime API answers both at once: one message each way for an invocation, and one
process woken instead of two. What awslambdaric does above it, and what it is told, is the same; names, texts
and the shape of the headers are those of its own module (4.2), beside which the tests run this one.
"""

from __future__ import annotations

import fcntl
import os
import re
import socket
import termios
import time

_RUNTIME = "/2018-06-01/runtime/invocation"
_AT_ONCE = 1_048_576  # bytes; a larger result waits for what is said to it: it may be too large
_CHUNK = 262_144  # bytes
_DEADLINE = "Lambda-Runtime-Deadline-Ms"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ACCEPTED = range(200, 300)
_NOTHING = bytes(4)  # an int
_ALL_READ = "x-apitool-output: read\r\n"


class _NoEvent(Exception):  # noqa: N818 - what happened, to be said in awslambdaric's words
    """The Runtime API gave no event, or did not answer at all."""


class _PostRefused(_NoEvent):
    """It did not take what was posted."""


class _RuntimeApi:
    """One connection that stays open."""

    def __init__(self, user_agent: str) -> None:
        self._address = os.environ["AWS_LAMBDA_RUNTIME_API"]
        self._lines = f"Host: {self._address}\r\nAccept: */*\r\nUser-Agent: {user_agent}\r\n"
        self._output = os.dup(1)  # the pipe of everything the function writes, whatever it does to its stdout
        self._socket: socket.socket | None = None
        self._received = b""
        self._to_post: tuple[str, str, bytes] | None = None  # goes out with the next question

    def post(self, path: str, lines: str, body: bytes) -> None:
        if len(body) > _AT_ONCE:
            self._send(self._post_message(path, lines, body))
            self._hear_of_post()
        else:
            self._to_post = path, lines, body

    def next(self) -> tuple[bytes, dict[str, object]]:
        read = _ALL_READ if self._all_read() else ""
        question = f"GET {_RUNTIME}/next HTTP/1.1\r\n{self._lines}{read}\r\n".encode()
        if self._to_post is not None:
            path, lines, body = self._to_post
            self._to_post = None
            self._send(self._post_message(path, f"{read}{lines}", body) + question)
            self._hear_of_post()
        else:
            self._send(question)
        status, head, body = self._hear()
        if status not in _ACCEPTED:
            raise _NoEvent(f"Failed to get next invocation. Http response code: {status}. {_text(body)}")
        return body, _named(head)

    def _post_message(self, path: str, lines: str, body: bytes) -> bytes:
        head = f"POST {_RUNTIME}/{path} HTTP/1.1\r\n{self._lines}{lines}content-length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def _all_read(self) -> bool:
        """Nothing that was written waits in the pipe: the gateway, which has more to do, need not look."""
        try:
            return fcntl.ioctl(self._output, termios.FIONREAD, _NOTHING) == _NOTHING
        except OSError:  # no pipe: not started by apitool's runtime
            return False

    def _send(self, message: bytes) -> None:
        try:
            if self._socket is None:
                host, _, port = self._address.rpartition(":")
                self._socket = socket.create_connection((host, int(port)))
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(message)
        except OSError:
            raise _NoEvent("Failed to get next invocation. No Response from endpoint") from None

    def say(self, what: str) -> None:
        """Into the function's log, past a stdout that the function may have replaced."""
        os.write(self._output, f"[ERROR] [{time.time_ns() // 1_000_000}] LAMBDA_RUNTIME {what}\n".encode())

    def _hear_of_post(self) -> None:
        status, _, body = self._hear()
        if status not in _ACCEPTED:
            raise _PostRefused(
                f"Failed to post handler success response. Http response code: {status}. {_text(body)}"
            )

    def _hear(self) -> tuple[int, bytes, bytes]:
        """Status, head and body of one answer."""
        while (end := self._received.find(b"\r\n\r\n")) < 0:
            self._receive()
        head, self._received = self._received[:end], self._received[end + 4 :]
        length = _LENGTH.search(head)
        size = int(length[1]) if length else 0
        if len(self._received) < size:
            self._receive_up_to(size)
        body, self._received = self._received[:size], self._received[size:]
        return int(head[9:12]), head, body

    def _receive(self) -> None:
        try:
            data = self._socket.recv(_CHUNK) if self._socket else b""
        except OSError:
            data = b""
        if not data:
            raise _NoEvent("Failed to get next invocation. No Response from endpoint")
        self._received += data

    def _receive_up_to(self, size: int) -> None:
        """Megabytes are put together once, not again with every piece."""
        pieces, self._received = [self._received], b""
        have = len(pieces[0])
        while have < size:
            self._receive()
            pieces.append(self._received)
            have += len(self._received)
            self._received = b""
        self._received = b"".join(pieces)


_api: _RuntimeApi


def initialize_client(user_agent: str) -> None:
    global _api  # noqa: PLW0603 - so has awslambdaric's own
    _api = _RuntimeApi(user_agent)


def next() -> tuple[bytes, dict[str, object]]:  # noqa: A001 - awslambdaric calls it so
    """The next event and what was said of it. Raises RuntimeError."""
    try:
        return _api.next()
    except _PostRefused as refused:
        raise _failure("post invocation response", refused) from None
    except _NoEvent as error:
        raise _failure("get next", error) from None


def post_invocation_result(
    invoke_id: str, result_data: bytes, content_type: str, invocation_id: str | None = None
) -> None:
    """What the handler returned. Raises RuntimeError where it is refused, which may come only with `next`."""
    lines = f"content-type: {content_type}\r\n{_of_invocation(invocation_id)}"
    try:
        _api.post(f"{invoke_id}/response", lines, result_data)
    except _NoEvent as error:
        raise _failure("post invocation response", error) from None


def post_error(invoke_id: str, error: str, xray_fault: str, invocation_id: str | None = None) -> None:
    """The error document of a handler that raised."""
    cause = f"lambda-runtime-function-xray-error-cause: {xray_fault}\r\n" if xray_fault else ""
    lines = f"content-type: application/json\r\n{cause}{_of_invocation(invocation_id)}"
    try:
        _api.post(f"{invoke_id}/error", lines, error.encode())
    except _NoEvent as refused:
        raise _failure("post invocation error", refused) from None


def _failure(doing: str, error: _NoEvent) -> RuntimeError:
    """What awslambdaric's own raises; why stands in the function's log."""
    _api.say(str(error))
    return RuntimeError(f"Failed to {doing}")


def _of_invocation(invocation_id: str | None) -> str:
    return f"lambda-runtime-invocation-id: {invocation_id}\r\n" if invocation_id else ""


def _named(head: bytes) -> dict[str, object]:
    """Headers by their names, which the Runtime API spells as Lambda does."""
    named = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return {**named, _DEADLINE: int(named.get(_DEADLINE, 0))}


def _text(body: bytes) -> str:
    return body.decode(errors="replace")
