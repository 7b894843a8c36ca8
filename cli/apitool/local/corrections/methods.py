"""PutMethod and UpdateMethod: what a method may ask for (recorded by LocalStack, TestApiGatewayApiMethod)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonpointer import unescape
from moto.apigateway.models import APIGatewayBackend, Method
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import documents, mappings, refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from moto.apigateway.models import RestAPI

_VERBS = ("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY")
_BY_AUTHORIZER = frozenset({"CUSTOM", "COGNITO_USER_POOLS"})
_BUILT_IN_MODELS = frozenset({"Empty", "Error"})
_REPLACED = {
    "/operationName": "operation_name",
    "/apiKeyRequired": "api_key_required",
    "/authorizationType": "authorization_type",
    "/authorizerId": "authorizer_id",
    "/requestValidatorId": "request_validator_id",
}
_SCOPES = "authorization_scopes"
_TABLES = {"requestParameters": "request_parameters", "requestModels": "request_models"}


@correction(
    APIGatewayBackend,
    "put_method",
    "moto takes any verb, and an authorizer, a validator and models that are not there",
)
def put_method(  # noqa: PLR0917 - moto's signature
    original: Callable[..., Method],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    authorization_type: str | None,
    api_key_required: bool | None = None,  # noqa: FBT001 - moto's signature
    **asked: Any,  # noqa: ANN401 - what moto takes
) -> Method:
    resource = backend.get_resource(function_id, resource_id)  # raises AWS's 404
    if method_type not in _VERBS:
        raise refusals.BadRequestException(refusals.INVALID_VERB.format(verbs=",".join(_VERBS)))
    if method_type in resource.resource_methods:
        raise refusals.ConflictException(refusals.TAKEN_METHOD)
    _check(backend.get_rest_api(function_id), {**asked, "authorization_type": authorization_type})
    return original(
        backend, function_id, resource_id, method_type, authorization_type, api_key_required, **asked
    )


@correction(APIGatewayResponse, "update_method", "moto has no UpdateMethod")
def update_method(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, resource_id, _, verb = response.path.split("/")
    method = response.backend.get_method(api_id, resource_id, verb)
    if method in documents.OPERATIONS:
        raise NotImplementedError("UpdateMethod of a method that an OpenAPI document declares")
    known = {name: getattr(method, name) for name in (*_REPLACED.values(), *_TABLES.values(), _SCOPES)}
    changed = patched(known, json.loads(response.body or "{}").get("patchOperations") or [])
    _check(response.backend.get_rest_api(api_id), changed)
    if changed["authorization_type"] not in _BY_AUTHORIZER:
        changed["authorizer_id"] = None
    for name, value in changed.items():
        setattr(method, name, value)
    return 200, {}, json.dumps(method.to_json())


@correction(Method, "to_json", "moto shows nulls, and responses where there are none")
def to_json(original: Callable[..., dict[str, Any]], method: Method) -> dict[str, Any]:
    return {key: value for key, value in original(method).items() if value not in (None, {})}


def patched(known: Mapping[str, Any], operations: list[dict[str, Any]]) -> dict[str, Any]:
    """Members of moto's method after some patch operations.

    Raises:
        BadRequestException: a path that is none, or another operation than `replace` where only that one is.
    """
    changed = dict(known)
    for operation in operations:
        path, op, value = operation["path"], operation["op"], operation.get("value")
        table, _, escaped = path.removeprefix("/").partition("/")
        if path in _REPLACED:
            if op != "replace":
                raise refusals.BadRequestException(refusals.ONLY_REPLACE)
            changed[_REPLACED[path]] = value == "true" if path == "/apiKeyRequired" else value
        elif table in _TABLES and escaped and "/" not in escaped:
            name = unescape(escaped)
            kept = {key: each for key, each in (changed[_TABLES[table]] or {}).items() if key != name}
            if op != "remove":
                kept[name] = value == "true" if table == "requestParameters" else value
            changed[_TABLES[table]] = kept or None
        elif path == "/authorizationScopes" and op in {"add", "remove"}:  # as the provider sends them
            others = [each for each in changed[_SCOPES] or () if each != value]
            changed[_SCOPES] = [*others, *([value] if op == "add" else [])] or None
        else:
            raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=path))
    return changed


def _check(api: RestAPI, method: Mapping[str, Any]) -> None:
    """Raises BadRequestException for what the method refers to and the API has not."""
    mappings.check_declared(method.get("request_parameters") or {})
    names = [each.rpartition(".")[2] for each in method.get("request_parameters") or {}]
    if len(set(names)) < len(names):
        raise refusals.BadRequestException(refusals.PARAMETER_TWICE)
    known = method.get("authorizer_id") in api.authorizers
    if method["authorization_type"] in _BY_AUTHORIZER and not known:
        raise refusals.BadRequestException(refusals.INVALID_AUTHORIZER)
    validator = method.get("request_validator_id")
    if validator and validator not in api.request_validators:
        raise refusals.BadRequestException(refusals.INVALID_VALIDATOR)
    for model in (method.get("request_models") or {}).values():
        if model not in api.models and model not in _BUILT_IN_MODELS:
            raise refusals.BadRequestException(refusals.INVALID_MODEL.format(name=model))


CORRECTIONS = (put_method, update_method, to_json)
