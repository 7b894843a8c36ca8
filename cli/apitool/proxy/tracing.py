"""The X-Amzn-Trace-Id of a request: what the function sees and what the client gets back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.request import Ids, Request

HEADER = "X-Amzn-Trace-Id"


@dataclass(frozen=True, slots=True)
class Trace:
    event_value: str  # `Root=1-8hex-24hex`, or what the client sent
    response_value: str  # with Parent, Sampled and Lineage

    @property
    def root(self) -> str:
        """`1-8hex-24hex`, as `$context.xrayTraceId` has it."""
        return self.event_value.partition("Root=")[2].partition(";")[0]


def trace_of(request: Request, ids: Ids) -> Trace:
    """A client's own value is kept; what it lacks is filled in for the answer.

    Recorded (LocalStack `test_invocation_trace_id`): Root and Parent survive, a missing Parent is made up,
    and the answer's first fields are the client's. The fields of the answer are stackd's.
    """
    sent = request.header(HEADER) or ""
    event_value = sent if "Root=" in sent else f"Root={ids.trace_root}"
    fields = {
        "Parent": ids.trace_parent,
        "Sampled": "0",
        "Lineage": f"1:{ids.trace_lineage}:0",
    }
    missing = (f"{name}={value}" for name, value in fields.items() if f"{name}=" not in event_value)
    return Trace(event_value, ";".join((event_value, *missing)))
