"""A policy document and a request -> what IAM makes of it: an explicit deny wins, then an allow.

A condition that is not understood allows nothing and denies everything it could: the strict side. The
decision says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from apitool.proxy.policies.conditions import hold, values_of
from apitool.proxy.policies.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ACTION = "execute-api:Invoke"
Effect = Literal["allow", "explicit-deny", "implicit-deny"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a policy is asked about. `known` are condition keys in lower case."""

    arn: str  # arn:aws:execute-api:{region}:{account}:{api}/{stage}/{VERB}/{path}
    known: Mapping[str, str] = field(default_factory=dict)
    principal: str = "*"  # of the caller: an ARN, or `*` for anybody


@dataclass(frozen=True, slots=True)
class Decision:
    effect: Effect
    certain: bool = True  # False when a condition was not understood


def decide(policy: Mapping[str, Any], asked: Asked) -> Decision:
    """What a policy makes of a request; anything that is not shaped like a statement allows nothing."""
    effects = {"Allow": False, "Deny": False}
    certain = True
    for statement in statements_of(policy):
        effect = str(statement.get("Effect"))
        applies = _applies(statement, asked)
        certain = certain and applies is not None
        if effect in effects:
            effects[effect] |= effect == "Deny" if applies is None else applies
    if effects["Deny"]:
        return Decision("explicit-deny", certain)
    return Decision("allow" if effects["Allow"] else "implicit-deny", certain)


def statements_of(policy: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    written = policy.get("Statement")
    items = written if isinstance(written, list) else [written]
    return [item for item in items if isinstance(item, dict)]


def _applies(statement: dict[str, Any], asked: Asked) -> bool | None:
    covered = (
        _listed(statement, "Action", lambda pattern: matches(pattern, ACTION, any_case=True))
        and _listed(statement, "Resource", lambda pattern: matches(_whole_arn(pattern, asked), asked.arn))
        and _principal(statement, asked)
    )
    return hold(statement.get("Condition"), asked.known) if covered else False


def _listed(statement: dict[str, Any], name: str, matching: Callable[[str], bool]) -> bool:
    """`Action` or `NotAction`, `Resource` or `NotResource`."""
    if f"Not{name}" in statement:
        return not any(map(matching, values_of(statement[f"Not{name}"])))
    return any(map(matching, values_of(statement.get(name, []))))


def _whole_arn(pattern: str, asked: Asked) -> str:
    """`execute-api:/dev/GET/x` is short for this API's ARN (AWS documentation)."""
    short = "execute-api:/"
    api_arn = asked.arn.split("/", 1)[0]
    return f"{api_arn}/{pattern.removeprefix(short)}" if pattern.startswith(short) else pattern


def _principal(statement: dict[str, Any], asked: Asked) -> bool:
    """A policy without principals, as an authorizer returns it, is about its own caller."""
    if "NotPrincipal" in statement:
        return not _names(statement["NotPrincipal"], asked.principal)
    return "Principal" not in statement or _names(statement["Principal"], asked.principal)


def _names(written: object, principal: str) -> bool:
    named = written.get("AWS", []) if isinstance(written, dict) else written
    return any(name in {"*", principal} for name in values_of(named))
