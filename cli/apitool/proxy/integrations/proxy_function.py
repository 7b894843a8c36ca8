"""AWS_PROXY: the function gets the proxy event, and the contract of `response.py` judges what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, failed, refused
from apitool.proxy.context import integration_context
from apitool.proxy.event import payload_of, proxy_event
from apitool.proxy.integrations.integration_rules import CallFailure, callable_function, credentials_of
from apitool.proxy.limits import MAX_EVENT_BYTES, event_too_large
from apitool.proxy.log_endpoint import lambda_request_lines
from apitool.proxy.log_lines import success_lines
from apitool.proxy.outcome_parts import endpoint_id_of, latency_of, with_outcome
from apitool.proxy.response import Asked, judge
from apitool.proxy.steps import Invocation
from apitool.proxy.tracing import HEADER as TRACE_HEADER
from apitool.proxy.unserved import failing

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.verdict import Verdict


def begin_proxy_function(
    passage: Passage, route: Match, integration: Integration, journal: Journal, *, now_ms: int
) -> Answer | Invocation:
    arn = callable_function(integration, passage.stage.variables)
    if isinstance(arn, CallFailure):
        return failing(passage, arn, journal, now_ms=now_ms)
    payload = payload_of(proxy_event(passage, route))
    if len(payload) > MAX_EVENT_BYTES:
        finding = event_too_large(len(payload))
        return refused(passage, "REQUEST_TOO_LARGE", (finding,), journal, now_ms=now_ms)
    source_arn = passage.method_arn
    return Invocation(
        function_arn=arn,
        payload=payload,
        timeout_ms=integration.timeout_ms,
        source_arn=source_arn,
        credentials=credentials_of(integration, passage.stage.variables),
        passage=passage,
        route=route,
        journal=journal.then(lambda_request_lines, passage, arn, source_arn, payload, now_ms),
    )


def finish_proxy_function(invocation: Invocation, outcome: Outcome, *, now_ms: int) -> Answer:
    passage = invocation.passage
    asked = Asked(passage.request.header("Accept"), passage.stage.api.binary_media_types)
    verdict = judge(outcome, asked)
    endpoint_id = endpoint_id_of(outcome) or passage.ids.endpoint_request_id
    journal = with_outcome(invocation.journal, passage, outcome, endpoint_id, now_ms=now_ms)
    if not verdict.accepted:
        return function_failed(passage, verdict, journal, outcome, now_ms=now_ms)
    trace = passage.trace.response_value
    shown = (*verdict.headers, (TRACE_HEADER, trace))
    return answered(
        passage,
        verdict,
        journal.then(success_lines, verdict.status, shown, verdict.body, endpoint_id),
        now_ms=now_ms,
        trace=trace,
        more_context=lambda: integration_context(
            verdict,
            latency_ms=latency_of(outcome),
            function_status=verdict.status,
            endpoint_request_id=endpoint_id,
        ),
    )


def function_failed(
    passage: Passage, verdict: Verdict, journal: Journal, outcome: Outcome, *, now_ms: int
) -> Answer:
    """The gateway's own answer instead of the function's."""
    # The edge captures of 2025 carry the trace's root on errors too; regional ones nothing (stackd).
    trace = passage.trace.event_value if passage.stage.endpoint_type == "EDGE" else None
    context = integration_context(
        verdict,
        latency_ms=latency_of(outcome),
        function_status=None,
        endpoint_request_id=endpoint_id_of(outcome) or passage.ids.endpoint_request_id,
    )
    return failed(passage, verdict, journal, now_ms=now_ms, trace=trace, more_context=context)
