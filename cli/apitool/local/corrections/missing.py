"""What AWS says of APIs, resources, methods and integrations that are not there (recorded, LocalStack)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.apigateway.exceptions import NotFoundException, RestAPINotFound
from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Integration, Resource, RestAPI


class NoSuchApi(RestAPINotFound):
    """In AWS's words, and still the kind of error moto's own code waits for."""

    def __init__(self, account: str, api_id: str) -> None:
        NotFoundException.__init__(self, refusals.INVALID_API.format(account=account, api=api_id))


@correction(APIGatewayBackend, "get_rest_api", "moto has other words for an unknown API")
def get_rest_api(_original: Callable[..., RestAPI], backend: APIGatewayBackend, function_id: str) -> RestAPI:
    api: RestAPI | None = backend.apis.get(function_id)
    if api is None:
        raise NoSuchApi(backend.account_id, function_id)
    return api


@correction(APIGatewayBackend, "update_rest_api", "moto has other words for an unknown API")
def update_rest_api(
    original: Callable[..., RestAPI],
    backend: APIGatewayBackend,
    function_id: str,
    patch_operations: list[dict[str, Any]],
) -> RestAPI:
    backend.get_rest_api(function_id)  # raises AWS's 404
    return original(backend, function_id, patch_operations)


@correction(APIGatewayBackend, "get_resource", "AWS speaks of the resource where the API is missing too")
def get_resource(
    _original: Callable[..., Resource], backend: APIGatewayBackend, function_id: str, resource_id: str
) -> Resource:
    api = backend.apis.get(function_id)
    if api is None or resource_id not in api.resources:
        raise refusals.NotFound(refusals.INVALID_RESOURCE)
    found: Resource = api.resources[resource_id]
    return found


@correction(APIGatewayBackend, "delete_method", "moto deletes a method that is not there")
def delete_method(
    original: Callable[..., None],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
) -> None:
    backend.get_method(function_id, resource_id, method_type)  # raises AWS's 404
    original(backend, function_id, resource_id, method_type)


@correction(APIGatewayBackend, "get_integration", "moto shows null for an integration that is not there")
def get_integration(
    _original: Callable[..., Integration],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
) -> Integration:
    found: Integration | None = backend.get_method(function_id, resource_id, method_type).method_integration
    if found is None:
        raise refusals.NotFound(refusals.INVALID_INTEGRATION)
    return found


CORRECTIONS = (get_rest_api, update_rest_api, get_resource, delete_method, get_integration)
