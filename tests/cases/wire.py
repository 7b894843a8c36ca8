"""HTTP/1.1 over a bare socket: sent byte for byte, and what comes back is taken apart."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any

_INTERIM = range(100, 200)


@dataclass(frozen=True)
class Answered:
    """`headers` in wire order and casing."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    head: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """All values of a header as a client joins them; None when it was not sent."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    def spelling(self, name: str) -> str | None:
        return next((key for key, _ in self.headers if key.lower() == name.lower()), None)


def exchange(port: int, data: bytes, *, timeout: float = 30, shut: bool = False, pause: float = 0.0) -> bytes:
    """Everything the server sends until it closes the connection.

    `shut` says to it that nothing more comes; with a `pause`, in seconds, every byte comes alone.
    """
    received = []
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        try:
            for part in (data,) if not pause else (data[at : at + 1] for at in range(len(data))):
                connection.sendall(part)
                time.sleep(pause)
            if shut:
                connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65_536):
                received.append(part)
        except ConnectionError:  # it may close before it has read everything
            pass
    return b"".join(received)


def ask(port: int, data: bytes, *, head_only: bool = False) -> Answered:
    """One request that ends its connection, and its answer."""
    answers = answers_in(exchange(port, data), head_only=head_only)
    assert len(answers) == 1, answers
    return answers[0]


def answers_in(received: bytes, *, head_only: bool = False) -> list[Answered]:
    """The answers in what was received, interim ones left out; each has to be whole."""
    found = []
    rest = received
    while rest:
        head, end, rest = rest.partition(b"\r\n\r\n")
        assert end, f"a head without an end: {head[:200]!r}"
        start, *lines = head.decode("latin-1").split("\r\n")
        status = int(start.split(" ", 2)[1])
        if status in _INTERIM:
            continue
        headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        length = 0 if head_only else length
        body, rest = rest[:length], rest[length:]
        assert len(body) == length, f"{len(body)} bytes of a body of {length}"
        found.append(Answered(status, headers, body, head))
    return found
