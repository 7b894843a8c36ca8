"""CreateResource, UpdateResource, DeleteResource: what AWS lets stand where, and what goes with a parent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from moto.apigateway.models import Resource

_PATHS = ("/parentId", "/pathPart")  # as AWS lists them (recorded by LocalStack)


@correction(
    APIGatewayBackend,
    "create_resource",
    "moto allows children of `{proxy+}`, two variables or one name twice under a parent, and a ghost parent",
)
def create_resource(
    original: Callable[..., Resource],
    backend: APIGatewayBackend,
    function_id: str,
    parent_resource_id: str,
    path_part: str,
) -> Resource:
    _check_place(backend.get_rest_api(function_id).resources, parent_resource_id, path_part)
    return original(backend, function_id, parent_resource_id, path_part)


@correction(
    APIGatewayBackend,
    "delete_resource",
    "moto leaves what is below behind and can list resources no more, and deletes the root",
)
def delete_resource(
    original: Callable[..., Resource], backend: APIGatewayBackend, function_id: str, resource_id: str
) -> Resource:
    if backend.get_resource(function_id, resource_id).parent_id is None:  # raises AWS's 404
        raise refusals.BadRequestException(refusals.ROOT_IS_KEPT)
    resources = backend.get_rest_api(function_id).resources
    for below in [each.id for each in resources.values() if each.parent_id == resource_id]:
        backend.delete_resource(function_id, below)
    return original(backend, function_id, resource_id)


@correction(APIGatewayResponse, "update_resource", "moto has no UpdateResource")
def update_resource(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, resource_id = response.path.split("/")
    resource = response.backend.get_resource(api_id, resource_id)
    resources = response.backend.get_rest_api(api_id).resources
    for path, value in replacements(asked_of(response), _PATHS).items():
        if resource.parent_id is None:
            member = path.removeprefix("/")
            raise refusals.BadRequestException(refusals.ROOT_RESOURCE.format(member=member))
        moved = {"/parentId": resource.parent_id, "/pathPart": resource.path_part, path: value or ""}
        _check_no_cycle(resources, resource_id, moved["/parentId"])
        others = {key: each for key, each in resources.items() if key != resource_id}
        _check_place(others, moved["/parentId"], moved["/pathPart"])
        resource.parent_id, resource.path_part = moved["/parentId"], moved["/pathPart"]
    return 200, {}, json.dumps(resource.to_dict())


def _check_place(resources: Mapping[str, Resource], parent_id: str, path_part: str) -> None:
    """Raises AWS's refusal of a resource of that name under that parent."""
    parent = resources.get(parent_id)
    if parent is None:
        raise refusals.NotFound(refusals.INVALID_RESOURCE)
    if _greedy(parent.path_part):
        raise refusals.BadRequestException(refusals.GREEDY_PARENT.format(parent=parent.path_part))
    siblings = [each.path_part for each in resources.values() if each.parent_id == parent_id]
    if path_part in siblings:
        raise refusals.ConflictException(refusals.TAKEN_NAME.format(name=path_part))
    variable = next(filter(_variable, siblings), None)
    if variable is not None and _variable(path_part):
        raise refusals.BadRequestException(refusals.SIBLING_VARIABLE.format(sibling=variable))


def _check_no_cycle(resources: Mapping[str, Resource], moved: str, parent_id: str) -> None:
    above = resources.get(parent_id)
    while above is not None:
        if above.id == moved:
            raise refusals.BadRequestException(refusals.CYCLE)
        above = resources.get(above.parent_id or "")


def _variable(path_part: str) -> bool:
    return path_part.startswith("{")


def _greedy(path_part: str) -> bool:
    return path_part.endswith("+}")


CORRECTIONS = (create_resource, update_resource, delete_resource)
