"""Rules about who may do what: permissions, IAM, the resource policy, secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.review import statements
from apitool.review.change import Verb
from apitool.review.rules.rule import Hit
from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange

_GATEWAY = "apigateway.amazonaws.com"
_IAM = ("aws_iam_role_policy", "aws_iam_policy")
_ADMINISTRATORS = re.compile(r":policy/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$")
_SECRET_NAME = re.compile(r"PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL", re.IGNORECASE)
_REFERENCE_NAME = re.compile(r"_(?:ARN|NAME|ID|PATH|URL|TABLE|PARAMETER)$", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[\w-]{8,}\.eyJ")
_POLICY_LIMIT = 10_240  # characters without blanks of all inline policies of a role, IAM quotas
_NEAR = 0.9


def permission_too_wide(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_lambda_permission"):
        source, principal = change.after.get("source_arn"), text(change.after.get("principal"))
        unbound = source is None and change.unknown.get("source_arn") is not True
        before = change.before.get("source_arn")
        wider = (text(before) and text(source).endswith(":*/*/*/*")) or text(source) == "*"
        if principal == "*":
            yield Hit(_subject(change), "anybody may invoke the function", change.address)
        elif principal == _GATEWAY and (unbound or wider):
            yield Hit(_subject(change), "any API of any account may invoke the function", change.address)


def permission_gone(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Only while a route still leads to the function."""
    led_to = {route.target for route in reviewed.after.routes.values()}
    kept = {_subject(each) for each in reviewed.plan.of_type("aws_lambda_permission") if each.after}
    for change in reviewed.plan.of_type("aws_lambda_permission"):
        subject = _subject(change)
        if change.verb is Verb.REMOVE and subject in led_to and subject not in kept:
            yield Hit(subject, "the gateway may no longer invoke the function", change.address)


def wildcard_iam(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, *_IAM):
        old, new = (set(statements.read(side.get("policy"))) for side in (change.before, change.after))
        for each in sorted(new - old):
            if each.wildcard:
                yield Hit(_subject(change), each.words, change.address)
    for change in _made_or_changed(reviewed, "aws_iam_role_policy_attachment"):
        if _ADMINISTRATORS.search(text(change.after.get("policy_arn"))):
            yield Hit(_subject(change), f"attaches {text(change.after.get('policy_arn'))}", change.address)


def trust_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_iam_role"):
        sides = (change.before, change.after)
        old, new = (set(statements.read(side.get("assume_role_policy"))) for side in sides)
        for each in sorted(new - old):
            if each.principal == "*" and each.effect == "Allow":
                yield Hit(_subject(change), "anybody may take on the role", change.address)


def resource_policy_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_api_gateway_rest_api", "aws_api_gateway_rest_api_policy"):
        old, new = (set(statements.read(side.get("policy"))) for side in (change.before, change.after))
        for each in sorted(new - old):
            if each.effect == "Allow" and each.principal == "*" and not each.condition and old:
                yield Hit(_subject(change), f"{each.words}, without a condition", change.address)
        if old and not new and change.unknown.get("policy") is not True:
            yield Hit(_subject(change), "the resource policy is gone", change.address)


def policy_near_limit(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_iam_role_policy"):
        size = len("".join(text(change.after.get("policy")).split()))
        if size > _POLICY_LIMIT * _NEAR:
            yield Hit(_subject(change), f"{size:,} of {_POLICY_LIMIT:,} characters", change.address)


def secret_in_environment(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in _made_or_changed(reviewed, "aws_lambda_function"):
        old, new = _environment(change.before), _environment(change.after)
        for name, value in sorted(new.items()):
            named = _SECRET_NAME.search(name) and not _REFERENCE_NAME.search(name)
            if old.get(name) != value and value and (named or _SECRET_VALUE.search(text(value))):
                yield Hit(_subject(change), f"environment variable {name} looks secret", change.address)


def _environment(function: object) -> dict[str, object]:
    block = next(iter(sequence(at(function, "environment"))), None)
    return dict(mapping(at(block, "variables")))


def _made_or_changed(reviewed: Reviewed, *types: str) -> Iterator[ResourceChange]:
    verbs = {Verb.ADD, Verb.CHANGE, Verb.REPLACE}
    return (change for change in reviewed.plan.of_type(*types) if change.verb in verbs)


def _subject(change: ResourceChange) -> str:
    """The key in the address, else the name on AWS."""
    keys = re.findall(r'\["((?:[^"\\]|\\.)*)"\]', change.address)
    values = change.after or change.before
    return (
        keys[-1] if keys else text(values.get("function_name")) or text(values.get("name")) or change.address
    )
