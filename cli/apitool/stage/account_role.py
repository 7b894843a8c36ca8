"""The account's CloudWatch role, made when the account has no live one, and never replaced.

It is one per account and region and shared with strangers, so it has a Terraform root and a state of its own,
which no `down` ever touches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import cloudwatch_role
from apitool.errors import ApitoolError
from apitool.stage import workspaces

if TYPE_CHECKING:
    from apitool.aws.cloudwatch_role import CloudWatchRole
    from apitool.console import Console
    from apitool.stage.target import Target


def ensure(target: Target, console: Console) -> CloudWatchRole:
    """The role API Gateway logs with; without it AWS refuses to turn any log on.

    Raises:
        ApitoolError: it was made and is still not live.
    """
    role = cloudwatch_role.read(target.account)
    if role.usable:
        return role
    with console.step("account", _reason(role)) as step, workspaces.for_account(target) as workspace:
        listener = workspaces.Drawn(step)
        workspace.init(listener)
        workspace.apply(workspace.plan(listener), listener)
        step.text = "CloudWatch role made"
    role = cloudwatch_role.read(target.account)
    if not role.usable:
        raise ApitoolError(
            "API Gateway has no CloudWatch role, although Terraform made one",
            seen=f"account settings: {role.arn or 'no role'} ({role.state})",
            fix="look at `aws apigateway get-account` and run this again",
        )
    return role


def _reason(role: CloudWatchRole) -> str:
    if role.state == "dead":
        return f"making the CloudWatch role anew, {role.arn} is gone"
    return "making the CloudWatch role, the account has none"
