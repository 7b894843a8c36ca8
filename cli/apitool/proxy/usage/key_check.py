"""A request's API key: whether it is served, and what a refused client gets.

Recorded by stackd (api_key_runtime, September 2026), on a regional API:

    method asks for a key; none, unknown, disabled, deleted, or in no plan of the stage   403 Forbidden
    a plan's quota used up                                                                429 Limit Exceeded
    method asks for none, key of a plan sent, enabled or not                              metered all the same
    method asks for none, unknown key sent       served; identity.apiKey is what was sent, without apiKeyId

A throttled key is the THROTTLED gateway response (documentation).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from apitool.proxy.frozen import frozen
from apitool.proxy.usage.plans import Limit
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.caller import Caller
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.usage.meter import Excess, UsageMeter
    from apitool.proxy.usage.plans import ApiKey, UsagePlan

HEADER = "x-api-key"
Reason = Literal["missing", "unknown", "disabled", "no-plan"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`response_type` as the gateway responses name it."""

    response_type: Literal["INVALID_API_KEY", "QUOTA_EXCEEDED", "THROTTLED"]
    finding: Finding
    excess: Excess | None = None  # the limit, if it was one


@frozen(slots=True)
class KeyCheck:
    """`caller` is the one that came in, with the key it was found to have."""

    caller: Caller
    sent: str  # the key as sent; empty when none was
    refusal: Refusal | None = None


def check_key(passage: Passage, route: Match, meter: UsageMeter, now_ms: int) -> KeyCheck:
    """Look a request's key up and count it."""
    sent = sent_key(passage)
    key = meter.plans.key(sent) if sent else None
    caller = passage.caller
    if sent or caller.api_key is not None:  # most callers have none, and stay who they are
        caller = replace(caller, api_key=sent or None, api_key_id=key.id if key else None)
    plan = meter.plans.plan(key, api_stage_of(passage)) if key else None
    reason = _refused_for(sent, key, plan) if route.method.api_key_required else None
    if reason is not None:
        return KeyCheck(caller, sent, Refusal("INVALID_API_KEY", _KEY_FINDINGS[reason]))
    if key is None or plan is None:
        return KeyCheck(caller, sent)
    excess = meter.take(plan, key, f"{route.resource.path}/{route.method.verb}", now_ms)
    return KeyCheck(caller, sent, _refused_by(excess) if excess else None)


def sent_key(passage: Passage) -> str:
    """By the API's apiKeySource: the header, or what its Lambda authorizer gave as usageIdentifierKey."""
    if passage.stage.api.api_key_source == "AUTHORIZER":
        return passage.caller.api_key or ""
    return passage.request.header(HEADER) or ""


def api_stage_of(passage: Passage) -> str:
    return f"{passage.stage.rest_api_id}/{passage.stage.name}"


def _refused_for(sent: str, key: ApiKey | None, plan: UsagePlan | None) -> Reason | None:
    if not sent:
        return "missing"
    if key is None:
        return "unknown"
    if not key.enabled:
        return "disabled"
    return "no-plan" if plan is None else None


def missing_key() -> Refusal:
    """For a gateway that knows no keys: only a missing one can be told."""
    return Refusal("INVALID_API_KEY", _KEY_FINDINGS["missing"])


def _key_finding(rule: str, what: str, fix: str) -> Finding:
    return Finding(f"request.{rule}", f"The method asks for an API key: {what}", fix)


_KEY_FINDINGS: dict[Reason, Finding] = {
    "missing": _key_finding("no-api-key", "the request carries none", f"Send the header `{HEADER}`"),
    "unknown": _key_finding("api-key-unknown", "there is no such key", "Send a key of a usage plan"),
    "disabled": _key_finding("api-key-disabled", "the key is disabled", "Enable the key"),
    "no-plan": _key_finding(
        "api-key-without-plan",
        "the key is in no usage plan of this stage",
        "Add the key, and the stage, to one usage plan",
    ),
}
_THROTTLED = Finding(
    rule="request.key-throttled",
    what="Over the rate of the key's usage plan",
    fix="Wait and retry with back-off, or raise the plan's throttle",
    recorded=False,
)
_QUOTA_EXCEEDED = Finding(
    rule="request.quota-exceeded",
    what="The key has used up the quota of its usage plan",
    fix="Wait for the next period, or raise the plan's quota",
)


def _refused_by(excess: Excess) -> Refusal:
    if isinstance(excess.limit, Limit):
        return Refusal("THROTTLED", _THROTTLED, excess)
    return Refusal("QUOTA_EXCEEDED", _QUOTA_EXCEEDED, excess)
