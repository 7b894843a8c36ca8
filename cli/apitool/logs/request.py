"""One request, joined from the logs that have something of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from apitool.logs.access import Access
    from apitool.logs.execution import Execution
    from apitool.logs.function import Invocation

_ERROR = 400  # the lowest status that is one
_SERVER_ERROR = 500
MadeBy = Literal["gateway", "handler"]


@dataclass(slots=True)
class Request:
    """Any of the three may be missing: a level writes only failures, or the access log is off."""

    id: str
    execution: Execution | None = None
    access: Access | None = None
    invocation: Invocation | None = None
    stage: str = ""  # when known, taken off `$context.path`, which begins with it

    @property
    def at_ms(self) -> int:
        """When it came in, milliseconds since 1970."""
        epoch = self.access.number("requestTimeEpoch") if self.access else None
        if epoch:
            return epoch
        known = [part.first_ms for part in (self.execution, self.invocation) if part]
        return min(known, default=self.access.at_ms if self.access else 0)

    @property
    def last_ms(self) -> int:
        """The newest line of it."""
        known = [part.last_ms for part in (self.execution, self.invocation) if part]
        return max([*known, self.access.at_ms if self.access else 0])

    @property
    def method(self) -> str | None:
        return (self.execution and self.execution.method) or self._said("httpMethod")

    @property
    def path(self) -> str | None:
        own = self.execution.path if self.execution else None
        said = self._said("path")
        if own or said is None or not self.stage:
            return own or said
        return f"/{said.removeprefix(f'/{self.stage}').removeprefix('/')}"

    @property
    def route(self) -> str | None:
        """The resource's template where the access log has it."""
        return self._said("resourcePath") or (self.execution.path if self.execution else None)

    @property
    def status(self) -> int | None:
        """What the client got. The execution log has it too, before customised gateway responses."""
        own = self.access.number("status") if self.access else None
        return own if own is not None or self.execution is None else self.execution.status

    @property
    def latency_ms(self) -> int | None:
        own = self.access.number("responseLatency") if self.access else None
        if own is not None:
            return own
        if self.execution and self.execution.complete and self.execution.last_ms > self.execution.first_ms:
            return self.execution.last_ms - self.execution.first_ms
        return None

    @property
    def integration_ms(self) -> int | None:
        own = self.access.number("integrationLatency") if self.access else None
        return own if own is not None or self.execution is None else self.execution.integration_ms

    @property
    def overhead_ms(self) -> int | None:
        """What the gateway added to the integration."""
        if self.latency_ms is None or self.integration_ms is None:
            return None
        return max(0, self.latency_ms - self.integration_ms)

    @property
    def function_request_id(self) -> str | None:
        own = self.execution.function_request_id if self.execution else None
        return (
            own
            or self._said("integrationRequestId")
            or (self.invocation.request_id if self.invocation else None)
        )

    @property
    def extended_request_id(self) -> str | None:
        return (self.execution and self.execution.extended_request_id) or self._said("extendedRequestId")

    @property
    def trace_id(self) -> str | None:
        own = (self.execution and self.execution.trace_id) or self._said("xrayTraceId")
        found = own or (self.invocation and self.invocation.trace_id)
        return found.removeprefix("Root=").partition(";")[0] if found else None

    @property
    def response_type(self) -> str | None:
        """The gateway response that answered, e.g. `INTEGRATION_FAILURE`; None for the function's own."""
        return self._said("errorResponseType")

    @property
    def error_message(self) -> str | None:
        said = self._said("errorMessage")
        return None if said == "null" else said

    @property
    def failed(self) -> bool:
        return self.status is not None and self.status >= _ERROR

    @property
    def made_by(self) -> MadeBy | None:
        """Who made the error; None when there is none."""
        if not self.failed:
            return None
        if self.execution and self.execution.succeeded:
            return "handler"
        if self.response_type or (self.execution and self.execution.complete):
            return "gateway"
        return "handler" if self._said("functionStatus") else "gateway"

    @property
    def complete(self) -> bool:
        """Whether the gateway is done with it."""
        return self.access is not None or (self.execution is not None and self.execution.complete)

    def is_called(self, name: str) -> bool:
        """By any id it has: the gateway's, the extended one, Lambda's, X-Ray's."""
        known = {self.id, self.extended_request_id, self.function_request_id, self.trace_id}
        return name in known

    def _said(self, key: str) -> str | None:
        return self.access.values.get(key) if self.access else None
