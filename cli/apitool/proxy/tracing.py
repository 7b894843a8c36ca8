"""The X-Amzn-Trace-Id of a request: what the function sees and what the client gets back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen
from apitool.proxy.once import once

if TYPE_CHECKING:
    from apitool.proxy.request import Ids, Request

HEADER = "X-Amzn-Trace-Id"


@frozen()
class Trace:
    """`event_value` is `Root=1-8hex-24hex`, or what the client sent."""

    event_value: str
    ids: Ids

    @property
    def root(self) -> str:
        """`1-8hex-24hex`, as `$context.xrayTraceId` has it."""
        return self.event_value.partition("Root=")[2].partition(";")[0]

    @once
    def response_value(self) -> str:
        """With Parent, Sampled and Lineage, unless the client sent them."""
        sent, ids = self.event_value, self.ids
        parent = "" if "Parent=" in sent else f";Parent={ids.trace_parent}"
        sampled = "" if "Sampled=" in sent else ";Sampled=0"
        lineage = "" if "Lineage=" in sent else f";Lineage=1:{ids.trace_lineage}:0"
        return f"{sent}{parent}{sampled}{lineage}"


def trace_of(request: Request, ids: Ids) -> Trace:
    """A client's own value is kept; what it lacks is filled in for the answer.

    Recorded (LocalStack `test_invocation_trace_id`): Root and Parent survive, a missing Parent is made up,
    and the answer's first fields are the client's. The fields of the answer are stackd's.
    """
    sent = request.header(HEADER) or ""
    return Trace(sent if "Root=" in sent else new_root(ids, request.received_at_ms), ids)


def new_root(ids: Ids, at_ms: int) -> str:
    """`Root=1-{8 hex}-{24 hex}`, of a request that came at so many milliseconds since 1970."""
    return f"Root=1-{at_ms // 1000:08x}-{ids.trace_digits}"
