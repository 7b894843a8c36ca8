"""Rules about what roles may do, and who may take them on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.review import statements
from apitool.review.finding import Severity
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import at, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.statements import Statement

ROLE = "aws_iam_role"
_INLINE = ("aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy")
_POLICIES = (*_INLINE, "aws_iam_policy", ROLE)
_ATTACHMENTS = (
    "aws_iam_role_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_group_policy_attachment",
)
_ADMINISTRATORS = re.compile(r":policy/(?:\w+/)*(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$")
_INLINE_LIMIT = 10_240  # characters without blanks of all inline policies of a role, IAM's quotas
_MANAGED_LIMIT = 6_144  # the same of a managed policy
_NEAR = 0.9


def wildcard(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, *_POLICIES):
        old, new = set(_granted(change.before)), set(_granted(change.after))
        for each in sorted(new - old):
            if each.wildcard:
                yield Hit(among.name(reviewed, change), each.words, change.address)
    for change in among.made_or_changed(reviewed, *_ATTACHMENTS, ROLE):
        was, now = _attached(change.before), _attached(change.after)
        for arn in sorted(now - was):
            if _ADMINISTRATORS.search(arn):
                yield Hit(among.name(reviewed, change), f"attaches {arn}", change.address)


def _granted(values: Mapping[str, object]) -> Iterator[Statement]:
    yield from statements.read(values.get("policy"))
    for inline in sequence(values.get("inline_policy")):
        yield from statements.read(at(inline, "policy"))


def _attached(values: Mapping[str, object]) -> set[str]:
    return {text(values.get("policy_arn")), *map(text, sequence(values.get("managed_policy_arns")))}


def trust_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, ROLE):
        sides = (change.before, change.after)
        old, new = (set(statements.read(side.get("assume_role_policy"))) for side in sides)
        for each in sorted(new - old):
            if each.principal == "*" and each.effect == "Allow" and not each.condition:
                yield Hit(among.name(reviewed, change), "anybody may take on the role", change.address)


def near_limit(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, *_INLINE, "aws_iam_policy"):
        limit = _MANAGED_LIMIT if change.type == "aws_iam_policy" else _INLINE_LIMIT
        was, now = (len("".join(text(side.get("policy")).split())) for side in (change.before, change.after))
        if now > limit * _NEAR >= was:
            yield Hit(among.name(reviewed, change), f"{now:,} of {limit:,} characters", change.address)


RULES = (
    Rule(
        "iam-wildcard",
        Severity.ERROR,
        "A role may do anything",
        "A function that is taken over may do what its role may.",
        "Name the actions and the ARNs.",
        wildcard,
    ),
    Rule(
        "trust-open",
        Severity.ERROR,
        "Anybody may take on a role",
        "The trust policy allows every principal, without a condition.",
        "Name the service or account.",
        trust_opened,
    ),
    Rule(
        "iam-policy-size",
        Severity.NOTE,
        "An IAM policy is near its limit",
        "The next statement will be refused, in the middle of an apply.",
        "Use wider paths in ARNs, or a second policy.",
        near_limit,
    ),
)
