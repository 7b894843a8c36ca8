"""AddPermission: a statement id is there once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.policy import Policy

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

# reported for AWS in many a bug tracker, always in these words
_TAKEN = (
    "The statement id ({sid}) provided already exists. "
    "Please provide a new statement id, or remove the existing statement."
)


class _StatementIsTakenError(LambdaClientError):
    code = 409

    def __init__(self, sid: str) -> None:
        super().__init__("ResourceConflictException", _TAKEN.format(sid=sid))


@correction(
    Policy,
    "add_statement",
    "moto adds a statement twice: RemovePermission leaves one, and the provider waits for it to go",
)
def add_statement(
    original: Callable[..., tuple[Any, str]], policy: Policy, raw: str, qualifier: str | None = None
) -> tuple[Any, str]:
    before, revision = list(policy.statements), policy.revision
    statement, new_revision = original(policy, raw, qualifier)
    if any(each["Sid"] == statement["Sid"] and each["Resource"] == statement["Resource"] for each in before):
        policy.statements, policy.revision = before, revision
        raise _StatementIsTakenError(statement["Sid"])
    return statement, new_revision


CORRECTIONS = (add_statement,)
