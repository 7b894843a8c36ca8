"""The two listening sockets, opened by the command that starts the process and handed to it.

Opened here, so that a taken port is an error of the command itself and nobody can take a port in between.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.local.endpoint import LOOPBACK

if TYPE_CHECKING:
    from pathlib import Path

_BACKLOG = 128  # connections waiting to be accepted


@dataclass(frozen=True, slots=True)
class GatewaySocket:
    """`note` says when the port of last time could not be had."""

    socket: socket.socket
    note: str | None = None

    @property
    def port(self) -> int:
        return port_of(self.socket)


def listen(port: int = 0) -> socket.socket:
    """A listening socket on the loopback address; port 0 is any free one.

    Raises:
        OSError: the port is taken or not allowed.
        OverflowError: no such port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError):
        listener.close()
        raise
    return listener


def gateway_socket(wanted: int | None, memory: Path) -> GatewaySocket:
    """The gateway's socket: on the wanted port, else on the port of last time, else on a free one.

    Raises:
        UsageError: the wanted port can't be had.
    """
    if wanted is not None:
        return GatewaySocket(_listen_on_wanted(wanted))
    last = _remembered(memory)
    if last is None:
        return GatewaySocket(listen())
    try:
        return GatewaySocket(listen(last))
    except OSError:
        fresh = listen()
        note = f"port {last}, the gateway's of last time, is taken: it listens on {port_of(fresh)} now"
        return GatewaySocket(fresh, note)


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def _listen_on_wanted(port: int) -> socket.socket:
    try:
        return listen(port)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"the gateway can't listen on port {port}",
            seen=str(error),
            fix="choose another --port, or leave it out for a free one",
        ) from error


def _remembered(memory: Path) -> int | None:
    try:
        return int(memory.read_text())
    except (OSError, ValueError):
        return None
