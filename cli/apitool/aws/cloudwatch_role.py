"""The account's CloudWatch role: one per account and region, shared with every API there.

API Gateway writes execution and access logs with it, and refuses to turn either on without it. It may belong
to a stranger, so it is only ever looked at here; `terraform/account` makes one when there is no live one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_iam import IAMClient

    from apitool.aws.account import Account

RoleState = Literal["live", "dead", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class CloudWatchRole:
    """`dead`: the account names a role that is gone. `unknown`: GetAccount or GetRole refused."""

    state: RoleState
    arn: str | None = None

    @property
    def usable(self) -> bool:
        """Whether to leave it alone: live, or set and not ours to judge."""
        return self.state in {"live", "unknown"}


def read(account: Account) -> CloudWatchRole:
    """What GetAccount names, and whether that role still exists."""
    client: APIGatewayClient = account.client("apigateway")
    with calling("read API Gateway's account settings"):
        try:
            arn = client.get_account().get("cloudwatchRoleArn")
        except ClientError as error:
            if code_of(error).startswith("AccessDenied"):
                return CloudWatchRole("unknown")
            raise
    if not arn:
        return CloudWatchRole("none")
    return CloudWatchRole(_state_of(account, arn), arn)


def _state_of(account: Account, arn: str) -> RoleState:
    client: IAMClient = account.client("iam")
    with calling(f"look at the account's CloudWatch role {arn}"):
        try:
            client.get_role(RoleName=arn.rsplit("/", 1)[-1])
        except ClientError as error:
            if code_of(error) == "NoSuchEntity":
                return "dead"
            if code_of(error).startswith("AccessDenied"):
                return "unknown"
            raise
    return "live"
