"""Running a function of the embedded control plane: look it up, run it."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import InvokeRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.local.control_plane_view import ControlPlaneView
    from apitool.local.runtime.runtime import Runtime
    from apitool.proxy.outcome import Outcome


class Invoker:
    """For the gateway and for Lambda's own Invoke API. `draw` decides where an alias has several versions."""

    def __init__(
        self, view: ControlPlaneView, runtime: Runtime, draw: Callable[[], float] = random.random
    ) -> None:
        self._view = view
        self._runtime = runtime
        self._draw = draw
        self._unpacking: set[asyncio.Task[None]] = set()  # the loop itself keeps only weak references

    def start(
        self, arn: str, payload: bytes, *, trace_id: str, client_context: str | None = None
    ) -> asyncio.Future[Outcome]:
        """Run a function, whoever asks; the future may be settled by who gives it up.

        Raises:
            RequestTooLargeError: the payload exceeds what Lambda takes; the future has it where the function
                is run for the first time.
        """
        version = self._view.version(arn, self._draw)
        function = self._view.known_function(arn, version)
        if function is not None:
            return self._runtime.start_invocation(
                function, payload, trace_id=trace_id, client_context=client_context
            )
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        first = self._first(outcome, arn, version, payload, trace_id=trace_id, client_context=client_context)
        task = asyncio.get_running_loop().create_task(first)
        self._unpacking.add(task)
        task.add_done_callback(self._unpacking.discard)
        return outcome

    async def invoke(
        self, arn: str, payload: bytes, *, trace_id: str, client_context: str | None = None
    ) -> Outcome:
        """The same, waited for. Raises RequestTooLargeError."""
        return await self.start(arn, payload, trace_id=trace_id, client_context=client_context)

    async def _first(
        self,
        outcome: asyncio.Future[Outcome],
        arn: str,
        version: str | None,
        payload: bytes,
        *,
        trace_id: str,
        client_context: str | None,
    ) -> None:
        """The first time a version is unpacked, which may take a while."""
        try:
            function = await asyncio.to_thread(self._view.function, arn, version)
            if function is None:
                found: Outcome = InvokeRefused("not-found", new_uuid(), 0)
            else:
                found = await self._runtime.invoke(
                    function, payload, trace_id=trace_id, client_context=client_context
                )
        except Exception as error:  # noqa: BLE001 - of any kind: it is whoever waits that hears of it
            if not outcome.done():
                outcome.set_exception(error)
        else:
            if not outcome.done():
                outcome.set_result(found)
