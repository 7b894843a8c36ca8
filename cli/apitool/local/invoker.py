"""Running what the gateway or Lambda's Invoke API asks for: look it up, may it be called, run it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused

if TYPE_CHECKING:
    from apitool.local.control_plane_view import ControlPlaneView
    from apitool.local.runtime.runtime import Runtime
    from apitool.proxy.exchange import Invocation
    from apitool.proxy.outcome import Outcome


class Invoker:
    """Lambda, as API Gateway sees it."""

    def __init__(self, view: ControlPlaneView, runtime: Runtime) -> None:
        self._view = view
        self._runtime = runtime

    async def for_gateway(self, invocation: Invocation) -> Outcome:
        """Run a request's function with the integration's timeout; the function itself runs on after that."""
        if not self._view.permits(invocation.function_arn, _source_arn(invocation)):
            return InvokeRefused("not-permitted", str(uuid4()), 0)
        trace = invocation.passage.trace.event_value
        try:
            async with asyncio.timeout(invocation.timeout_ms / 1000):
                return await self.invoke(invocation.function_arn, invocation.payload, trace_id=trace)
        except TimeoutError:
            return IntegrationTimeout(invocation.timeout_ms)

    async def invoke(
        self, arn: str, payload: bytes, *, trace_id: str, client_context: str | None = None
    ) -> Outcome:
        """Run a function, whoever asks.

        Raises:
            RequestTooLargeError: the payload exceeds what Lambda takes.
        """
        function = self._view.known_function(arn)
        if function is None:  # the first time it is unpacked, which may take a while
            function = await asyncio.to_thread(self._view.function, arn)
        if function is None:
            return InvokeRefused("not-found", str(uuid4()), 0)
        return await self._runtime.invoke(function, payload, trace_id=trace_id, client_context=client_context)


def _source_arn(invocation: Invocation) -> str:
    """Of the method that was matched: verb of the request, path of the resource (recorded by stackd)."""
    passage = invocation.passage
    path = passage.route.resource.path if passage.route else passage.path.path
    return passage.stage.method_arn(passage.request.method, path)
