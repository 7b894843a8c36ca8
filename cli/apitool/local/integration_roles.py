"""Roles of integrations as the embedded IAM has them. Knows moto's objects.

Trust and actions are looked at, resources and conditions are not: a role that may do an action somewhere may
do it everywhere here. A role of another account is one of the account the stage will live in: of that nothing
is known here, and it does.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from moto.iam.models import iam_backends

from apitool.local.endpoint import ACCOUNT_ID
from apitool.local.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moto.iam.models import Role

    from apitool.local.roles import RoleRefusal

_GATEWAY = "apigateway.amazonaws.com"


@turn()
def refusal(role_arn: str, action: str | None) -> RoleRefusal | None:
    """Why API Gateway can't do this with the role; None when it can."""
    if role_arn.split(":")[4:5] != [ACCOUNT_ID]:
        return None
    backend = iam_backends[ACCOUNT_ID]["aws"]
    role = next((each for each in list(backend.roles.values()) if each.arn == role_arn), None)
    if role is None or not _trusts_gateway(role):
        return "not-assumable"
    return None if action is None or _allows(role, action) else "denied"


def _trusts_gateway(role: Role) -> bool:
    return any(
        statement.get("Effect") == "Allow"
        and _GATEWAY in _several((statement.get("Principal") or {}).get("Service"))
        and "sts:AssumeRole" in _several(statement.get("Action"))
        for statement in _statements(role.assume_role_policy_document)
    )


def _allows(role: Role, action: str) -> bool:
    attached = (
        version.document
        for policy in role.managed_policies.values()
        for version in policy.versions
        if version.version_id == policy.default_version_id
    )
    documents = [*role.policies.values(), *attached]
    matching = [
        statement["Effect"]
        for document in documents
        for statement in _statements(document)
        if any(_like(pattern, action) for pattern in _several(statement.get("Action")))
    ]
    # A denial may be of other resources only: what is allowed as well is let through.
    return "Allow" in matching


def _statements(document: str) -> Iterator[dict[str, Any]]:
    yield from _several(json.loads(document).get("Statement"))


def _like(pattern: str, action: str) -> bool:
    """IAM's actions and their wildcards, whatever case."""
    return fnmatchcase(action.lower(), pattern.lower().replace("[", "[[]"))


def _several(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
