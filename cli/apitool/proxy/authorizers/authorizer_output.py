"""What a Lambda authorizer returned: a principal, a policy, and what the function shall know.

Recorded by stackd: no policyDocument, or a context value that is no string, number or boolean, is a 500
AuthorizerConfigurationException with the body `{"message":null}`; numbers and booleans reach the function as
strings (`"123"`, `"1.5"`, `"true"`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apitool.proxy.seen import seen
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

_OUTPUT = '{"principalId": "…", "policyDocument": {"Version": "2012-10-17", "Statement": […]}}'


@dataclass(frozen=True, slots=True)
class Grant:
    """An authorizer's answer, whatever its policy says to a particular request."""

    principal_id: str
    policy: Mapping[str, Any]
    context: Mapping[str, str] = field(default_factory=dict)
    usage_key: str | None = None  # usageIdentifierKey


def grant_of(payload: bytes) -> Grant | Finding:
    """The grant a function's JSON is, or what is wrong with it."""
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return _finding("is not JSON", "", seen(payload[:60].decode(errors="replace")))
    if not isinstance(value, dict):
        return _finding("is not an object", "", seen(value))
    principal, policy = value.get("principalId"), value.get("policyDocument")
    if not isinstance(principal, str) or not principal:
        return _finding("has no `principalId`", "/principalId", seen(principal), recorded=False)
    if not isinstance(policy, dict) or "Statement" not in policy:
        return _finding("has no `policyDocument` with statements", "/policyDocument", seen(policy))
    context = value.get("context") or {}
    problem = _context_problem(context)
    if problem is not None:
        return problem
    usage_key = value.get("usageIdentifierKey")
    texts = {name: _text(item) for name, item in context.items() if item is not None}
    return Grant(principal, policy, texts, usage_key if isinstance(usage_key, str) else None)


def _context_problem(context: object) -> Finding | None:
    if not isinstance(context, dict):
        return _finding("has a `context` that is not an object", "/context", seen(context), recorded=False)
    for name, item in context.items():
        if isinstance(item, (dict, list)):
            what = f"has a `context` with more than text in `{name}`"
            return _finding(what, f"/context/{name}", seen(item))
    return None


def _text(item: object) -> str:
    return item if isinstance(item, str) else json.dumps(item)


def _finding(what: str, pointer: str, shown: str, *, recorded: bool = True) -> Finding:
    return Finding(
        rule="authorizer.invalid-output",
        what=f"What the authorizer returned {what}",
        fix=f"Return {_OUTPUT}; values of `context` are strings, numbers or booleans",
        pointer=pointer,
        seen=shown,
        recorded=recorded,
    )
