"""From the control plane's threads to the event loop the runtime lives on."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from apitool.local.request_ids import new_ids
from apitool.local.turn import given_up
from apitool.proxy.exchange import Invocation
from apitool.proxy.tracing import new_root

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apitool.local.functions import Functions
    from apitool.local.http.endpoint_calls import EndpointCalls
    from apitool.local.invoker import Invoker
    from apitool.proxy.exchange import HttpCall
    from apitool.proxy.outcome import HttpOutcome, Outcome

T = TypeVar("T")


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
        return _awaited(future) if wait else None

    def perform(self, step: Invocation | HttpCall) -> Outcome | HttpOutcome:
        """What the gateway would do for a step of a request."""
        if isinstance(step, Invocation):
            return _awaited(asyncio.run_coroutine_threadsafe(self._functions.run(step), self._loop))
        return _awaited(asyncio.run_coroutine_threadsafe(self._endpoints.make(step), self._loop))


def _awaited(future: Future[T]) -> T:
    """A function may ask the control plane for something before it answers."""
    with given_up():
        return future.result()
