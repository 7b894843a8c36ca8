"""Deployments of a RestApi made twice by a lost reply or a kill: CreateDeployment works as often as sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_apigateway.type_defs import StageTypeDef

    from apitool.aws.account import Account

_CLOCKS = timedelta(minutes=1)  # AWS's and this machine's may be that far apart


def find(account: Account, rest_api_id: str, since: datetime) -> list[str]:
    """Made since then, and in no stage's use. Earlier ones may be somebody's to roll back to."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"list the deployments of RestApi {rest_api_id}"):
        stages = client.get_stages(restApiId=rest_api_id)["item"]
        used = {each for stage in stages for each in _used_by(stage)}
        pages = client.get_paginator("get_deployments").paginate(restApiId=rest_api_id)
        return [
            each["id"]
            for page in pages
            for each in page["items"]
            if each["id"] not in used and each["createdDate"] >= since - _CLOCKS
        ]


def remove(account: Account, rest_api_id: str, deployment_id: str) -> None:
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"delete the deployment {deployment_id} of RestApi {rest_api_id}"):
        try:
            client.delete_deployment(restApiId=rest_api_id, deploymentId=deployment_id)
        except ClientError as error:
            if code_of(error) != "NotFoundException":
                raise


def _used_by(stage: StageTypeDef) -> tuple[str | None, str | None]:
    return stage.get("deploymentId"), stage.get("canarySettings", {}).get("deploymentId")
