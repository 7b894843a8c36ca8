"""Which stages are up in the embedded AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws.account import Account
from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient

    from apitool.local.endpoint import Endpoint


def read(endpoint: Endpoint) -> list[str]:
    """Stage names, sorted."""
    account = Account(endpoint.region, environment=endpoint.environment())
    client: APIGatewayClient = account.client("apigateway")
    with calling("list the stages of the embedded AWS"):
        apis = [
            api["id"] for page in client.get_paginator("get_rest_apis").paginate() for api in page["items"]
        ]
        return sorted(
            stage["stageName"] for api in apis for stage in client.get_stages(restApiId=api).get("item", [])
        )
