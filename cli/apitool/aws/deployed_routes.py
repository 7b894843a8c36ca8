"""The routes a stage really serves, from GetExport: the snapshot its deployment made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient

    from apitool.aws.account import Account

_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"
_LAMBDA = "aws_proxy"  # exports write types in lower case


def read(account: Account, rest_api_id: str, stage: str) -> list[str]:
    """Routes with a Lambda proxy integration, written `GET /orders`, sorted."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"export the stage `{stage}` of RestApi {rest_api_id}"):
        export = client.get_export(
            restApiId=rest_api_id,
            stageName=stage,
            exportType="oas30",
            parameters={"extensions": "integrations"},
            accepts="application/json",
        )
        document = json.loads(export["body"].read())
    return sorted(routes_of(document))


def routes_of(document: dict[str, Any]) -> list[str]:
    """The Lambda proxy routes of an OpenAPI document with API Gateway's extensions."""
    return [
        f"{'ANY' if method == _ANY else method.upper()} {path}"
        for path, methods in document.get("paths", {}).items()
        for method, operation in methods.items()
        if isinstance(operation, dict)
        and str(operation.get(_INTEGRATION, {}).get("type", "")).lower() == _LAMBDA
    ]
