"""A Lambda authorizer's answer and a request -> the caller it makes, or what the client gets instead.

Recorded by stackd (rest_lambda_authorizers, September 2026):

    raised "Unauthorized"          401 {"message":"Unauthorized"}, UnauthorizedException
    policy denies                  403 {"Message":"User is not … explicit deny in an identity-based policy"}
    policy does not allow          403 {"Message":"User is not … no identity-based policy allows the …"}
    output can't be used           500 {"message":null}, AuthorizerConfigurationException

Until 2026 the first 403 ended in "with an explicit deny", the second had no reason (public reports). Anything
else that goes wrong with the function is a 500; its body is taken to be that of unusable output.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from apitool.proxy.authorizers import authorizer_lines as texts
from apitool.proxy.authorizers.authorizer_output import grant_of
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused, Returned
from apitool.proxy.policies.decision import Asked, decide
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer_output import Grant
    from apitool.proxy.caller import Caller
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.policies.decision import Decision

_DENIED = "User is not authorized to access this resource"
REASONS = {
    "explicit-deny": "with an explicit deny in an identity-based policy",
    "implicit-deny": "because no identity-based policy allows the execute-api:Invoke action",
}


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """`response_type` is a gateway response; `message` None is the type's own."""

    response_type: str
    finding: Finding
    log: tuple[str, ...] = ()
    message: str | None = None


def grant_from(outcome: Outcome, request_id: str) -> Grant | TurnedAway:
    """What an authorizer's invocation came to."""
    match outcome:
        case Returned():
            grant = grant_of(outcome.payload)
            return _misconfigured(grant, texts.NOT_PARSED) if isinstance(grant, Finding) else grant
        case FunctionError(error_message="Unauthorized"):
            return unauthorized("the authorizer raised `Unauthorized`", request_id)
        case FunctionError():
            what = f"The authorizer failed: {outcome.error_type}: {outcome.error_message}"
            return _misconfigured(_finding("failed", what, "Read the authorizer's own log"), texts.NOT_PARSED)
        case InvokeRefused(reason="not-permitted"):
            fix = "Grant lambda:InvokeFunction to apigateway.amazonaws.com for the API's authorizers"
            finding = _finding("not-permitted", "The API may not invoke its authorizer", fix)
            return _misconfigured(finding, texts.INVALID_PERMISSIONS)
        case InvokeRefused() | IntegrationTimeout():
            finding = _finding("no-answer", "The authorizer gave no answer", "Look at its log and limits")
            return _misconfigured(finding, texts.ERROR_TYPE)


def caller_from(
    grant: Grant, passage: Passage, latency_ms: int, known: dict[str, str] | None = None
) -> Caller | TurnedAway:
    """The caller a grant makes of a request, if its policy allows the request.

    Args:
        grant: the authorizer's answer, new or kept.
        passage: the request.
        latency_ms: how long the authorizer took; 0 for a kept answer (recorded).
        known: condition keys, in lower case.
    """
    source = {"aws:sourceip": passage.request.source_ip}
    decision = decide(grant.policy, Asked(passage.asked_arn, known or source))
    if decision.effect != "allow":
        return _denied(decision, passage)
    authorizer = {
        **grant.context,
        "principalId": grant.principal_id,
        "integrationLatency": latency_ms,
    }
    api_key = grant.usage_key if passage.stage.api.api_key_source == "AUTHORIZER" else passage.caller.api_key
    return replace(passage.caller, authorizer=authorizer, api_key=api_key)


def unauthorized(what: str, request_id: str, *, rule: str = "authorizer.unauthorized") -> TurnedAway:
    """401, for a missing token, one that does not fit, or an authorizer that says so."""
    finding = Finding(rule, f"Not authorized: {what}", "Send what the authorizer asks for")
    return TurnedAway("UNAUTHORIZED", finding, (texts.unauthorized_text(request_id),))


def _denied(decision: Decision, passage: Passage) -> TurnedAway:
    finding = Finding(
        rule="authorizer.denied",
        what=f"The authorizer's policy says {decision.effect} to the request",
        fix="Compare the policy's resources with the ARN; a kept policy is used for other methods too",
        seen=passage.asked_arn,
        recorded=decision.certain,
    )
    message = f"{_DENIED} {REASONS[decision.effect]}"
    return TurnedAway("ACCESS_DENIED", finding, (texts.DENIED,), message)


def _misconfigured(finding: Finding, log: str) -> TurnedAway:
    return TurnedAway("AUTHORIZER_CONFIGURATION_ERROR", finding, (log, texts.ERROR_TYPE))


def _finding(rule: str, what: str, fix: str) -> Finding:
    return Finding(f"authorizer.{rule}", what, fix, recorded=False)
