"""What an integration's role comes to, asked before a call is made with it."""

from __future__ import annotations

from typing import Literal, Protocol

RoleRefusal = Literal["not-assumable", "denied"]


class Roles(Protocol):
    """Why a role does not do for an action of IAM's, `dynamodb:PutItem`; None when it does.

    `action` is None where only the service can tell, as S3 by method and path: then the role need only be
    assumable.
    """

    def __call__(self, role_arn: str, action: str | None, /) -> RoleRefusal | None: ...


def any_role(_role_arn: str, _action: str | None) -> RoleRefusal | None:
    """Where there is no IAM, every role does."""
    return None
