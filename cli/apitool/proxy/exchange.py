"""The whole of one request in two pure steps: `begin` makes the event, `finish` judges what came of it.

    started = begin(stage, request, ids, now_ms=...)
    if isinstance(started, Invocation):
        outcome = <run started.function_arn with started.payload, at most started.timeout_ms>
        answer = finish(started, outcome, now_ms=...)

No I/O, no clock, no random numbers: time and ids come in. The local gateway is a thin shell over this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.proxy.answer import Answer, answered, failed, refused
from apitool.proxy.authorization import missing_credential
from apitool.proxy.context import integration_context
from apitool.proxy.event import ANONYMOUS, Caller, payload_of, proxy_event
from apitool.proxy.integration_rules import CallFailure, callable_function
from apitool.proxy.limits import MAX_EVENT_BYTES, event_too_large
from apitool.proxy.log_lines import endpoint_lines, request_lines, success_lines, usage_lines
from apitool.proxy.media import request_is_binary
from apitool.proxy.mock import MockAnswer, mock_answer
from apitool.proxy.outcome_lines import body_shown, endpoint_id_of, latency_of, outcome_lines
from apitool.proxy.passage import Passage
from apitool.proxy.response import Asked, judge
from apitool.proxy.routing import match, split_stage
from apitool.proxy.turned_away import forbidden, no_route, oversized
from apitool.proxy.unserved import failing, invalid_body, parameters_missing, throttled, wrong_type
from apitool.proxy.validation import body_violation, missing_parameters
from apitool.proxy.verdict import Verdict

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Line
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.request import Ids, Request
    from apitool.proxy.routing import Match
    from apitool.proxy.stage import DeployedStage
    from apitool.proxy.throttle import Throttle

__all__ = ["ANONYMOUS", "Answer", "Caller", "Invocation", "begin", "finish"]


@dataclass(frozen=True, slots=True)
class Invocation:
    """A Lambda function to run, and what `finish` needs to go on."""

    function_arn: str  # with version or alias if the integration names one
    event: dict[str, Any]
    payload: bytes  # the event as compact JSON, UTF-8
    timeout_ms: int
    passage: Passage
    lines: tuple[Line, ...]  # the execution log so far


def begin(
    stage: DeployedStage | None,
    request: Request,
    ids: Ids,
    *,
    now_ms: int,
    throttle: Throttle | None = None,
    caller: Caller = ANONYMOUS,
) -> Answer | Invocation:
    """Take a request as far as the integration.

    Args:
        stage: the stage named by `routing.split_stage(request.raw_path)`; None when there is no such stage.
        request: as it came over the wire, stage and query in its target.
        ids: made up by the caller, one set for each request.
        now_ms: milliseconds since 1970.
        throttle: the buckets of this stage's methods; None throttles nothing.
        caller: who calls, where an authorizer found out.
    """
    path = split_stage(request.raw_path)
    if stage is None:
        return forbidden(request, ids, path, now_ms=now_ms)
    route = match(stage.api, request.method, path.path)
    passage = Passage(stage, request, ids, path, route)
    turned_away = oversized(passage, now_ms=now_ms)
    if turned_away is not None:
        return turned_away
    if route is None:
        return no_route(passage, now_ms=now_ms)
    return _routed(passage, route, throttle, caller, now_ms)


def finish(invocation: Invocation, outcome: Outcome, *, now_ms: int) -> Answer:
    """Judge what the invocation came to. `now_ms` is milliseconds since 1970."""
    passage = invocation.passage
    asked = Asked(passage.request.header("Accept"), passage.stage.api.binary_media_types)
    verdict = judge(outcome, asked)
    endpoint_id = endpoint_id_of(outcome) or passage.ids.endpoint_request_id
    lines = (*invocation.lines, *outcome_lines(passage, outcome, endpoint_id, now_ms=now_ms))
    latency_ms = latency_of(outcome)
    if not verdict.accepted:
        # The edge captures of 2025 carry the trace header on errors too; regional ones don't (stackd).
        trace = passage.trace.response_value if passage.stage.endpoint_type == "EDGE" else None
        return failed(
            passage,
            verdict,
            lines,
            now_ms=now_ms,
            trace=trace,
            latency_ms=latency_ms,
            endpoint_id=endpoint_id,
        )
    context = integration_context(
        verdict, latency_ms=latency_ms, function_status=verdict.status, endpoint_request_id=endpoint_id
    )
    trace = passage.trace.response_value
    shown = (*verdict.headers, ("X-Amzn-Trace-Id", trace))
    lines = (*lines, *success_lines(verdict.status, shown, body_shown(verdict), endpoint_id))
    return answered(passage, verdict, lines, now_ms=now_ms, trace=trace, more_context=context)


def _routed(
    passage: Passage, route: Match, throttle: Throttle | None, caller: Caller, now_ms: int
) -> Answer | Invocation:
    """The gates between routing and the integration: credentials, throttling, validation."""
    missing = missing_credential(route.method, passage.request)
    if missing is not None:
        response_type, finding = missing
        return refused(passage, response_type, (finding,), now_ms=now_ms)
    settings = passage.settings
    key = f"{passage.request.method} {route.resource.path}"
    if throttle and not throttle.admit(key, rate=settings.rate, burst=settings.burst, now_ms=now_ms):
        return throttled(passage, now_ms=now_ms)
    return _integrated(passage, route, caller, now_ms)


def _integrated(passage: Passage, route: Match, caller: Caller, now_ms: int) -> Answer | Invocation:
    lines = _request_lines(passage, route)
    absent = missing_parameters(passage, route)
    if absent:
        return parameters_missing(passage, absent, lines, now_ms=now_ms)
    broken_at = body_violation(passage, route)
    if broken_at is not None:
        return invalid_body(passage, broken_at, lines, now_ms=now_ms)
    integration = route.method.integration
    if integration is None or integration.type not in {"AWS_PROXY", "MOCK"}:
        return wrong_type(passage, integration, lines, now_ms=now_ms)
    if integration.type == "MOCK":
        return _mocked(passage, integration, lines, now_ms)
    return _invocation(passage, route, integration, caller, now_ms=now_ms)


def _request_lines(passage: Passage, route: Match) -> tuple[Line, ...]:
    binary = request_is_binary(passage.request.header("Content-Type"), passage.stage.api.binary_media_types)
    path = route.resource.path
    return (*usage_lines(passage, path), *request_lines(passage, path, binary=binary))


def _mocked(passage: Passage, integration: Integration, lines: tuple[Line, ...], now_ms: int) -> Answer:
    made = mock_answer(integration, passage.sources({}))
    if not isinstance(made, MockAnswer):
        log = (made.log,)
        return refused(passage, "DEFAULT_5XX", (made.finding,), lines, now_ms=now_ms, log=log)
    verdict = Verdict(True, made.status, made.headers, made.body)  # noqa: FBT003 - accepted
    shown = made.body.decode(errors="replace")
    lines = (*lines, *success_lines(made.status, made.headers, shown, None))
    return answered(passage, verdict, lines, now_ms=now_ms)


def _invocation(
    passage: Passage, route: Match, integration: Integration, caller: Caller, *, now_ms: int
) -> Answer | Invocation:
    lines = _request_lines(passage, route)
    variables = passage.stage.variables
    arn = callable_function(integration, variables)
    if isinstance(arn, CallFailure):
        return failing(passage, arn, lines, now_ms=now_ms)
    event = proxy_event(passage, route, caller)
    payload = payload_of(event)
    if len(payload) > MAX_EVENT_BYTES:
        finding = event_too_large(len(payload))
        return refused(passage, "REQUEST_TOO_LARGE", (finding,), lines, now_ms=now_ms)
    lines = (*lines, *endpoint_lines(passage, arn, payload, now_ms=now_ms))
    return Invocation(arn, event, payload, integration.timeout_ms, passage, lines)
