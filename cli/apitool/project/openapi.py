"""`Project` -> the OpenAPI document that the Terraform module `rest_api` declares the API with.

The module makes it in HCL (openapi.tf, integrations.tf, cors.tf); this makes the same for what needs no
Terraform: serving from source, checking, testing handlers. A test holds the two equal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.project import names, openapi_access
from apitool.project.integration_body import INTEGRATION, given, operation, path_parameters
from apitool.project.openapi_merge import merged, merged_paths
from apitool.project.service_integrations import role_name

if TYPE_CHECKING:
    from apitool.project.model import Cors, Project, Route, Stage

ALIAS = "live"
"""The alias that routes invoke: `functions` in terraform/api/rest_api.tf."""
_ANY = "x-amazon-apigateway-any-method"
_PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov"}  # by the start of a region
_STRING = {"type": "string"}

Json = dict[str, Any]


def document(project: Project, stage: Stage, *, account_id: str) -> Json:
    """The document of the API at a stage, in the account given."""
    info = {
        "title": names.rest_api(project.name, stage.name),
        "description": project.api.description,
        "version": "1.0",
    }
    whole = {
        "openapi": "3.0.1",
        "info": given(info),
        "paths": _paths(project, stage, account_id),
        "x-amazon-apigateway-binary-media-types": list(project.api.binary_media_types),
        "x-amazon-apigateway-gateway-responses": openapi_access.gateway_responses(
            project, _origin_headers(project.api.cors)
        ),
        **openapi_access.members(
            project, lambda function: _function_uri(project, stage, function, account_id=account_id)
        ),
        "x-amazon-apigateway-policy": _policy(project, stage),
    }
    made = given(whole)
    return made if project.document is None else merged(project.document, made)


def _policy(project: Project, stage: Stage) -> Json | None:
    """The stage's own; what a private endpoint has without one is about VPCs, which only AWS has."""
    if stage.resource_policy is None:
        return None
    policy: Json = json.loads((project.root / stage.resource_policy).read_text(encoding="utf-8"))
    return policy


def alias_arn(project: Project, stage: Stage, function: str, *, account_id: str) -> str:
    """What an integration invokes for a function of the project."""
    name = names.member(project.name, stage.name, function)
    partition = partition_of(project.region)
    return f"arn:{partition}:lambda:{project.region}:{account_id}:function:{name}:{ALIAS}"


def partition_of(region: str) -> str:
    return next((name for start, name in _PARTITIONS.items() if region.startswith(f"{start}-")), "aws")


def _paths(project: Project, stage: Stage, account_id: str) -> Json:
    paths: dict[str, Json] = {}
    for route in project.routes:
        key = _ANY if route.method == "ANY" else route.method.lower()
        function = route.function
        uri = _function_uri(project, stage, function, account_id=account_id) if function else None
        asked = openapi_access.of_operation(project, route)
        paths.setdefault(route.path, {})[key] = {
            **operation(route, uri, _role(project, stage, route, account_id)),
            **given(asked),
        }
    if project.document is not None:
        paths = merged_paths(project.document, paths)
    cors = project.api.cors
    if cors is not None:
        for path, operations in paths.items():
            if not {"options", _ANY} & operations.keys():  # else the function answers its own preflights
                operations["options"] = _preflight(path, cors, sorted(operations))
    return paths


def _function_uri(project: Project, stage: Stage, function: str, *, account_id: str) -> str:
    arn = alias_arn(project, stage, function, account_id=account_id)
    region, partition = project.region, partition_of(project.region)
    return f"arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations"


def _role(project: Project, stage: Stage, route: Route, account_id: str) -> str | None:
    name = role_name(project, stage, route)
    return f"arn:{partition_of(project.region)}:iam::{account_id}:role/{name}" if name else None


def _preflight(path: str, cors: Cors, methods: list[str]) -> Json:
    allowed = cors.allow_methods or (*(method.upper() for method in methods), "OPTIONS")
    headers = {
        **_origin_headers(cors),
        "Access-Control-Allow-Headers": ",".join(cors.allow_headers),
        "Access-Control-Allow-Methods": ",".join(allowed),
        "Access-Control-Max-Age": str(cors.max_age),
    }
    answer = {
        "statusCode": "204",
        "responseParameters": {
            f"method.response.header.{name}": f"'{text}'" for name, text in headers.items()
        },
    }
    return {
        "parameters": path_parameters(path),
        "responses": {
            "204": {
                "description": "CORS preflight",
                "headers": {name: {"schema": _STRING} for name in headers},
            }
        },
        INTEGRATION: {
            "type": "MOCK",
            "contentHandling": "CONVERT_TO_TEXT",
            "passthroughBehavior": "WHEN_NO_MATCH",
            "requestTemplates": {"application/json": json.dumps({"statusCode": 204}, separators=(",", ":"))},
            "responses": {"default": answer},
        },
    }


def _origin_headers(cors: Cors | None) -> dict[str, str]:
    if cors is None:
        return {}
    credentials = {"Access-Control-Allow-Credentials": "true"} if cors.allow_credentials else {}
    return {"Access-Control-Allow-Origin": cors.allow_origin, **credentials}
