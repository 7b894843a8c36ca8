"""Asking a Lambda authorizer, and going on with its answer.

Recorded by stackd (rest_lambda_authorizers): a missing or empty identity source, or a token the validation
expression does not fit, is a 401 without a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.answer import Answer, refused
from apitool.proxy.authorizers.authorizer_event import request_event, token_event
from apitool.proxy.authorizers.authorizer_lines import granted_lines, result_lines, starting_lines
from apitool.proxy.authorizers.identity_sources import identity_values, valid_token
from apitool.proxy.authorizers.verdict_on_output import TurnedAway, caller_from, grant_from, unauthorized
from apitool.proxy.event import payload_of
from apitool.proxy.integrations.integration_rules import function_arn
from apitool.proxy.log_endpoint import lambda_request_lines
from apitool.proxy.outcome import FunctionError, Returned
from apitool.proxy.outcome_parts import latency_of
from apitool.proxy.steps import AUTHORIZER_TIMEOUT_MS, AuthorizerCall
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer import Authorizer
    from apitool.proxy.authorizers.authorizer_output import Grant
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.gates import Gates
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match


def ask_authorizer(
    passage: Passage, route: Match, *, authorizer: Authorizer, gates: Gates, journal: Journal, now_ms: int
) -> Answer | AuthorizerCall | Admitted:
    """A kept answer, or the call to make; a 401 when the request lacks what the authorizer looks at."""
    request_id = passage.ids.request_id
    values = identity_values(authorizer, passage)
    if values is None:
        sources = ", ".join(authorizer.identity_sources)
        away = unauthorized(f"{sources} must be there", request_id, rule="request.no-token")
        return _away(passage, away, journal, now_ms=now_ms)
    if authorizer.kind == "TOKEN" and not valid_token(authorizer, values[0] if values else ""):
        away = unauthorized("the token does not fit identityValidationExpression", request_id)
        return _away(passage, away, journal, now_ms=now_ms)
    journal = journal.then(starting_lines, authorizer.id, request_id, values)
    kept = gates.authorizers.find(authorizer, values, now_ms) if gates.authorizers else None
    if kept is not None:
        return _granted(passage, kept, journal, latency_ms=0, now_ms=now_ms)
    arn = function_arn(authorizer.uri, passage.stage.variables)
    if arn is None:
        return _away(passage, _no_function(authorizer), journal, now_ms=now_ms)
    token = values[0] if values else ""
    event = token_event(passage, token) if authorizer.kind == "TOKEN" else request_event(passage, route)
    payload = payload_of(event)
    source_arn = f"{passage.stage.execution_arn}/authorizers/{authorizer.id}"
    return AuthorizerCall(
        function_arn=arn,
        payload=payload,
        timeout_ms=AUTHORIZER_TIMEOUT_MS,
        source_arn=source_arn,
        authorizer=authorizer,
        identity=values,
        passage=passage,
        route=route,
        gates=gates,
        journal=journal.then(lambda_request_lines, passage, arn, source_arn, payload, now_ms),
    )


def go_on(call: AuthorizerCall, outcome: Outcome, *, now_ms: int) -> Answer | Admitted:
    """What the authorizer's answer makes of the request; a policy that can be read is kept for its time."""
    passage, journal = call.passage, call.journal
    if isinstance(outcome, (Returned, FunctionError)):
        journal = journal.then(result_lines, outcome.payload)
    grant = grant_from(outcome, passage.ids.request_id)
    if isinstance(grant, TurnedAway):
        return _away(passage, grant, journal, now_ms=now_ms)
    if call.gates.authorizers:
        call.gates.authorizers.keep(call.authorizer, call.identity, grant, now_ms)
    return _granted(passage, grant, journal, latency_ms=latency_of(outcome), now_ms=now_ms)


def _no_function(authorizer: Authorizer) -> TurnedAway:
    finding = Finding(
        rule="authorizer.no-function-in-uri",
        what=f"The URI of the authorizer `{authorizer.name}` names no Lambda function",
        fix="Use the function's invoke ARN, and set every stage variable the URI names",
        seen=authorizer.uri[:120],
        recorded=False,
    )
    return TurnedAway("AUTHORIZER_CONFIGURATION_ERROR", finding)


def _granted(
    passage: Passage, grant: Grant, journal: Journal, *, latency_ms: int, now_ms: int
) -> Answer | Admitted:
    journal = journal.then(granted_lines, grant.principal_id)
    caller = caller_from(grant, passage, latency_ms)
    if isinstance(caller, TurnedAway):
        return _away(passage, caller, journal, now_ms=now_ms)
    return Admitted(passage.called_by(caller), journal)


def _away(passage: Passage, away: TurnedAway, journal: Journal, *, now_ms: int) -> Answer:
    return refused(
        passage,
        away.response_type,
        (away.finding,),
        journal,
        now_ms=now_ms,
        log=away.log,
        message=away.message,
    )
