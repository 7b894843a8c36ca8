"""How many RestApis an account has in a region: there is a limit to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient

    from apitool.aws.account import Account


def regional(account: Account) -> int:
    """Regional ones only: the edge-optimized have a limit of their own."""
    client: APIGatewayClient = account.client("apigateway")
    with calling("count the RestApis"):
        pages = client.get_paginator("get_rest_apis").paginate()
        apis = [api for page in pages for api in page["items"]]
    return sum("REGIONAL" in api.get("endpointConfiguration", {}).get("types", []) for api in apis)
