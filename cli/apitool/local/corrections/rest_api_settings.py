"""CreateRestApi, UpdateRestApi, GetRestApi, DeleteRestApi: what they keep, change, show and miss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, RestAPI
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_BINARY = "/binaryMediaTypes"


@correction(
    APIGatewayResponse,
    "create_rest_api",
    "moto drops the binary media types it is given: the provider would see a permanent diff",
)
def create_rest_api(
    original: Callable[..., tuple[int, dict[str, str], str]], response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    status, headers, body = original(response)
    made = json.loads(body)
    types = None if response.path.endswith("mode=import") else response._get_param("binaryMediaTypes")  # noqa: SLF001 - moto gives its parameters no other way
    if status == 200 and types:  # noqa: PLR2004 - HTTP's own number
        api = response.backend.get_rest_api(made["id"])
        api.binaryMediaTypes = list(types)
        return status, headers, json.dumps(api.to_dict())
    return status, headers, body


@correction(
    RestAPI,
    "apply_patch_operations",
    "moto takes the value where AWS takes the last part of the path, and `false` for true",
)
def apply_patch_operations(
    original: Callable[..., None], api: RestAPI, patch_operations: list[dict[str, Any]]
) -> None:
    for operation in patch_operations:
        path, value = operation["path"], operation.get("value") or ""
        if path.startswith(_BINARY):
            api.binaryMediaTypes = _patched(api.binaryMediaTypes, operation)
        elif path == "/disableExecuteApiEndpoint":
            api.disableExecuteApiEndpoint = value.lower() == "true"
        elif path == "/minimumCompressionSize":
            api.minimum_compression_size = int(value) if value else None
        else:
            original(api, [operation])


@correction(
    RestAPI,
    "to_dict",
    "AWS escapes the policy, so that the provider can't read moto's back, and leaves out what is not set",
)
def to_dict(original: Callable[..., dict[str, Any]], api: RestAPI) -> dict[str, Any]:
    shown = original(api)
    if api.policy:
        shown["policy"] = json.dumps(api.policy)[1:-1]
    return {key: value for key, value in shown.items() if value not in (None, []) and key != "version"}


@correction(APIGatewayBackend, "delete_rest_api", "moto answers 500 for an unknown API")
def delete_rest_api(
    original: Callable[..., RestAPI], backend: APIGatewayBackend, function_id: str
) -> RestAPI:
    backend.get_rest_api(function_id)  # raises AWS's 404
    return original(backend, function_id)


def _patched(types: list[str], operation: dict[str, Any]) -> list[str]:
    """`/binaryMediaTypes/image~1png`: replacing one puts the new one last (recorded on AWS)."""
    escaped = operation["path"].removeprefix(_BINARY).removeprefix("/")
    if not escaped:
        raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=operation["path"]))
    named = escaped.replace("~1", "/").replace("~0", "~")
    others = [each for each in types if each != named]
    if operation["op"] == "remove":
        return others
    return [*others, (operation.get("value") if operation["op"] == "replace" else None) or named]


CORRECTIONS = (create_rest_api, apply_patch_operations, to_dict, delete_rest_api)
