"""The order of the gates, and what comes out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.admission.authorization import authorize
from apitool.proxy.admission.keys_and_rates import admit_key_and_rate
from apitool.proxy.admission.lambda_authorizer import go_on
from apitool.proxy.answer import Answer, refused
from apitool.proxy.execution_log import Journal
from apitool.proxy.policies.resource_policy import decision_on, refusal
from apitool.proxy.usage.usage_lines import extended_id_lines

if TYPE_CHECKING:
    from apitool.proxy.gates import Gates
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.steps import AuthorizerCall


def admit(passage: Passage, route: Match, gates: Gates, *, now_ms: int) -> Answer | AuthorizerCall | Admitted:
    """Take a routed request to its integration, or as far as a Lambda authorizer."""
    journal = Journal().then(extended_id_lines, passage)
    decision = decision_on(passage, route)
    if decision.effect != "allow":
        message, finding = refusal(passage, decision)
        return refused(passage, "ACCESS_DENIED", (finding,), journal, now_ms=now_ms, message=message)
    found = authorize(passage, route, gates, journal, now_ms=now_ms)
    if not isinstance(found, Admitted):
        return found
    return admit_key_and_rate(found.passage, route, gates, found.journal, now_ms=now_ms)


def admit_after_authorizer(call: AuthorizerCall, outcome: Outcome, *, now_ms: int) -> Answer | Admitted:
    """The same from the authorizer's answer on."""
    found = go_on(call, outcome, now_ms=now_ms)
    if not isinstance(found, Admitted):
        return found
    return admit_key_and_rate(found.passage, call.route, call.gates, found.journal, now_ms=now_ms)
