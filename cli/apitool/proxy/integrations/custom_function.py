"""AWS with a Lambda function: a request template makes the payload, an integration response the answer.

Recorded by LocalStack: no body is an empty payload, which the function sees as `{}`; an error document goes
out as it is when no response template says otherwise (`test_lambda_selection_patterns`); lines of the log
(`test_apigw_test_invoke_method_api`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, refused
from apitool.proxy.context import integration_context
from apitool.proxy.integrations.integration_rules import CallFailure, callable_function, credentials_of
from apitool.proxy.integrations.mapped_request import map_request
from apitool.proxy.integrations.mapped_response import EndpointReply, MappingFailure, map_response
from apitool.proxy.integrations.proxy_function import function_failed
from apitool.proxy.integrations.response_selection import error_message_of
from apitool.proxy.log_endpoint import lambda_request_lines
from apitool.proxy.log_lines import success_lines
from apitool.proxy.outcome import FunctionError, InvokeRefused, Returned
from apitool.proxy.outcome_parts import endpoint_id_of, latency_of, with_outcome
from apitool.proxy.response import judge
from apitool.proxy.steps import Invocation, InvocationType
from apitool.proxy.tracing import HEADER as TRACE_HEADER
from apitool.proxy.unserved import failing

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.mapping.parameters import RequestParameters
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_INVOCATION_TYPE = "x-amz-invocation-type"
_ACCEPTED = 202  # what Lambda answers to an asynchronous invocation, with no body
_JSON = (("Content-Type", "application/json"),)


def begin_custom_function(
    passage: Passage, route: Match, integration: Integration, journal: Journal, *, now_ms: int
) -> Answer | Invocation:
    arn = callable_function(integration, passage.stage.variables)
    if isinstance(arn, CallFailure):
        return failing(passage, arn, journal, now_ms=now_ms)
    made = map_request(passage, integration, journal, now_ms=now_ms)
    if isinstance(made, Answer):
        return made
    source_arn = passage.method_arn
    return Invocation(
        function_arn=arn,
        payload=made.body or b"{}",
        timeout_ms=integration.timeout_ms,
        source_arn=source_arn,
        credentials=credentials_of(integration, passage.stage.variables),
        passage=passage,
        route=route,
        journal=journal.then(lambda_request_lines, passage, arn, source_arn, made.body, now_ms),
        invocation_type=_invocation_type(made.parameters),
        overrides=made.overrides,
    )


def finish_custom_function(
    invocation: Invocation, integration: Integration, outcome: Outcome, *, now_ms: int
) -> Answer:
    passage = invocation.passage
    endpoint_id = endpoint_id_of(outcome) or passage.ids.endpoint_request_id
    journal = with_outcome(invocation.journal, passage, outcome, endpoint_id, now_ms=now_ms)
    reply = _reply(invocation, outcome)
    if reply is None:
        return function_failed(passage, judge(outcome), journal, outcome, now_ms=now_ms)
    verdict = map_response(passage, integration, reply, invocation.overrides)
    if isinstance(verdict, MappingFailure):
        findings, log = (verdict.finding,), (verdict.log,)
        return refused(passage, verdict.response_type, findings, journal, now_ms=now_ms, log=log)
    trace = passage.trace.response_value
    shown = ((TRACE_HEADER, trace), *verdict.headers)
    return answered(
        passage,
        verdict,
        journal.then(success_lines, verdict.status, shown, verdict.body, endpoint_id),
        now_ms=now_ms,
        trace=trace,
        more_context=lambda: integration_context(
            verdict,
            latency_ms=latency_of(outcome),
            function_status=reply.status,
            endpoint_request_id=endpoint_id,
        ),
    )


def _reply(invocation: Invocation, outcome: Outcome) -> EndpointReply | None:
    """What Lambda's API answered; None when it refused or nothing came."""
    if invocation.invocation_type == "Event" and not isinstance(outcome, InvokeRefused):
        return EndpointReply(_ACCEPTED, "", _JSON, b"")
    if not isinstance(outcome, (Returned, FunctionError)):
        return None
    payload = outcome.payload
    if isinstance(outcome, FunctionError) and not payload:
        document = {"errorMessage": outcome.error_message, "errorType": outcome.error_type}
        payload = json.dumps(document, separators=(",", ":")).encode()
    return EndpointReply(200, error_message_of(payload), _JSON, payload)


def _invocation_type(parameters: RequestParameters) -> InvocationType:
    """Mapping `X-Amz-Invocation-Type: 'Event'` is how templates make a call asynchronous (documentation)."""
    values = {name.lower(): values for name, values in parameters.header.items()}
    return "Event" if values.get(_INVOCATION_TYPE) == ["Event"] else "RequestResponse"
