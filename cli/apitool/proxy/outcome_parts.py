"""What an invocation's outcome adds to the execution log, before success or failure is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.log_endpoint import lambda_response_lines
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused, Returned

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage

_REFUSAL_STATUS = {"throttled": 429, "not-permitted": 403, "not-found": 404}


def endpoint_id_of(outcome: Outcome) -> str | None:
    """Lambda's request id; a timed-out integration never told it."""
    return None if isinstance(outcome, IntegrationTimeout) else outcome.request_id or None


def latency_of(outcome: Outcome) -> int:
    """Milliseconds the integration took; a timeout took all it had."""
    return outcome.timeout_ms if isinstance(outcome, IntegrationTimeout) else outcome.latency_ms


def with_outcome(
    journal: Journal, passage: Passage, outcome: Outcome, endpoint_id: str, *, now_ms: int
) -> Journal:
    """`Received response …` and what came with it; nothing came with a timeout or a refused permission."""
    match outcome:
        case Returned() | FunctionError():
            status, payload = 200, outcome.payload
        case InvokeRefused(reason="throttled" | "not-found"):
            status, payload = _REFUSAL_STATUS[outcome.reason], b""
        case _:
            return journal
    return journal.then(
        lambda_response_lines, passage, status, outcome.latency_ms, payload, endpoint_id, now_ms
    )
