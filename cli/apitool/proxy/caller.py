"""Who sends a request, as far as it was found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Caller:
    """The default is an anonymous one.

    `identity` fills members of `requestContext.identity` (AWS_IAM: accountId, caller, principalOrgId,
    accessKey, userArn, user). `authorizer` becomes `requestContext.authorizer`; AWS_IAM adds none.
    """

    identity: Mapping[str, str] = field(default_factory=dict)
    authorizer: Mapping[str, Any] | None = None
    api_key: str | None = None
    api_key_id: str | None = None


ANONYMOUS = Caller()
