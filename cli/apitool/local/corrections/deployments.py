"""CreateDeployment snapshots the document for a stage or its canary; a deployment in use stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, Deployment
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import documents, refusals, stage_settings
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import GatewayResponse, RestAPI

_BINARY = "x-amazon-apigateway-binary-media-types"
_GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"


@correction(
    APIGatewayBackend,
    "create_deployment",
    "moto keeps no snapshot, so a forgotten redeploy would not show, makes a new stage without settings "
    "where AWS moves the one that is there, and deploys methods without integrations beside one that has one",
)
def create_deployment(
    original: Callable[..., Deployment],
    backend: APIGatewayBackend,
    function_id: str,
    name: str,
    *rest: object,
) -> Deployment:
    api = backend.get_rest_api(function_id)
    methods = [each for resource in api.resources.values() for each in resource.resource_methods.values()]
    if any(each.method_integration is None for each in methods):
        raise refusals.BadRequestException(refusals.NO_INTEGRATION)
    stage = api.stages.get(name) if name else None
    deployment = original(backend, function_id, name, *rest)
    documents.SNAPSHOTS[deployment] = snapshot(api)
    if stage is not None:
        stage.deployment_id = deployment.id
        api.stages[name] = stage
    return deployment


@correction(APIGatewayResponse, "create_deployment", "moto deploys a canary to the whole stage")
def create_canary(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    canary, name = response._get_param("canarySettings"), response._get_param("stageName")  # noqa: SLF001 - moto gives its parameters no other way
    if canary is None:
        return original(response)
    api = response.backend.get_rest_api(response.path.split("/")[2])
    if not name:
        shown = "null" if name is None else name
        raise refusals.BadRequestException(refusals.NO_CANARY_STAGE.format(name=shown))
    if name not in api.stages:
        raise refusals.BadRequestException(refusals.NOT_A_CANARY_STAGE.format(name=name))
    description = response._get_param("description")  # noqa: SLF001 - as above
    deployment = response.backend.create_deployment(api.id, "", description)
    stage_settings.set_canary(api.stages[name], {**canary, "deploymentId": deployment.id})
    return 201, {"status": 201}, json.dumps(deployment.to_json())


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
    if any(deployment_id in stage_settings.deployments_of(stage) for stage in api.stages.values()):
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


@correction(APIGatewayResponse, "update_deployment", "moto has no UpdateDeployment")
def update_deployment(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    _, _, api_id, _, deployment_id = response.path.split("/")
    deployment = response.backend.get_deployment(api_id, deployment_id)
    changed = replacements(asked_of(response), ("/description",))
    deployment.description = changed.get("/description", deployment.description) or ""
    return json.dumps(deployment.to_json())


@correction(Deployment, "to_json", "moto shows a stage, which AWS does not, and descriptions that are none")
def to_json(original: Callable[..., dict[str, Any]], deployment: Deployment) -> dict[str, Any]:
    shown = {**original(deployment), "stageName": None}
    return {key: value for key, value in shown.items() if value not in (None, "")}


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
    written = {
        "statusCode": response.status_code,
        "responseParameters": response.response_parameters,
        "responseTemplates": response.response_templates,
    }
    return {key: value for key, value in written.items() if value}


CORRECTIONS = (
    create_deployment,
    create_canary,
    delete_deployment,
    get_deployment,
    update_deployment,
    to_json,
)
