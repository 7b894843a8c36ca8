"""CreateDeployment snapshots the document; a deployment in use can't be deleted; an unknown one is a 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import documents, refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Deployment, GatewayResponse, RestAPI

_BINARY = "x-amazon-apigateway-binary-media-types"
_GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"


@correction(
    APIGatewayBackend,
    "create_deployment",
    "moto keeps no snapshot, so a forgotten redeploy would not show, and makes a new stage without settings "
    "where AWS moves the one that is there",
)
def create_deployment(
    original: Callable[..., Deployment],
    backend: APIGatewayBackend,
    function_id: str,
    name: str,
    *rest: object,
) -> Deployment:
    api = backend.get_rest_api(function_id)
    stage = api.stages.get(name) if name else None
    deployment = original(backend, function_id, name, *rest)
    documents.SNAPSHOTS[deployment] = snapshot(api)
    if stage is not None:
        stage.deployment_id = deployment.id
        api.stages[name] = stage
    return deployment


@correction(
    APIGatewayBackend,
    "delete_deployment",
    "moto looks only at the stage a deployment was made with, not at those that point to it",
)
def delete_deployment(
    original: Callable[..., Deployment], backend: APIGatewayBackend, function_id: str, deployment_id: str
) -> Deployment:
    deployment = backend.get_deployment(function_id, deployment_id)
    api = backend.get_rest_api(function_id)
    if any(stage.deployment_id == deployment_id for stage in api.stages.values()):
        raise refusals.BadRequestException(refusals.ACTIVE_STAGES)
    deployment.stage_name = ""  # whatever stage it was made with has moved on
    return original(backend, function_id, deployment_id)


@correction(APIGatewayBackend, "get_deployment", "moto answers 500 for an unknown deployment")
def get_deployment(
    original: Callable[..., Deployment], backend: APIGatewayBackend, function_id: str, deployment_id: str
) -> Deployment:
    if deployment_id not in backend.get_rest_api(function_id).deployments:
        raise refusals.NotFound(refusals.INVALID_DEPLOYMENT)
    return original(backend, function_id, deployment_id)


def snapshot(api: RestAPI) -> documents.Document:
    """The document, with the parts of a deployment that calls of their own can set."""
    document = documents.current(api)
    if api.binaryMediaTypes:
        document[_BINARY] = list(api.binaryMediaTypes)
    if api.gateway_responses:
        put = {kind: _gateway_response(response) for kind, response in api.gateway_responses.items()}
        document[_GATEWAY_RESPONSES] = {**document.get(_GATEWAY_RESPONSES, {}), **put}
    return document


def _gateway_response(response: GatewayResponse) -> documents.Document:
    written = response.to_json()
    return {
        key: written[key]
        for key in ("statusCode", "responseParameters", "responseTemplates")
        if written.get(key)
    }


CORRECTIONS = (create_deployment, delete_deployment, get_deployment)
