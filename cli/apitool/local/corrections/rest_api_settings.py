"""CreateRestApi, UpdateRestApi, GetRestApi, DeleteRestApi: what they keep, change, show and miss."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from jsonpointer import unescape
from moto.apigateway.models import APIGatewayBackend, RestAPI
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_BINARY = "/binaryMediaTypes"
_ENDPOINT_TYPES = frozenset({"REGIONAL", "EDGE", "PRIVATE"})
_ENDPOINT = "/endpointConfiguration/"
_TYPES = f"{_ENDPOINT}types/"
_LINKS = f"{_ENDPOINT}vpcEndpointIds"
_REPLACED = frozenset({"/name", "/description", "/apiKeySource", "/policy"})
_ADDRESS = "ipAddressType"
_ADDRESSES = (_OF_ALL_OTHERS, _OF_PRIVATE) = ("ipv4", "dualstack")
_MOTOS_VERSION = "V1"  # of every API that has none
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
    _check_values(asked("endpointConfiguration") or {})
    _check_asked(asked("description"), asked("minimumCompressionSize"), asked("endpointConfiguration"))
    status, headers, body = original(response)
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        return status, headers, body
    api = response.backend.get_rest_api(json.loads(body)["id"])
    api.binaryMediaTypes = list(asked("binaryMediaTypes") or ())
    api.version = asked("version")
    return 201, {**headers, "status": "201"}, json.dumps(api.to_dict())


@correction(
    RestAPI,
    "apply_patch_operations",
    "moto takes the value where AWS takes the last part of the path, `false` for true, and any path at all",
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
        elif path.startswith(_ENDPOINT):
            api.endpoint_configuration = _endpoint(api.endpoint_configuration, operation)
        elif path == "/description" and operation["op"] == "remove":
            api.description = cast("Any", None)
        else:
            _check_replaced(operation)
            original(api, [operation])


@correction(
    RestAPI,
    "to_dict",
    "AWS escapes the policy, so that the provider can't read moto's back, and leaves out what is not set",
)
def to_dict(original: Callable[..., dict[str, Any]], api: RestAPI) -> dict[str, Any]:
    shown = original(api)
    shown["policy"] = json.dumps(api.policy)[1:-1] if api.policy else None
    types = api.endpoint_configuration.get("types") or ["EDGE"]
    shown["endpointConfiguration"] = {_ADDRESS: _default_address(types), **api.endpoint_configuration}
    shown["version"] = None if api.version == _MOTOS_VERSION else api.version
    return {key: value for key, value in shown.items() if value not in (None, [], {})}


@correction(APIGatewayResponse, "delete_rest_api", "moto answers 200 and the API, where AWS answers 202")
def delete(original: Callable[..., Any], response: APIGatewayResponse) -> tuple[int, dict[str, int], str]:
    original(response)
    return 202, {"status": 202}, ""


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
    if types == ["PRIVATE"] and (endpoint or {}).get(_ADDRESS) == _OF_ALL_OTHERS:
        raise refusals.BadRequestException(refusals.PRIVATE_IS_DUALSTACK)


def _check_values(endpoint: dict[str, Any]) -> None:
    """Raises what AWS says of types and kinds of addresses that it does not know, both at once."""
    at, errors = "createRestApiInput.endpointConfiguration", []
    types, address = endpoint.get("types") or [], endpoint.get(_ADDRESS)
    if not set(types) <= _ENDPOINT_TYPES:
        errors.append(
            f"Value '[{', '.join(types)}]' at '{at}.types' failed to satisfy constraint: Member must satisfy "
            "constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]"
        )
    if address is not None and address not in _ADDRESSES:
        errors.append(refusals.not_one_of(address, f"{at}.{_ADDRESS}", _ADDRESSES))
    if errors:
        raise refusals.invalid(errors)


def _check_address(operation: dict[str, Any], types: list[str]) -> None:
    if operation["op"] != "replace":
        raise refusals.BadRequestException(refusals.ONLY_REPLACE)
    if operation.get("value") not in _ADDRESSES:
        raise refusals.BadRequestException(refusals.INVALID_IP_ADDRESS_TYPE)
    if types == ["PRIVATE"] and operation["value"] == _OF_ALL_OTHERS:
        raise refusals.BadRequestException(refusals.PRIVATE_IS_DUALSTACK)


def _default_address(types: list[str]) -> str:
    return _OF_PRIVATE if types == ["PRIVATE"] else _OF_ALL_OTHERS


def _check_replaced(operation: dict[str, Any]) -> None:
    if operation["path"] not in _REPLACED:
        raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=operation["path"]))
    if operation["op"] != "replace":
        raise refusals.BadRequestException(refusals.ONLY_REPLACE)


def _endpoint(before: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The endpoint after an operation; an address kind that was chosen for other types goes with them."""
    path, op, value = operation["path"], operation["op"], operation.get("value") or ""
    if path.startswith(_TYPES):
        if op != "replace":
            raise refusals.BadRequestException(refusals.INVALID_OPERATION_ON_TYPES)
        _check_types([value])
        return {**_without(before, _ADDRESS), "types": [value]}
    if path == f"{_ENDPOINT}{_ADDRESS}":
        _check_address(operation, before["types"])
        return {**before, _ADDRESS: value}
    if path == _LINKS and op in {"add", "remove"}:
        return _linked(before, operation)
    raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=path))


def _linked(endpoint: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """With a VPC endpoint more or less, which the provider adds and removes one by one."""
    named = operation.get("value")
    others = [each for each in endpoint.get("vpcEndpointIds") or () if each != named]
    linked = [*others, named] if operation["op"] == "add" else others
    return {**_without(endpoint, "vpcEndpointIds"), **({"vpcEndpointIds": linked} if linked else {})}


def _without(members: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in members.items() if key != name}


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
    named = unescape(escaped)
    others = [each for each in types if each != named]
    if operation["op"] == "remove":
        return others
    return [*others, (operation.get("value") if operation["op"] == "replace" else None) or named]


CORRECTIONS = (create_rest_api, apply_patch_operations, to_dict, delete, delete_rest_api)
