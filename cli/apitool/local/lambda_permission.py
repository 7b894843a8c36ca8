"""Whether a function's resource policy lets an API call it. Pure; statements as GetPolicy shows them.

Without a matching statement API Gateway answers 500 (measured on AWS). A statement for an alias holds for
calls of that alias only, one for the bare function for unqualified calls only.
"""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_GATEWAY = "apigateway.amazonaws.com"
_ACTIONS = frozenset({"lambda:InvokeFunction", "lambda:*", "*"})
_ARN_PARTS = 6


def permits(
    statements: Iterable[Mapping[str, Any]], *, function_arn: str, source_arn: str, source_account: str
) -> bool:
    """Whether a statement lets API Gateway, calling for `source_arn`, invoke exactly `function_arn`."""
    facts = {"aws:sourcearn": source_arn, "aws:sourceaccount": source_account}
    return any(
        statement.get("Effect") == "Allow"
        and statement.get("Resource") == function_arn
        and _names_gateway(statement.get("Principal"))
        and not _ACTIONS.isdisjoint(_several(statement.get("Action")))
        and _conditions_hold(statement.get("Condition") or {}, facts)
        for statement in statements
    )


def _names_gateway(principal: object) -> bool:
    if not isinstance(principal, dict):
        return principal in {"*", _GATEWAY}
    return _GATEWAY in _several(principal.get("Service")) or "*" in _several(principal.get("AWS"))


def _conditions_hold(conditions: Mapping[str, Mapping[str, Any]], facts: Mapping[str, str]) -> bool:
    return all(
        any(_holds(operator, str(wanted), facts.get(key.lower())) for wanted in _several(values))
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _holds(operator: str, wanted: str, seen: str | None) -> bool:
    """An operator or a key we don't know never holds: a call too few shows, a call too many does not."""
    if seen is None:
        return False
    match operator:
        case "StringEquals" | "ArnEquals" if "*" not in wanted and "?" not in wanted:
            return seen == wanted
        case "ArnLike" | "ArnEquals":
            return _arn_like(wanted, seen)
        case "StringLike":
            return _like(wanted, seen)
        case _:
            return False


def _arn_like(pattern: str, arn: str) -> bool:
    """Part by part: a wildcard does not reach over a colon, but over slashes."""
    patterns, parts = pattern.split(":", _ARN_PARTS - 1), arn.split(":", _ARN_PARTS - 1)
    return len(patterns) == len(parts) and all(map(_like, patterns, parts))


def _like(pattern: str, text: str) -> bool:
    literal = pattern.replace("[", "[[]")  # IAM knows `*` and `?` only
    return re.match(translate(literal), text) is not None


def _several(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
