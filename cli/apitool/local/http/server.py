"""The listening socket, its connections, and their end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from apitool.local.http.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from socket import socket

    from apitool.local.http.wire import Reply
    from apitool.proxy.request import Request

_IDLE = 60.0  # seconds without a byte; what a client has not finished by then it does not get to finish
_SWEEP = 5.0  # seconds


class Server:
    """Answers every request with `handler`."""

    def __init__(self, handler: Callable[[Request], Awaitable[Reply]], *, idle_s: float = _IDLE) -> None:
        self._handler = handler
        self._idle_s = idle_s
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def start(self, listener: socket) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self._handler, self), sock=listener)
        self._sweep()

    async def stop(self) -> None:
        """Close what is open; requests under way are given up."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        if self._server is not None:
            self._server.close()
        for connection in tuple(self._connections):
            connection.close()
        await asyncio.sleep(0)  # lets the transports say goodbye

    @property
    def connections(self) -> int:
        return len(self._connections)

    def opened(self, connection: Connection) -> None:
        self._connections.add(connection)

    def closed(self, connection: Connection) -> None:
        self._connections.discard(connection)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        limit = loop.time() - self._idle_s
        for connection in tuple(self._connections):
            idle_since = connection.idle_since
            if idle_since is not None and idle_since < limit:
                connection.close()
        self._sweeper = loop.call_later(min(_SWEEP, self._idle_s), self._sweep)
