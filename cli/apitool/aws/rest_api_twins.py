"""RestApis of one name: API Gateway does not keep names unique, so a lost reply or a kill can double one.

Ours are those with our name and our tags; CreateRestApi carries both, so even a half-made one has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of
from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_logs import CloudWatchLogsClient

    from apitool.aws.account import Account


@dataclass(frozen=True, slots=True)
class RestApi:
    """Without stages it serves nobody."""

    id: str
    stages: tuple[str, ...]


def ours(account: Account, name: str, tags: Mapping[str, str]) -> list[RestApi]:
    """All of this name that carry these tags, the oldest first."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"look for RestApis named `{name}`"):
        pages = client.get_paginator("get_rest_apis").paginate()
        found = [api for page in pages for api in page["items"] if api.get("name") == name]
        found = [api for api in found if tags.items() <= api.get("tags", {}).items()]
        found.sort(key=lambda api: (api["createdDate"], api["id"]))
        return [RestApi(api["id"], _stages(client, api["id"])) for api in found]


def kept(account: Account, apis: Sequence[RestApi]) -> RestApi | None:
    """Of several the one to go on with: the one that serves a stage, else the oldest.

    Raises:
        ApitoolError: several serve stages. Which of them callers use, nobody but you can know.
    """
    serving = [api for api in apis if api.stages]
    if len(serving) > 1:
        raise several(account, serving)
    return next(iter([*serving, *apis]), None)


def spare(account: Account, apis: Sequence[RestApi], known: str | None) -> list[RestApi]:
    """Those besides the known one, to be removed. Raises as `kept` does when one of them serves a stage."""
    others = [api for api in apis if api.id != known]
    if any(api.stages for api in others):
        raise several(account, [api for api in apis if api.stages or api.id == known])
    return others


def remove(account: Account, api: RestApi, stage: str) -> None:
    """Delete one that serves nobody, and the execution log group made for it. AWS takes one in 30 s."""
    client: APIGatewayClient = account.client("apigateway")
    logs: CloudWatchLogsClient = account.client("logs")
    with calling(f"delete the RestApi {api.id}, which no state knows"):
        _unless_gone(client.delete_rest_api, restApiId=api.id)
        _unless_gone(logs.delete_log_group, logGroupName=f"API-Gateway-Execution-Logs_{api.id}/{stage}")


def several(account: Account, apis: Sequence[RestApi]) -> ApitoolError:
    shown = (f"{api.id} (stages: {', '.join(api.stages) or 'none'})" for api in apis)
    return ApitoolError(
        f"{len(apis)} RestApis of ours have one name in {account.region}, and more than one may be used",
        seen="; ".join(shown),
        fix="find out which one callers use, and delete the other: "
        "aws apigateway delete-rest-api --rest-api-id ID",
    )


def _stages(client: APIGatewayClient, rest_api_id: str) -> tuple[str, ...]:
    return tuple(stage["stageName"] for stage in client.get_stages(restApiId=rest_api_id)["item"])


def _unless_gone(call: object, **arguments: str) -> None:
    try:
        call(**arguments)  # type: ignore[operator]
    except ClientError as error:
        if code_of(error) not in {"NotFoundException", "ResourceNotFoundException"}:
            raise
