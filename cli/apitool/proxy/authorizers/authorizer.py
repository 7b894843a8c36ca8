"""An authorizer as a document declares it (`x-amazon-apigateway-authorizer`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AuthorizerKind = Literal["TOKEN", "REQUEST", "COGNITO_USER_POOLS"]
DEFAULT_TTL_S = 300  # CreateAuthorizer's default (AWS API reference)


@dataclass(frozen=True, slots=True)
class Authorizer:
    """`identity_sources` are mapping expressions: `method.request.header.Authorization`, `context.stage`."""

    name: str
    kind: AuthorizerKind
    id: str  # 6 lower-case letters and digits
    uri: str = ""  # of the Lambda function
    identity_sources: tuple[str, ...] = ()
    validation: str | None = None  # a regular expression for the whole token
    ttl_s: int = DEFAULT_TTL_S  # seconds an answer is kept; 0 keeps none
