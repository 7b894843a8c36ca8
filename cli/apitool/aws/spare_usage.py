"""API keys and usage plans that a lost reply or a kill made twice: their names need not be unique either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from types_boto3_apigateway import APIGatewayClient

    from apitool.aws.account import Account


@dataclass(frozen=True, slots=True)
class Spare:
    """`kind` is `API key` or `usage plan`."""

    kind: str
    id: str
    name: str


def find(account: Account, tags: Mapping[str, str], known: Collection[str]) -> list[Spare]:
    """All with these tags that are not known: nobody has such a key, no known key belongs to such a plan."""
    client: APIGatewayClient = account.client("apigateway")
    with calling("list the API keys and usage plans"):
        return [
            Spare(kind, each["id"], each["name"])
            for kind, each in _all(client)
            if each["id"] not in known and tags.items() <= each.get("tags", {}).items()
        ]


def remove(account: Account, spare: Spare) -> None:
    """Delete it; a plan is taken from its stages first, as AWS wants."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"delete the {spare.kind} {spare.id}, which no state knows"):
        try:
            if spare.kind == "API key":
                client.delete_api_key(apiKey=spare.id)
            else:
                _delete_plan(client, spare.id)
        except ClientError as error:
            if code_of(error) != "NotFoundException":
                raise


def _all(client: APIGatewayClient) -> Iterator[tuple[str, Any]]:
    for keys in client.get_paginator("get_api_keys").paginate():
        yield from (("API key", each) for each in keys["items"])
    for plans in client.get_paginator("get_usage_plans").paginate():
        yield from (("usage plan", each) for each in plans["items"])


def _delete_plan(client: APIGatewayClient, plan_id: str) -> None:
    stages = client.get_usage_plan(usagePlanId=plan_id).get("apiStages", [])
    for each in stages:
        stage = f"{each['apiId']}:{each['stage']}"
        client.update_usage_plan(
            usagePlanId=plan_id, patchOperations=[{"op": "remove", "path": "/apiStages", "value": stage}]
        )
    client.delete_usage_plan(usagePlanId=plan_id)
