"""CreateAuthorizer and UpdateAuthorizer keep everything they are asked to; what is not there is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import APIGatewayBackend, Authorizer, RestAPI

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_POOLS = "/providerARNs"


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


@correction(APIGatewayBackend, "create_authorizer", "AWS has other words for an API that is not there")
def create_authorizer_of(
    original: Callable[..., Authorizer],
    backend: APIGatewayBackend,
    restapi_id: str,
    *rest: object,
    **named: object,
) -> Authorizer:
    if restapi_id not in backend.apis:  # a conflict, not a 404 (recorded by LocalStack)
        raise refusals.ConflictException(refusals.BUSY)
    return original(backend, restapi_id, *rest, **named)


@correction(Authorizer, "apply_operations", "moto answers 500 to user pools that are added and removed")
def apply_operations(
    original: Callable[..., Authorizer], authorizer: Authorizer, patch_operations: list[dict[str, Any]]
) -> Authorizer:
    for each in patch_operations:
        if each["path"] == _POOLS and each["op"] in {"add", "remove"}:
            others = [arn for arn in authorizer.provider_arns or () if arn != each["value"]]
            authorizer.provider_arns = [*others, *([each["value"]] if each["op"] == "add" else [])]
        else:
            original(authorizer, [each])
    return authorizer


CORRECTIONS = (create_authorizer, create_authorizer_of, apply_operations)
