"""What AWS says of APIs, resources, methods and integrations that are not there (recorded, LocalStack)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.apigateway.exceptions import NotFoundException, RestAPINotFound
from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import Correction, correction

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


_LOOKED_FOR = {  # moto deletes these whether they are there or not, or answers 500
    "delete_authorizer": "get_authorizer",
    "delete_integration": "get_integration",
    "delete_method": "get_method",
    "delete_method_response": "get_method_response",
    "delete_request_validator": "get_request_validator",
    "delete_usage_plan": "get_usage_plan",
    "delete_vpc_link": "get_vpc_link",
}


def _looked_for(method: str, find: str) -> Correction:
    def delete(original: Callable[..., Any], backend: APIGatewayBackend, *place: str, **named: str) -> Any:  # noqa: ANN401 - moto's
        getattr(backend, find)(*place, **named)  # raises AWS's 404
        return original(backend, *place, **named)

    return Correction(APIGatewayBackend, method, "moto does not look whether it is there", delete)


CORRECTIONS = (
    get_rest_api,
    update_rest_api,
    get_resource,
    get_integration,
    *(_looked_for(method, find) for method, find in _LOOKED_FOR.items()),
)
