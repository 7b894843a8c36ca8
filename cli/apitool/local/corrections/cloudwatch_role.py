"""UpdateAccount and GetAccount: the role must be one API Gateway can write logs with, and can be cleared."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import Account, APIGatewayBackend
from moto.iam.models import iam_backends

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moto.iam.models import Role

_PATH = "/cloudwatchRoleArn"
# the actions of the managed policy AmazonAPIGatewayPushToCloudWatchLogs, version 1
_NEEDED = (
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
)


@correction(
    APIGatewayBackend,
    "update_account",
    "moto takes any text for a role, and answers 500 to clearing it, which the provider retries for minutes",
)
def update_account(
    original: Callable[..., Account], backend: APIGatewayBackend, patch_operations: list[dict[str, Any]]
) -> Account:
    given = [{**each, "value": each.get("value") or None} for each in patch_operations]
    for each in given:
        if each["path"] == _PATH and each["value"] and not _can_log(backend.account_id, each["value"]):
            raise refusals.BadRequestException(refusals.ROLE_PERMISSIONS)
    return original(backend, given)


@correction(
    Account, "to_json", "AWS leaves the role out where there is none; features and key version as recorded"
)
def to_json(original: Callable[..., dict[str, Any]], account: Account) -> dict[str, Any]:
    shown = {**original(account), "features": account.features or ["UsagePlans"], "apiKeyVersion": "4"}
    return {key: value for key, value in shown.items() if value is not None}


def _can_log(account_id: str, arn: str) -> bool:
    partition = arn.split(":")[1] if arn.count(":") > 1 else "aws"
    roles = iam_backends[account_id][partition].get_roles()
    role = next((each for each in roles if each.arn == arn), None)
    return role is not None and _trusts_gateway(role) and _allows_logging(role)


def _trusts_gateway(role: Role) -> bool:
    trusted = (
        service
        for statement in _allowed(role.assume_role_policy_document)
        for service in _list(statement.get("Principal", {}).get("Service"))
    )
    return "apigateway.amazonaws.com" in trusted


def _allows_logging(role: Role) -> bool:
    attached = [
        version.document
        for policy in role.managed_policies.values()
        for version in policy.versions
        if version.version_id == policy.default_version_id
    ]
    patterns = [
        action
        for document in (*role.policies.values(), *attached)
        for statement in _allowed(document)
        for action in _list(statement.get("Action"))
    ]
    return all(any(_matches(needed, pattern) for pattern in patterns) for needed in _NEEDED)


def _allowed(document: str) -> Iterable[dict[str, Any]]:
    return (each for each in _list(json.loads(document).get("Statement")) if each.get("Effect") == "Allow")


def _matches(action: str, pattern: str) -> bool:
    return fnmatchcase(action.lower(), pattern.lower())


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - IAM writes one or several of anything
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


CORRECTIONS = (update_account, to_json)
