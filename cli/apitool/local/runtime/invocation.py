"""One invocation on its way through the runtime."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import FunctionError, Outcome, Returned

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from apitool.local.runtime.failures import Failure


@dataclass(slots=True, eq=False)
class Invocation:
    """What to run, and where its outcome goes.

    `outcome` is set in the end, never to an exception; whoever waits for it may cancel it and be gone, the
    invocation goes on. `over` is called when it really is over.
    """

    arn: str
    event: bytes
    trace_id: str
    client_context: str | None
    outcome: asyncio.Future[Outcome]
    over: Callable[[], None]
    request_id: str = field(default_factory=new_uuid)
    accepted: float = field(default_factory=time.monotonic)

    @property
    def latency_ms(self) -> int:
        return round((time.monotonic() - self.accepted) * 1000)

    def returned(self, payload: bytes) -> None:
        self._settle(Returned(payload, self.request_id, self.latency_ms))

    def failed(self, failure: Failure) -> None:
        error = FunctionError(
            failure.error_type, failure.message, self.request_id, self.latency_ms, failure.payload
        )
        self._settle(error)

    def _settle(self, outcome: Outcome) -> None:
        self.over()
        if not self.outcome.done():  # cancelled: the gateway gave up
            self.outcome.set_result(outcome)
