"""The resource policy of a RestApi (`x-amazon-apigateway-policy`).

How it goes together with authorization is AWS's documentation ("How API Gateway resource policies affect
authorization workflow"): a method without authorization, or with Cognito, needs an explicit allow; with IAM
or a Lambda authorizer an explicit deny ends it, and either side's allow is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.policies.decision import Asked, Decision, decide
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_ALLOWED = Decision("allow")
_SHOWN_OF_ACCOUNT = 4  # last digits; AWS stars out the others
# The words before the reason were measured many times since 2018. The reasons are those of Lambda authorizers
# (recorded 2026), with the kind of policy exchanged.
_REASONS = {
    "explicit-deny": "with an explicit deny in a resource-based policy",
    "implicit-deny": "because no resource-based policy allows the execute-api:Invoke action",
}


def decision_on(passage: Passage, route: Match) -> Decision:
    """What the API's policy says to a request; an API without one allows everything."""
    policy = passage.stage.api.policy
    if policy is None:
        return _ALLOWED
    request = passage.request
    known = {"aws:sourceip": request.source_ip, "aws:securetransport": "true"}
    for key, header in (("aws:useragent", "User-Agent"), ("aws:referer", "Referer")):
        value = request.header(header)
        if value is not None:
            known[key] = value
    principal = passage.caller.identity.get("userArn", "*")
    found = decide(policy, Asked(passage.asked_arn, known, principal))
    enough = found.effect != "implicit-deny" or route.method.authorization in {"AWS_IAM", "CUSTOM"}
    return Decision("allow", found.certain) if enough and found.effect != "explicit-deny" else found


def refusal(passage: Passage, decision: Decision) -> tuple[str, Finding]:
    """The message of the 403, and why."""
    who = passage.caller.identity.get("userArn", "anonymous")
    arn = _starred(passage.asked_arn, passage.stage.account_id)
    message = (
        f"User: {who} is not authorized to perform: execute-api:Invoke on resource: {arn} "
        f"{_REASONS[decision.effect]}"
    )
    finding = Finding(
        rule="request.resource-policy",
        what=f"The API's resource policy says {decision.effect} to {passage.request.source_ip}",
        fix="Change the policy (x-amazon-apigateway-policy) and redeploy",
        seen=passage.asked_arn,
        recorded=False,
    )
    return message, finding


def _starred(arn: str, account: str) -> str:
    shown = "*" * (len(account) - _SHOWN_OF_ACCOUNT) + account[-_SHOWN_OF_ACCOUNT:]
    return arn.replace(f":{account}:", f":{shown}:", 1)
