"""What a lost reply or a kill made twice and only tags tell apart: names need not be unique there either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from types_boto3_apigateway import APIGatewayClient

    from apitool.aws.account import Account

_ABSENT = "404"  # the embedded AWS has no client certificates, and answers so


@dataclass(frozen=True, slots=True)
class Spare:
    """`kind` is `API key`, `usage plan`, `VPC link` or `client certificate`."""

    kind: str
    id: str
    name: str


def find(account: Account, tags: Mapping[str, str], known: Collection[str]) -> list[Spare]:
    """All with these tags that are not known: nothing that is known belongs to one of them."""
    client: APIGatewayClient = account.client("apigateway")
    with calling("list the API keys, usage plans, VPC links and client certificates"):
        return [
            spare
            for spare, tagged in _all(client)
            if spare.id not in known and tags.items() <= tagged.items()
        ]


def remove(account: Account, spare: Spare) -> None:
    """Delete it; a plan is taken from its stages first, as AWS wants."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"delete the {spare.kind} {spare.id}, which no state knows"):
        try:
            match spare.kind:
                case "API key":
                    client.delete_api_key(apiKey=spare.id)
                case "VPC link":
                    client.delete_vpc_link(vpcLinkId=spare.id)
                case "client certificate":
                    client.delete_client_certificate(clientCertificateId=spare.id)
                case _:
                    _delete_plan(client, spare.id)
        except ClientError as error:
            if code_of(error) != "NotFoundException":
                raise


def _all(client: APIGatewayClient) -> Iterator[tuple[Spare, Mapping[str, str]]]:
    for keys in client.get_paginator("get_api_keys").paginate():
        yield from (_with_tags("API key", each) for each in keys["items"])
    for plans in client.get_paginator("get_usage_plans").paginate():
        yield from (_with_tags("usage plan", each) for each in plans["items"])
    for links in client.get_paginator("get_vpc_links").paginate():
        yield from (_with_tags("VPC link", each) for each in links["items"])
    yield from _certificates(client)


def _certificates(client: APIGatewayClient) -> Iterator[tuple[Spare, Mapping[str, str]]]:
    try:
        for page in client.get_paginator("get_client_certificates").paginate():
            for each in page["items"]:
                name = each.get("description", "-")
                yield Spare("client certificate", each["clientCertificateId"], name), each.get("tags", {})
    except ClientError as error:
        if code_of(error) != _ABSENT:
            raise


def _with_tags(kind: str, item: Mapping[str, Any]) -> tuple[Spare, Mapping[str, str]]:
    return Spare(kind, item["id"], item["name"]), item.get("tags", {})


def _delete_plan(client: APIGatewayClient, plan_id: str) -> None:
    stages = client.get_usage_plan(usagePlanId=plan_id).get("apiStages", [])
    for each in stages:
        stage = f"{each['apiId']}:{each['stage']}"
        client.update_usage_plan(
            usagePlanId=plan_id, patchOperations=[{"op": "remove", "path": "/apiStages", "value": stage}]
        )
    client.delete_usage_plan(usagePlanId=plan_id)
