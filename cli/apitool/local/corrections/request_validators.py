"""Request validators that can not be, and what a patch of one may do.

Recorded by LocalStack, TestApiGatewayApiRequestValidator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, RequestValidator

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import flag, replacements

if TYPE_CHECKING:
    from collections.abc import Callable

_BODY, _PARAMETERS = "/validateRequestBody", "/validateRequestParameters"
_PATHS = ("/name", _PARAMETERS, _BODY)  # as AWS lists them


@correction(APIGatewayBackend, "create_request_validator", "AWS has other words for an API that is not there")
def create_request_validator(
    original: Callable[..., RequestValidator], backend: APIGatewayBackend, restapi_id: str, *asked: object
) -> RequestValidator:
    if restapi_id not in backend.apis:
        raise refusals.BadRequestException(refusals.INVALID_API_OF_VALIDATOR)
    return original(backend, restapi_id, *asked)


@correction(APIGatewayBackend, "get_request_validator", "moto answers 400, in other words")
def get_request_validator(
    _original: Callable[..., RequestValidator],
    backend: APIGatewayBackend,
    restapi_id: str,
    validator_id: str,
) -> RequestValidator:
    api = backend.apis.get(restapi_id)
    if api is None or validator_id not in api.request_validators:
        raise refusals.NotFound(refusals.INVALID_VALIDATOR)
    found: RequestValidator = api.request_validators[validator_id]
    return found


@correction(
    APIGatewayBackend,
    "update_request_validator",
    "moto answers 200 to what AWS refuses, reads `e` for true, and answers 500 where there is no value",
)
def update_request_validator(
    _original: Callable[..., RequestValidator],
    backend: APIGatewayBackend,
    restapi_id: str,
    validator_id: str,
    patch_operations: list[dict[str, Any]],
) -> RequestValidator:
    validator: RequestValidator = backend.get_request_validator(restapi_id, validator_id)
    changed = replacements(patch_operations, _PATHS)
    name = changed.get("/name", validator.name)
    if not name:
        raise refusals.BadRequestException(refusals.BLANK_VALIDATOR)
    validator.name = name
    if _BODY in changed:
        validator.validate_request_body = flag(changed[_BODY])
    if _PARAMETERS in changed:
        validator.validate_request_parameters = flag(changed[_PARAMETERS])
    return validator


@correction(RequestValidator, "to_dict", "moto shows null for what was not asked for, where AWS says false")
def to_dict(original: Callable[..., dict[str, Any]], validator: RequestValidator) -> dict[str, Any]:
    return {key: False if value is None else value for key, value in original(validator).items()}


CORRECTIONS = (
    create_request_validator,
    get_request_validator,
    update_request_validator,
    to_dict,
)
