"""What an invocation's outcome adds to the execution log, before success or failure is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.log_lines import BINARY, received_lines
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused, Returned

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Line
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.verdict import Verdict

_REFUSAL_STATUS = {"throttled": 429, "not-permitted": 403, "not-found": 404}


def endpoint_id_of(outcome: Outcome) -> str | None:
    """Lambda's request id; a timed-out integration never told it."""
    return None if isinstance(outcome, IntegrationTimeout) else outcome.request_id or None


def latency_of(outcome: Outcome) -> int | None:
    """Milliseconds the integration took; a timeout took all it had."""
    return outcome.timeout_ms if isinstance(outcome, IntegrationTimeout) else outcome.latency_ms


def outcome_lines(passage: Passage, outcome: Outcome, endpoint_id: str, *, now_ms: int) -> list[Line]:
    """`Received response …` and what came with it; nothing came with a timeout or a refused permission."""
    match outcome:
        case Returned():
            status, payload = 200, outcome.payload
        case FunctionError():
            status, payload = 200, outcome.payload
        case InvokeRefused(reason="throttled" | "not-found"):
            status, payload = _REFUSAL_STATUS[outcome.reason], b""
        case _:
            return []
    return received_lines(
        passage,
        status=status,
        latency_ms=outcome.latency_ms,
        payload=payload,
        endpoint_id=endpoint_id,
        now_ms=now_ms,
    )


def body_shown(verdict: Verdict) -> str:
    """A body that is not UTF-8 is not printed."""
    try:
        return verdict.body.decode()
    except UnicodeDecodeError:
        return BINARY
