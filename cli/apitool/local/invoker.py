"""Running a function of the embedded control plane: look it up, run it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import InvokeRefused

if TYPE_CHECKING:
    from apitool.local.control_plane_view import ControlPlaneView
    from apitool.local.runtime.runtime import Runtime
    from apitool.proxy.outcome import Outcome


class Invoker:
    """For the gateway and for Lambda's own Invoke API."""

    def __init__(self, view: ControlPlaneView, runtime: Runtime) -> None:
        self._view = view
        self._runtime = runtime

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
            return InvokeRefused("not-found", new_uuid(), 0)
        return await self._runtime.invoke(function, payload, trace_id=trace_id, client_context=client_context)
