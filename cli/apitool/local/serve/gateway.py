"""A request -> its answer: the rules of `apitool.proxy`, functions run by the Lambda runtime."""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from apitool.local.request_ids import new_ids
from apitool.local.serve.own_paths import is_own
from apitool.local.serve.wire import Reply, text_reply
from apitool.proxy.exchange import Answer, Invocation, begin, finish
from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused
from apitool.proxy.routing import split_stage

if TYPE_CHECKING:
    from apitool.local.runtime.runtime import Runtime
    from apitool.local.serve.exchanges import Exchanges
    from apitool.local.serve.served import Served
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.request import Request

_BROKEN = text_reply(500, "application/json", b'{"message": "Internal server error"}')


class Own(Protocol):
    """Who answers what is asked at the reserved path."""

    async def answer(self, request: Request) -> Reply: ...


class Gateway:
    """`served` may be replaced at any time: a request keeps what it began with."""

    def __init__(self, served: Served, runtime: Runtime, exchanges: Exchanges, own: Own) -> None:
        self.served = served
        self._runtime = runtime
        self._exchanges = exchanges
        self._own = own

    async def handle(self, request: Request) -> Reply:
        """Never raises: what went wrong in here is on stderr, and a 500 for the client."""
        try:
            if is_own(request):
                return await self._own.answer(request)
            answer = await self.answer(request)
        except Exception:  # noqa: BLE001 - whatever it was, the client gets the gateway's 500
            traceback.print_exc(file=sys.stderr)
            return _BROKEN
        return Reply(answer.status, answer.headers, answer.body)

    async def answer(self, request: Request) -> Answer:
        started = time.perf_counter()
        served = self.served
        name = split_stage(request.raw_path).stage
        stage = served.deployed if name == served.deployed.name else None
        step = begin(stage, request, new_ids(), now_ms=request.received_at_ms, throttle=served.throttle)
        event: dict[str, Any] | None = None
        outcome: Outcome | None = None
        if isinstance(step, Invocation):
            event, outcome = step.event, await self._invoke(served, step)
            answer = finish(step, outcome, now_ms=time.time_ns() // 1_000_000)
        else:
            answer = step
        milliseconds = (time.perf_counter() - started) * 1000
        self._exchanges.note(request, answer, milliseconds, event, outcome)
        return answer

    async def _invoke(self, served: Served, invocation: Invocation) -> Outcome:
        """With the integration's timeout; the function itself runs on after that."""
        function = served.functions.get(invocation.function_arn)
        if function is None:
            return InvokeRefused("not-found", str(uuid4()), 0)
        trace = invocation.passage.trace.event_value
        try:
            async with asyncio.timeout(invocation.timeout_ms / 1000):
                return await self._runtime.invoke(function, invocation.payload, trace_id=trace)
        except TimeoutError:
            return IntegrationTimeout(invocation.timeout_ms)
