"""What a runtime client and its worker say to each other, whatever carries it: HTTP, or a channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from apitool.local.runtime.function import MAX_RESPONSE_BYTES
from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from apitool.local.runtime.invocation import Invocation

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@frozen(slots=True)
class Posted:
    """What a runtime client posted. A body over the limit is counted, not kept."""

    size: int
    body: bytes
    error_type: str | None = None
    all_read: bool = False  # nothing the function wrote waits in its pipe


@frozen(slots=True)
class Refusal:
    """`phrase` is HTTP's for the status; type and message are those of the public Runtime API."""

    status: int
    phrase: str
    error_type: str
    message: str

    @property
    def document(self) -> str:
        return f'{{"errorMessage":"{self.message}","errorType":"{self.error_type}"}}'


INVALID_REQUEST_ID = Refusal(400, "Bad Request", "InvalidRequestID", "Invalid request ID")
INVALID_STATE = Refusal(403, "Forbidden", "InvalidStateTransition", "Transition is not allowed")
TOO_LARGE = Refusal(
    413,
    "Payload Too Large",
    "RequestEntityTooLarge",
    f"Exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes).",
)


class RuntimeClient(Protocol):
    """Who has asked for an invocation, or posted what one came to, and is answered."""

    def accept(self) -> None: ...
    def refuse(self, refusal: Refusal) -> None: ...

    def hand_over(self, invocation: Invocation, deadline_ms: int) -> None:
        """Deadline in milliseconds since 1970."""

    def close(self) -> None: ...


class RuntimeEvents(Protocol):
    """The worker's side. It answers the client at once, or `wants_next` when there is an invocation."""

    def opened(self, client: RuntimeClient) -> None: ...
    def closed(self, client: RuntimeClient) -> None: ...
    def wants_next(self, client: RuntimeClient, *, all_read: bool) -> None: ...
    def responded(self, client: RuntimeClient, request_id: str, posted: Posted) -> None: ...
    def failed(self, client: RuntimeClient, request_id: str, posted: Posted) -> None: ...
    def init_failed(self, client: RuntimeClient, posted: Posted) -> None: ...


def one_line(value: str) -> str:
    """Whatever a client sent as its trace id."""
    return value if value.isprintable() else _CONTROL.sub(" ", value)
