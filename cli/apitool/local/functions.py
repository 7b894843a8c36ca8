"""Lambda as API Gateway sees it: may this be called, run it, wait for it as long as the integration says."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused, Returned
from apitool.proxy.steps import Invocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.proxy.outcome import Outcome
    from apitool.proxy.steps import AuthorizerCall


class Invoke(Protocol):
    """Runs a function by its ARN, with version or alias, whoever asks."""

    async def __call__(self, arn: str, payload: bytes, *, trace_id: str) -> Outcome: ...


def anyone(_function_arn: str, _source_arn: str) -> bool:
    """A permission for every call."""
    return True


class Functions:
    """`permits` is asked with a function's ARN and the ARN of the method or authorizer that calls it."""

    def __init__(self, invoke: Invoke, permits: Callable[[str, str], bool] = anyone) -> None:
        self._invoke = invoke
        self._permits = permits
        self._alone: set[asyncio.Task[Outcome]] = set()

    async def run(self, call: Invocation | AuthorizerCall) -> Outcome:
        """The outcome within the call's time; the function itself runs on after that, as on AWS."""
        if not self._permits(call.function_arn, call.source_arn):
            return InvokeRefused("not-permitted", new_uuid(), 0)
        running = self._invoke(call.function_arn, call.payload, trace_id=call.passage.trace.event_value)
        if isinstance(call, Invocation) and call.invocation_type == "Event":
            task = asyncio.get_running_loop().create_task(running)
            self._alone.add(task)  # the loop itself keeps only weak references
            task.add_done_callback(self._alone.discard)
            return Returned(b"", new_uuid(), 0)
        try:
            async with asyncio.timeout(call.timeout_ms / 1000):
                return await running
        except TimeoutError:
            return IntegrationTimeout(call.timeout_ms)
