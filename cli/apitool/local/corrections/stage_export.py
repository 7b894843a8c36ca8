"""GetExport answers with the document of the stage's deployment: what is served, not what was put last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import documents, refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import RestAPI

_EXTENSION = "x-amazon-apigateway-"
_TYPE = "oas30"


@correction(
    APIGatewayResponse,
    "get_export",
    "moto invents a Swagger 2 document without integrations, from the API as it stands, for any stage at all",
)
def get_export(
    _original: Callable[..., Any], response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, stage_name, _, export_type = response.path.split("/")
    if export_type != _TYPE:
        raise refusals.BadRequestException(f"No API exporter for type '{export_type}'")
    stage = response.backend.get_stage(api_id, stage_name)
    api = response.backend.get_rest_api(api_id)
    exported = _exported(api, str(stage.deployment_id), stage_name)
    if "apigateway" not in _asked_for(response):
        exported = _without_extensions(exported, keep="integrations" in _asked_for(response))
    # what is JSON is YAML as well
    kind = "yaml" if "yaml" in response.headers.get("Accept", "") else "json"
    headers = {
        "Content-Type": f"application/{kind}",
        "Content-Disposition": f'attachment; filename="{_TYPE}_{stage.deployment_id}.{kind}"',
    }
    return 200, headers, json.dumps(exported)


def _exported(api: RestAPI, deployment_id: str, stage_name: str) -> documents.Document:
    deployment = api.deployments.get(deployment_id)
    snapshot = documents.SNAPSHOTS.get(deployment) if deployment is not None else None
    if snapshot is None:
        raise refusals.NotFound(refusals.INVALID_DEPLOYMENT)
    host = f"https://{api.id}.execute-api.{api.region_name}.amazonaws.com/{{basePath}}"
    server = {"url": host, "variables": {"basePath": {"default": stage_name}}}
    return {**snapshot, "servers": [server]}


def _asked_for(response: APIGatewayResponse) -> set[str]:
    """`extensions=integrations`, `authorizers`, `apigateway`, several with commas."""
    written = response.querystring.get("extensions", [])
    return {name.strip() for value in written for name in value.split(",")}


def _without_extensions(value: Any, *, keep: bool) -> Any:  # noqa: ANN401 - any JSON
    """The document without AWS's keys; `keep` leaves the integrations in."""
    if isinstance(value, dict):
        return {
            key: _without_extensions(item, keep=keep)
            for key, item in value.items()
            if not key.startswith(_EXTENSION) or (keep and key in _SHOWN_WITH_INTEGRATIONS)
        }
    return [_without_extensions(item, keep=keep) for item in value] if isinstance(value, list) else value


_SHOWN_WITH_INTEGRATIONS = {f"{_EXTENSION}integration", f"{_EXTENSION}any-method"}

CORRECTIONS = (get_export,)
