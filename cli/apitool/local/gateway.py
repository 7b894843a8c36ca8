"""The data plane: a request -> its answer, by the rules of `apitool.proxy`, whatever stages are served.

Stage first in the path, as on AWS's own endpoint; a Host of `{api id}.execute-api.…` names the API as well.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from apitool.local.exchange import Exchanged, exchanged
from apitool.local.http.wire import Reply
from apitool.local.request_ids import new_ids
from apitool.proxy.exchange import Answer, begin
from apitool.proxy.routing import split_stage

if TYPE_CHECKING:
    from apitool.local.functions import Functions
    from apitool.local.http.endpoint_calls import EndpointCalls
    from apitool.local.served_stage import ServedStage
    from apitool.proxy.request import Request

_EXECUTE_API = ".execute-api."


class FindStage(Protocol):
    """The stage of that name, of the API named if one is; None when there is none."""

    def __call__(self, name: str, api_id: str | None) -> ServedStage | None: ...


class Note(Protocol):
    """Told of every request once it has its answer; must be quick. `started` is time.perf_counter()'s."""

    def __call__(
        self, served: ServedStage | None, request: Request, exchange: Exchanged, started: float
    ) -> None: ...


class Gateway:
    """A request keeps the stage it began with, whatever changes meanwhile."""

    def __init__(
        self, find_stage: FindStage, functions: Functions, endpoints: EndpointCalls, note: Note
    ) -> None:
        self._find_stage = find_stage
        self._functions = functions
        self._note = note
        self._endpoints = endpoints

    async def handle(self, request: Request) -> Reply:
        answer = (await self.exchange(request)).answer
        return Reply(answer.status, answer.headers, answer.body)

    async def exchange(self, request: Request) -> Exchanged:
        started = time.perf_counter()
        name = split_stage(request.raw_path).stage
        served = self._find_stage(name, _api_named_by(request.header("Host") or ""))
        exchange = await self._exchanged(served, request)
        self._note(served, request, exchange, started)
        return exchange

    async def _exchanged(self, served: ServedStage | None, request: Request) -> Exchanged:
        ids, received = new_ids(), request.received_at_ms
        if served is None:
            return Exchanged(_finished(begin(None, request, ids, now_ms=received)))
        step = begin(served.pick(), request, ids, now_ms=received, gates=served.gates)
        return await exchanged(step, self._functions, self._endpoints)


def _api_named_by(host: str) -> str | None:
    return host.partition(".")[0].lower() if _EXECUTE_API in host else None


def _finished(step: object) -> Answer:
    if not isinstance(step, Answer):
        raise TypeError("a request without a stage can't ask for anything")
    return step
