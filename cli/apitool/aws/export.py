"""GetExport: the OpenAPI document of what a stage's deployment serves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient

    from apitool.aws.account import Account


def document(account: Account, rest_api_id: str, stage: str, *, extensions: bool = True) -> dict[str, Any]:
    """The document, OpenAPI 3.0; with `extensions` those of API Gateway, without them what clients need.

    Raises:
        ApitoolError: AWS refuses.
    """
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"export the stage `{stage}` of RestApi {rest_api_id}"):
        export = client.get_export(
            restApiId=rest_api_id,
            stageName=stage,
            exportType="oas30",
            parameters={"extensions": "integrations,authorizers,apigateway"} if extensions else {},
            accepts="application/json",
        )
        found: dict[str, Any] = json.loads(export["body"].read())
    return found
