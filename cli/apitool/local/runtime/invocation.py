"""One invocation on its way through the runtime."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import FunctionError, Outcome, Returned

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from apitool.local.runtime.failures import Failure

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


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

    def next_response(self, deadline_ms: int) -> bytes:
        """The Runtime API's answer that hands this invocation to a worker. Deadline in ms since the epoch."""
        context = (
            f"Lambda-Runtime-Client-Context: {_line(self.client_context)}\r\n" if self.client_context else ""
        )
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            f"Lambda-Runtime-Aws-Request-Id: {self.request_id}\r\n"
            f"Lambda-Runtime-Deadline-Ms: {deadline_ms}\r\n"
            f"Lambda-Runtime-Invoked-Function-Arn: {_line(self.arn)}\r\n"
            f"Lambda-Runtime-Trace-Id: {_line(self.trace_id)}\r\n"
            f"{context}Content-Length: {len(self.event)}\r\n\r\n"
        )
        return head.encode() + self.event

    def _settle(self, outcome: Outcome) -> None:
        self.over()
        if not self.outcome.done():  # cancelled: the gateway gave up
            self.outcome.set_result(outcome)


def _line(value: str) -> str:
    """A header is one line, whatever a client sent as its trace id."""
    return value if value.isprintable() else _CONTROL.sub(" ", value)
