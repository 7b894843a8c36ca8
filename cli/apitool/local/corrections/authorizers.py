"""Authorizers made by CreateAuthorizer keep everything they were made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from moto.apigateway.models import RestAPI

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Authorizer


@correction(
    RestAPI, "create_authorizer", "moto misspells identityValidationExpression, and so loses it on the way"
)
def create_authorizer(
    original: Callable[..., Authorizer], api: RestAPI, *arguments: object, **members: object
) -> Authorizer:
    authorizer = original(api, *arguments, **members)
    authorizer.identity_validation_expression = cast(
        "str | None", members.get("identiy_validation_expression")
    )
    return authorizer


CORRECTIONS = (create_authorizer,)
