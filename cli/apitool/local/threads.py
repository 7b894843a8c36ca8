"""From the control plane's threads to the event loop the runtime lives on."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_ids
from apitool.proxy.exchange import Invocation
from apitool.proxy.tracing import new_root

if TYPE_CHECKING:
    from apitool.local.functions import Functions
    from apitool.local.http.endpoint_calls import EndpointCalls
    from apitool.local.invoker import Invoker
    from apitool.proxy.exchange import HttpCall
    from apitool.proxy.outcome import HttpOutcome, Outcome


class FromAnyThread:
    """Made on the event loop; `run` and `perform` are called elsewhere."""

    def __init__(self, invoker: Invoker, functions: Functions, endpoints: EndpointCalls) -> None:
        self._invoker = invoker
        self._functions = functions
        self._endpoints = endpoints
        self._loop = asyncio.get_running_loop()

    def run(self, arn: str, payload: bytes, *, client_context: str | None, wait: bool) -> Outcome | None:
        """Run a function; without `wait` it runs on and its outcome is in its log only."""
        trace = new_root(new_ids(), time.time_ns() // 1_000_000)
        invoked = self._invoker.invoke(arn, payload, trace_id=trace, client_context=client_context)
        future = asyncio.run_coroutine_threadsafe(invoked, self._loop)
        return future.result() if wait else None

    def perform(self, step: Invocation | HttpCall) -> Outcome | HttpOutcome:
        """What the gateway would do for a step of a request."""
        if isinstance(step, Invocation):
            return asyncio.run_coroutine_threadsafe(self._functions.run(step), self._loop).result()
        return asyncio.run_coroutine_threadsafe(self._endpoints.make(step), self._loop).result()
