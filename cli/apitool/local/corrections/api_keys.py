"""API keys: what they may be, and what a patch of one may do (LocalStack, TestApigatewayApiKeysCrud)."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, ApiKey
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import flag, replacements

if TYPE_CHECKING:
    from collections.abc import Callable

_PATHS = {  # as AWS lists them, with moto's names
    "/description": "description",
    "/enabled": "enabled",
    "/name": "name",
    "/customerId": "customer_id",
}
_LONGEST_NAME = 1024
_LONGEST_VALUE = 128
_LONGEST_DESCRIPTION = 125_000  # one more is refused (recorded)


@correction(APIGatewayBackend, "create_api_key", "moto takes names, values and descriptions of any length")
def create_api_key(
    original: Callable[..., ApiKey], backend: APIGatewayBackend, payload: dict[str, Any]
) -> ApiKey:
    if len(payload.get("name") or "") > _LONGEST_NAME:
        raise refusals.BadRequestException(refusals.LONG_KEY_NAME)
    if len(payload.get("value") or "") > _LONGEST_VALUE:
        raise refusals.BadRequestException(refusals.LONG_KEY_VALUE)
    _check_description(payload.get("description"))
    return original(backend, payload)


@correction(APIGatewayBackend, "delete_api_key", "moto leaves a key that is gone in its usage plans")
def delete_api_key(original: Callable[..., None], backend: APIGatewayBackend, api_key_id: str) -> None:
    original(backend, api_key_id)
    for keys in backend.usage_plan_keys.values():
        keys.pop(api_key_id, None)


@correction(
    ApiKey,
    "update_operations",
    "moto answers 200 to what AWS refuses, and leaves the date of the last change",
)
def update_operations(
    _original: Callable[..., ApiKey], key: ApiKey, patch_operations: list[dict[str, Any]]
) -> ApiKey:
    changed = replacements(patch_operations, tuple(_PATHS))
    _check_description(changed.get("/description"))
    for path, value in changed.items():
        setattr(key, _PATHS[path], flag(value) if path == "/enabled" else value)
    key.last_updated_date = int(time.time())
    return key


@correction(APIGatewayResponse, "update_api_key", "moto shows the key's value, which AWS does not")
def update_api_key(original: Callable[..., str], response: APIGatewayResponse) -> str:
    shown = json.loads(original(response))
    shown.pop("value", None)
    return json.dumps(shown)


@correction(ApiKey, "to_json", "AWS leaves out what is not set, and an empty name")
def to_json(original: Callable[..., dict[str, Any]], key: ApiKey) -> dict[str, Any]:
    return {name: value for name, value in original(key).items() if value not in (None, "")}


def _check_description(description: str | None) -> None:
    if len(description or "") > _LONGEST_DESCRIPTION:
        raise refusals.BadRequestException(refusals.INVALID_KEY_DESCRIPTION)


CORRECTIONS = (create_api_key, delete_api_key, update_operations, update_api_key, to_json)
