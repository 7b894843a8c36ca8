"""CreateModel, UpdateModel and the models every API has (recorded by LocalStack, TestApiGatewayApiModels)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Model, RestAPI

_PATHS = ("/description", "/schema")  # as AWS lists them
_DRAFT = "http://json-schema.org/draft-04/schema#"
_OF_EVERY_API = {
    "Empty": (
        "This is a default empty schema model",
        {"$schema": _DRAFT, "title": "Empty Schema", "type": "object"},
    ),
    "Error": (
        "This is a default error schema model",
        {
            "$schema": _DRAFT,
            "title": "Error Schema",
            "type": "object",
            "properties": {"message": {"type": "string"}},
        },
    ),
}


@correction(APIGatewayBackend, "create_rest_api", "a new API of moto's has no models, where AWS's has two")
def create_rest_api(
    original: Callable[..., RestAPI], backend: APIGatewayBackend, *asked: object, **named: object
) -> RestAPI:
    api = original(backend, *asked, **named)
    for name, (description, schema) in _OF_EVERY_API.items():
        api.add_model(name, description, json.dumps(schema), "application/json")
    return api


@correction(
    APIGatewayBackend, "create_model", "moto takes a name that is taken, and no name or schema at all"
)
def create_model(  # noqa: PLR0917 - moto's signature
    original: Callable[..., Model],
    backend: APIGatewayBackend,
    rest_api_id: str,
    name: str,
    content_type: str,
    description: str,
    schema: str | None,
) -> Model:
    api = backend.get_rest_api(rest_api_id)
    if not name:
        raise refusals.BadRequestException(refusals.EMPTY_MODEL_NAME)
    if name in api.models:
        raise refusals.ConflictException(refusals.TAKEN_MODEL_NAME)
    _check_schema(schema)
    return original(backend, rest_api_id, name, content_type, description, schema)


@correction(APIGatewayBackend, "get_model", "AWS speaks of the model where the API is missing too")
def get_model(
    _original: Callable[..., Model], backend: APIGatewayBackend, rest_api_id: str, model_name: str
) -> Model:
    api = backend.apis.get(rest_api_id)
    if api is None or model_name not in api.models:
        raise refusals.NotFound(refusals.INVALID_MODEL_NAME.format(name=model_name))
    found: Model = api.models[model_name]
    return found


@correction(APIGatewayBackend, "delete_model", "moto deletes models that methods ask for")
def delete_model(
    original: Callable[..., None], backend: APIGatewayBackend, rest_api_id: str, model_name: str
) -> None:
    backend.get_model(rest_api_id, model_name)  # raises AWS's 404
    for resource in reversed(backend.get_resources(rest_api_id)):  # the last one is named (recorded)
        for verb, method in resource.resource_methods.items():
            if model_name in (method.request_models or {}).values():
                used = refusals.MODEL_IN_USE.format(name=model_name, path=resource.get_path(), verb=verb)
                raise refusals.ConflictException(used)
    original(backend, rest_api_id, model_name)


@correction(APIGatewayResponse, "delete_model", "moto answers 200, where AWS answers 202")
def delete(original: Callable[..., Any], response: APIGatewayResponse) -> tuple[int, dict[str, int], str]:
    original(response)
    return 202, {"status": 202}, ""


@correction(APIGatewayResponse, "update_model", "moto has no UpdateModel")
def update_model(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, name = response.path.split("/")
    model = response.backend.get_model(api_id, name)
    changed = replacements(asked_of(response), _PATHS)
    if "/schema" in changed:
        _check_schema(changed["/schema"])
        model.schema = changed["/schema"]
    model.description = changed.get("/description", model.description)
    return 200, {}, json.dumps(model.to_json())


def _check_schema(schema: str | None) -> None:
    if not schema:
        raise refusals.BadRequestException(refusals.EMPTY_SCHEMA)


CORRECTIONS = (create_rest_api, create_model, get_model, delete_model, delete, update_model)
