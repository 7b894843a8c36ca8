"""GetStage and UpdateStage: what a stage's settings are, and changing them by patch operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of
from apitool.errors import ApitoolError
from apitool.proxy import method_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_apigateway.type_defs import PatchOperationTypeDef

    from apitool.aws.account import Account


@dataclass(frozen=True, slots=True)
class StageSettings:
    """A stage as GetStage shows it, and whose it is."""

    rest_api_id: str
    name: str
    settings: method_settings.StageSettings

    @property
    def deployment_id(self) -> str:
        return self.settings.deployment_id or ""

    @property
    def method_settings(self) -> Mapping[str, Mapping[str, Any]]:
        """Under AWS's own keys, e.g. `~1orders/GET` and `*/*`."""
        return self.settings.method_settings


def find_rest_api(account: Account, name: str) -> str | None:
    """The id of the RestApi called `name`, or None.

    Raises:
        ApitoolError: there is more than one; API Gateway does not keep names unique.
    """
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"look for the RestApi `{name}`"):
        pages = client.get_paginator("get_rest_apis").paginate()
        ids = [api["id"] for page in pages for api in page["items"] if api.get("name") == name]
    if len(ids) > 1:
        raise ApitoolError(
            f"there are {len(ids)} RestApis named `{name}` in {account.region}",
            seen=", ".join(sorted(ids)),
            fix="delete the ones not in the Terraform state (a lost reply can leave a twin behind)",
        )
    return ids[0] if ids else None


def read(account: Account, rest_api_id: str, stage: str) -> StageSettings | None:
    """The stage's settings, or None when there is no such RestApi or stage."""
    client: APIGatewayClient = account.client("apigateway")
    with calling(f"read the stage `{stage}` of RestApi {rest_api_id}"):
        try:
            answer = client.get_stage(restApiId=rest_api_id, stageName=stage)
        except ClientError as error:
            if code_of(error) == "NotFoundException":
                return None
            raise
    return StageSettings(rest_api_id, stage, method_settings.from_stage(answer))


def patch(
    account: Account, settings: StageSettings, operations: Sequence[Mapping[str, str]]
) -> StageSettings:
    """Send the patch operations as one UpdateStage, and read the stage back.

    The read-back is the proof: AWS refuses a path it does not know, emulators answer 200 and store nothing.
    """
    client: APIGatewayClient = account.client("apigateway")
    sent: list[PatchOperationTypeDef] = [_operation(operation) for operation in operations]
    with calling(f"change the settings of stage `{settings.name}` of RestApi {settings.rest_api_id}"):
        client.update_stage(restApiId=settings.rest_api_id, stageName=settings.name, patchOperations=sent)
    changed = read(account, settings.rest_api_id, settings.name)
    if changed is None:
        raise ApitoolError(f"the stage `{settings.name}` went away while its settings were changed")
    return changed


def _operation(operation: Mapping[str, str]) -> PatchOperationTypeDef:
    return {"op": operation["op"], "path": operation["path"]} | (  # type: ignore[return-value]
        {"value": operation["value"]} if "value" in operation else {}
    )
