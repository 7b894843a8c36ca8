"""CreateResource and DeleteResource: what AWS lets stand where, and what goes with a parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.apigateway.exceptions import ConflictException
from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Resource


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
    resources = backend.get_rest_api(function_id).resources
    parent = resources.get(parent_resource_id)
    if parent is None:
        raise refusals.NotFound(refusals.INVALID_RESOURCE)
    if _greedy(parent.path_part):
        raise refusals.BadRequestException(refusals.GREEDY_PARENT.format(parent=parent.path_part))
    siblings = [each.path_part for each in resources.values() if each.parent_id == parent_resource_id]
    if path_part in siblings:
        raise ConflictException(refusals.TAKEN_NAME.format(name=path_part))
    variable = next(filter(_variable, siblings), None)
    if variable is not None and _variable(path_part):
        raise refusals.BadRequestException(refusals.SIBLING_VARIABLE.format(sibling=variable))
    return original(backend, function_id, parent_resource_id, path_part)


@correction(
    APIGatewayBackend, "delete_resource", "moto leaves what is below behind, and can list resources no more"
)
def delete_resource(
    original: Callable[..., Resource], backend: APIGatewayBackend, function_id: str, resource_id: str
) -> Resource:
    backend.get_resource(function_id, resource_id)  # raises AWS's 404
    resources = backend.get_rest_api(function_id).resources
    for below in [each.id for each in resources.values() if each.parent_id == resource_id]:
        backend.delete_resource(function_id, below)
    return original(backend, function_id, resource_id)


def _variable(path_part: str) -> bool:
    return path_part.startswith("{")


def _greedy(path_part: str) -> bool:
    return path_part.endswith("+}")


CORRECTIONS = (create_resource, delete_resource)
