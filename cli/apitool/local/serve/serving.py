"""Serving from start to end: runtime, server, watching, and what is said about it."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.local.endpoint import LOOPBACK
from apitool.local.ports import port_of
from apitool.local.runtime.runtime import Runtime
from apitool.local.runtime.settings import RuntimeSettings
from apitool.local.serve.aws import EmbeddedAws
from apitool.local.serve.exchanges import Exchanges
from apitool.local.serve.gateway import Gateway
from apitool.local.serve.own_paths import AWS, PREFIX, OwnPaths
from apitool.local.serve.page import Page
from apitool.local.serve.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from socket import socket
    from typing import Self

    from apitool.local.serve.exchanges import Exchange
    from apitool.local.serve.served import Served


class Serving:
    """`async with Serving(...)`: it answers from then on.

    `load` reads everything anew after a save, given how many there were; it may block and raise ApitoolError.
    `say` and `warn` talk to the user.
    """

    def __init__(
        self,
        first: Served,
        load: Callable[[int], Served],
        listener: socket,
        *,
        say: Callable[[str], None],
        warn: Callable[[ApitoolError], None],
        settings: RuntimeSettings | None = None,
    ) -> None:
        self._load = load
        self._listener = listener
        self._say = say
        self._warn = warn
        self._saves = 0
        self.exchanges = Exchanges()
        self.port = port_of(listener)
        endpoint = f"http://{LOOPBACK}:{self.port}{AWS}"
        self.runtime = Runtime(self.exchanges.logs, settings or RuntimeSettings(endpoint_url=endpoint))
        page = Page(self.exchanges, self._title)
        own = OwnPaths(page, EmbeddedAws(lambda: self.gateway.served, say))
        self.gateway = Gateway(first, self.runtime, self.exchanges, own)
        self.server = Server(self.gateway.handle)

    async def __aenter__(self) -> Self:
        await self.runtime.start()
        await self.server.start(self._listener)
        gc.freeze()  # what was loaded until now stays: the collector need not look at it for every request
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.stop()
        await self.runtime.stop()

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/{self.gateway.served.stage.name}"

    @property
    def page_url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}{PREFIX}/"

    def listen(self, listener: Callable[[Exchange], None]) -> None:
        self.exchanges.listen(listener)

    async def watch(self) -> None:
        """Take over what is saved, until cancelled."""
        from apitool.local.serve.watch import saved, state  # noqa: PLC0415 - not before it can answer

        known = state(self._watched())
        while True:
            watched = self._watched()
            async for changed in saved(watched, known):
                known = state(watched)
                await self._take_over(changed)
                if self._watched() != watched or self.gateway.served.project.file in changed:
                    break  # other folders now; or the file was replaced by another, which is not watched yet

    def _watched(self) -> set[Path]:
        project = self.gateway.served.project
        return {project.file, *(project.root / each.source for each in project.functions.values())}

    async def _take_over(self, changed: frozenset[Path]) -> None:
        self._saves += 1
        try:
            self.gateway.served = await asyncio.to_thread(self._load, self._saves)
        except ApitoolError as error:
            self._warn(error)
            self._say("still serving what was there before")
            return
        names = sorted({path.name for path in changed})
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        self._say(f"saved: {names[0]}{more}")

    def _title(self) -> str:
        served = self.gateway.served
        return f"{served.project.name}/{served.stage.name} at {self.url}"
