"""CreateRestApi, UpdateRestApi, GetRestApi, DeleteRestApi: what they keep, change, show and miss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import APIGatewayBackend, RestAPI
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_BINARY = "/binaryMediaTypes"
_TYPES = "/endpointConfiguration/types/"
_ENDPOINT_TYPES = frozenset({"REGIONAL", "EDGE", "PRIVATE"})
_LARGEST_MINIMUM = 10_485_760  # bytes


@correction(
    APIGatewayResponse,
    "create_rest_api",
    "moto drops the binary media types it is given: the provider would see a permanent diff; and takes all",
)
def create_rest_api(
    original: Callable[..., tuple[int, dict[str, str], str]], response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    if response.path.endswith("mode=import"):
        return original(response)
    asked = response._get_param  # noqa: SLF001 - moto gives its parameters no other way
    _check_asked(asked("description"), asked("minimumCompressionSize"), asked("endpointConfiguration"))
    status, headers, body = original(response)
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        return status, headers, body
    api = response.backend.get_rest_api(json.loads(body)["id"])
    api.binaryMediaTypes = list(asked("binaryMediaTypes") or ())
    return 201, {**headers, "status": "201"}, json.dumps(api.to_dict())


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
        if path == "/minimumCompressionSize" and operation["op"] != "replace":
            raise refusals.BadRequestException(refusals.ONLY_REPLACE)
        if path.startswith(_BINARY):
            api.binaryMediaTypes = _patched(api.binaryMediaTypes, operation)
        elif path == "/disableExecuteApiEndpoint":
            api.disableExecuteApiEndpoint = value.lower() == "true"
        elif path == "/minimumCompressionSize":
            _check_size(value or None)
            api.minimum_compression_size = int(value) if value else None
        elif path.startswith(_TYPES):
            _check_types([value])
            api.endpoint_configuration = {**api.endpoint_configuration, "types": [value]}
        elif path == "/description" and operation["op"] == "remove":
            api.description = cast("Any", None)
        else:
            original(api, [operation])


@correction(
    RestAPI,
    "to_dict",
    "AWS escapes the policy, so that the provider can't read moto's back, and leaves out what is not set",
)
def to_dict(original: Callable[..., dict[str, Any]], api: RestAPI) -> dict[str, Any]:
    shown = original(api)
    shown["policy"] = json.dumps(api.policy)[1:-1] if api.policy else None
    return {key: value for key, value in shown.items() if value not in (None, []) and key != "version"}


@correction(APIGatewayBackend, "delete_rest_api", "moto answers 500 for an unknown API")
def delete_rest_api(
    original: Callable[..., RestAPI], backend: APIGatewayBackend, function_id: str
) -> RestAPI:
    backend.get_rest_api(function_id)  # raises AWS's 404
    return original(backend, function_id)


def _check_asked(description: str | None, size: object, endpoint: dict[str, Any] | None) -> None:
    """Raises BadRequestException for what AWS refuses of a new API (recorded by LocalStack)."""
    if description == "":
        raise refusals.BadRequestException(refusals.NO_DESCRIPTION)
    _check_size(size)
    types = (endpoint or {}).get("types")
    if types == []:
        raise refusals.BadRequestException(refusals.NO_ENDPOINT_TYPE)
    if len(types or ()) > 1:
        raise refusals.BadRequestException(refusals.TWO_ENDPOINT_TYPES)


def _check_size(size: object) -> None:
    if size is not None and not (str(size).isdecimal() and int(str(size)) <= _LARGEST_MINIMUM):
        raise refusals.BadRequestException(refusals.INVALID_COMPRESSION)


def _check_types(types: list[str]) -> None:
    if not set(types) <= _ENDPOINT_TYPES:
        raise refusals.BadRequestException(refusals.INVALID_ENDPOINT_TYPE)


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
