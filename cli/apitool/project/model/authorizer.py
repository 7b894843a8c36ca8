"""`[authorizers.<name>]`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from apitool.project import access_values
from apitool.project.model.base import Section
from apitool.project.model.fields import Scopes, by

AuthorizerType = Literal["token", "request", "cognito", "iam"]
AuthorizerName = Annotated[str, by(access_values.authorizer_name)]
AUTHORIZATION = "method.request.header.Authorization"


NEEDS = {
    "token": ("function", 'function = "authorize"'),
    "request": ("function", 'function = "authorize"'),
    "cognito": ("user_pools", 'user_pools = ["arn:aws:cognito-idp:…:userpool/…"]'),
}
"""What a type can't do without, and how it is written."""


class Authorizer(Section):
    """Who may call: a Lambda function that says so (token, request), a user pool, or IAM's signatures."""

    type: AuthorizerType = Field(
        description="`token`, `request`: a function decides; `cognito`: a user pool; `iam`: signed requests.",
        examples=["token"],
    )
    function: str | None = Field(
        None, description="The function that decides, for `token` and `request`.", examples=["authorize"]
    )
    identity_sources: Annotated[
        tuple[Annotated[str, by(access_values.identity_source)], ...], Field(strict=False)
    ] = Field((AUTHORIZATION,), description="Where a caller's identity stands; all have to be there.")
    identity_validation: Annotated[str, by(access_values.regular_expression)] | None = Field(
        None,
        description="What a whole token, or with `cognito` its `aud`, has to match; else 401 without a call.",
        examples=["^Bearer .+$"],
    )
    ttl: int = Field(
        300, ge=0, le=3_600, description="Seconds an answer is kept for the same identity; 0 keeps none."
    )
    user_pools: Annotated[tuple[Annotated[str, by(access_values.user_pool)], ...], Field(strict=False)] = (
        Field(
            (),
            description="ARNs of Cognito user pools, for `cognito`.",
            examples=[["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"]],
        )
    )
    scopes: Scopes = Field(
        (),
        description="Scopes of its routes, for `cognito`: an access token with one of them. None: ID tokens.",
        examples=[["orders/read"]],
    )

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        needed, example = NEEDS.get(self.type, (None, None))
        if needed is not None and not getattr(self, needed):
            must = f"must have `{needed}`, which type `{self.type}` needs"
            raise PydanticCustomError("refused", "{must}", {"must": must, "fix": example})
        return self
