"""CreateStage, UpdateStage, GetStage by AWS's rules: those of `apitool.proxy.stage_patch`, in AWS's words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, Stage
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals, stage_settings
from apitool.local.corrections.correction import correction
from apitool.proxy.patch_refused import PatchOperation, PatchRefused
from apitool.proxy.stage_patch import apply_patch

if TYPE_CHECKING:
    from collections.abc import Callable

_NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")


@correction(
    APIGatewayResponse,
    "create_stage",
    "moto takes any name and a deployment that does not exist, and drops canary settings",
)
def create_stage(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    api = response.backend.get_rest_api(response.path.split("/")[2])
    wanted = response._get_param  # noqa: SLF001 - moto gives its parameters no other way
    name = str(wanted("stageName"))
    canary = wanted("canarySettings")
    if not _NAME.fullmatch(name):
        raise refusals.BadRequestException(refusals.STAGE_NAME)
    for deployment_id in (wanted("deploymentId"), (canary or {}).get("deploymentId")):
        if deployment_id is not None and deployment_id not in api.deployments:
            raise refusals.BadRequestException(refusals.GHOST_DEPLOYMENT)
    status, headers, _ = original(response)
    stage = api.stages[name]
    if canary:
        stage_settings.set_canary(stage, canary)
    stage_settings.unknown(stage).documentation_version = wanted("documentationVersion")
    return status, headers, json.dumps(stage.to_json())


@correction(
    APIGatewayBackend,
    "update_stage",
    "moto answers 200 to what AWS refuses, and stores nothing: a wrong path must not look like success",
)
def update_stage(
    _original: Callable[..., Stage],
    backend: APIGatewayBackend,
    function_id: str,
    stage_name: str,
    patch_operations: list[dict[str, Any]],
) -> Stage:
    stage = backend.get_stage(function_id, stage_name)
    patched = apply_patch(
        stage_settings.settings_of(stage),
        [PatchOperation.from_request(each) for each in patch_operations],
        account_has_role=bool(backend.account.cloudwatch_role_arn),
        deployments=backend.get_rest_api(function_id).deployments.keys(),
    )
    if isinstance(patched, PatchRefused):
        raise refusals.BadRequestException(patched.message)
    stage_settings.store(stage, patched)
    return stage


@correction(Stage, "to_json", "moto shows nulls and empty members AWS leaves out, no dates and no canary")
def to_json(_original: Callable[..., dict[str, Any]], stage: Stage) -> dict[str, Any]:
    return stage_settings.shown(stage)


@correction(APIGatewayResponse, "get_stages", "moto shows all stages, whatever deployment is asked for")
def get_stages(_original: Callable[..., str], response: APIGatewayResponse) -> str:
    wanted = response.querystring.get("deploymentId", [None])[0]
    stages = response.backend.get_stages(response.path.split("/")[2])
    shown = [each.to_json() for each in stages if wanted in {None, each.deployment_id}]
    return json.dumps({"item": shown})


CORRECTIONS = (create_stage, update_stage, to_json, get_stages)
