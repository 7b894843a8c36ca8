"""Serving from start to end: runtime, server, watching, and what is said about it."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.local.endpoint import LOOPBACK
from apitool.local.exchange import exchanged
from apitool.local.functions import Functions
from apitool.local.gateway import Gateway
from apitool.local.http.endpoint_calls import EndpointCalls
from apitool.local.http.server import Server
from apitool.local.http.service_calls import ServiceCalls
from apitool.local.ports import port_of
from apitool.local.request_ids import new_ids
from apitool.local.roles import any_role
from apitool.local.runtime.runtime import Runtime
from apitool.local.runtime.settings import RuntimeSettings
from apitool.local.serve.aws import EmbeddedAws
from apitool.local.serve.declared_plans import declared_plans
from apitool.local.serve.exchanges import Exchanges
from apitool.local.serve.own_paths import AWS, PREFIX, OwnPaths, is_own
from apitool.local.serve.page import Page
from apitool.local.serve.source_functions import source_functions
from apitool.local.served_stage import ServedStage
from apitool.project import templates
from apitool.project.deployed import as_canary
from apitool.proxy.exchange import begin
from apitool.proxy.gates import Gates
from apitool.proxy.response_cache import ResponseCache
from apitool.proxy.throttle import Throttle
from apitool.proxy.usage.meter import UsageMeter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path
    from socket import socket
    from typing import Self

    from apitool.local.exchange import Exchanged
    from apitool.local.http.wire import Reply
    from apitool.local.serve.exchanges import Exchange
    from apitool.local.serve.served import Served
    from apitool.proxy.caller import Caller
    from apitool.proxy.request import Request
    from apitool.proxy.stage import DeployedStage


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
        self.take(first)
        aws = EmbeddedAws(lambda: self.served, say)
        self._own = OwnPaths(Page(self.exchanges, self._title), aws)
        self._functions = Functions(source_functions(lambda: self.served.functions, self.runtime))
        self._endpoints = EndpointCalls(ServiceCalls(aws.url, any_role))
        self.gateway = Gateway(self._find_stage, self._functions, self._endpoints, self._note)
        self.server = Server(self._handle)

    async def __aenter__(self) -> Self:
        await self.runtime.start()
        for function in [*self.served.functions.values()][:1]:
            self.runtime.warm(function)  # while the rest starts; the others when they are needed
        await self.server.start(self._listener)
        gc.freeze()  # what was loaded until now stays: the collector need not look at it for every request
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.stop()
        self._endpoints.stop()
        await self.runtime.stop()

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/{self.served.stage.name}"

    @property
    def page_url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}{PREFIX}/"

    def take(self, served: Served) -> None:
        """Serve this from now on, with new gates: nothing is throttled or kept from before."""
        self.served = served
        meter = UsageMeter(declared_plans(served.project, served.deployed))
        gates = Gates(Throttle(), meter, answers=ResponseCache())
        self._stage = ServedStage(served.deployed, gates, _canary_of(served.deployed))

    async def asked(self, request: Request, caller: Caller) -> Exchanged:
        """A request of somebody known, past throttles and plans, that nobody is told of."""
        stage, received = self.served.deployed, request.received_at_ms
        step = begin(stage, request, new_ids(), now_ms=received, gates=Gates(), caller=caller)
        return await exchanged(step, self._functions, self._endpoints)

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
                if self._watched() != watched or self._files() & changed:
                    break  # other folders now; or a file was replaced by another, which is not watched yet

    def _handle(self, request: Request) -> Awaitable[Reply]:
        return self._own.answer(request) if is_own(request) else self.gateway.handle(request)

    def _find_stage(self, name: str, api_id: str | None) -> ServedStage | None:
        del api_id  # there is one API only, whatever the host says
        return self._stage if name == self._stage.deployed.name else None

    def _note(
        self, served: ServedStage | None, request: Request, exchange: Exchanged, started: float
    ) -> None:
        del served
        milliseconds = (time.perf_counter() - started) * 1000
        self.exchanges.note(request, exchange.answer, milliseconds, exchange.payload, exchange.outcome)

    def _watched(self) -> set[Path]:
        project = self.served.project
        return self._files() | {project.root / each.source for each in project.functions.values()}

    def _files(self) -> set[Path]:
        project = self.served.project
        described = {project.root / project.openapi} if project.openapi else set()
        return {project.file, *described, *templates.files(project)}

    async def _take_over(self, changed: frozenset[Path]) -> None:
        self._saves += 1
        try:
            served = await asyncio.to_thread(self._load, self._saves)
        except ApitoolError as error:
            self._warn(error)
            self._say("still serving what was there before")
            return
        self.take(served)
        names = sorted({path.name for path in changed})
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        self._say(f"saved: {names[0]}{more}")

    def _title(self) -> str:
        served = self.served
        return f"{served.project.name}/{served.stage.name} at {self.url}"


def _canary_of(deployed: DeployedStage) -> DeployedStage | None:
    """The same code with the canary's variables; another deployment is on AWS only."""
    canary = deployed.settings.canary
    return None if canary is None or "deploymentId" in canary else as_canary(deployed)
