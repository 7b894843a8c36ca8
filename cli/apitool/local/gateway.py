"""The data plane: a request -> its answer, by the rules of `apitool.proxy`, whatever stages are served.

Stage first in the path, as on AWS's own endpoint; a Host of `{api id}.execute-api.…` names the API as well.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from apitool.local.exchange import exchanged
from apitool.local.http.wire import Reply
from apitool.local.request_ids import new_ids
from apitool.proxy.exchange import begin
from apitool.proxy.gates import Gates
from apitool.proxy.routing import split_stage

if TYPE_CHECKING:
    from apitool.local.exchange import Exchanged
    from apitool.local.functions import Functions
    from apitool.local.http.endpoint_calls import EndpointCalls
    from apitool.local.served_stage import ServedStage
    from apitool.proxy.exchange import Step
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
        step = _begun(served, request)
        exchange = await exchanged(step, self._functions, self._endpoints)
        self._note(served, request, exchange, started)
        return exchange


def _begun(served: ServedStage | None, request: Request) -> Step:
    stage, gates = (None, Gates()) if served is None else (served.pick(), served.gates)
    return begin(stage, request, new_ids(), now_ms=request.received_at_ms, gates=gates)


def _api_named_by(host: str) -> str | None:
    return host.partition(".")[0].lower() if _EXECUTE_API in host else None
