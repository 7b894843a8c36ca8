"""The account's CloudWatch role, made when the account has no live one, and never replaced.

It is one per account and region and shared with strangers, so it has a Terraform root and a state of its own,
which no `down` ever touches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import cloudwatch_role
from apitool.errors import ApitoolError, CredentialsError
from apitool.stage import recovery, workspaces

if TYPE_CHECKING:
    from apitool.aws.cloudwatch_role import CloudWatchRole
    from apitool.console import Console
    from apitool.stage.target import Target


def ensure(target: Target, console: Console) -> None:
    """Make the role API Gateway logs with, if the account has no live one.

    Raises:
        ApitoolError: it was made and is still not live.
    """
    missing = missing_in(target)
    if missing is not None:
        make(target, missing, console)


def missing_in(target: Target) -> CloudWatchRole | None:
    """What the account has instead of a usable role; None when it has one."""
    role = cloudwatch_role.read(target.account)
    return None if role.usable else role


def missing_for(target: Target) -> CloudWatchRole | None:
    """The same, if the stage logs anything: without a role AWS turns no log on, and refuses the stage."""
    stage = target.stage
    levels = {stage.log_level, *(settings.log_level or "off" for settings in stage.routes.values())}
    return missing_in(target) if stage.access_logs or levels != {"off"} else None


def sentence(missing: CloudWatchRole) -> str:
    """The change it takes, for people."""
    if missing.state == "dead":
        return f"± account CloudWatch role: {missing.arn} is gone, every API of this region logs with it"
    return "+ account CloudWatch role: there is none, every API of this region logs with it"


def make(target: Target, missing: CloudWatchRole, console: Console) -> None:
    """Apply `terraform/account`. Raises as `ensure` does."""
    with console.step("account", sentence(missing)) as step, workspaces.for_account(target) as workspace:
        try:
            recovered = recovery.plan(target, workspace, {}, console)
            if missing_in(target) is None:  # somebody else's, set while we planned, is not to be replaced
                step.text = "has a CloudWatch role by now"
                return
            recovery.apply(target, workspace, recovered, console)
        except CredentialsError as error:
            raise _not_allowed(target, error) from error
        step.text = "CloudWatch role made"
    still = missing_in(target)
    if still is not None:
        raise ApitoolError(
            "API Gateway has no CloudWatch role, although Terraform made one",
            seen=f"account settings: {still.arn or 'no role'} ({still.state})",
            fix="look at `aws apigateway get-account` and run this again",
        )


def _not_allowed(target: Target, error: CredentialsError) -> CredentialsError:
    """One person of the account has to do it once; until then, an API can do without logs."""
    stage = target.stage.name
    return CredentialsError(
        f"API Gateway has no CloudWatch role in {target.account.region}, "
        "and these credentials may not make one",
        seen=error.problems[0].what,
        fix=f"have somebody who may run `apitool up --stage {stage}` once; or log nothing: "
        f'access_logs = false, log_level = "off" in [stages.{stage}]',
        more=error.problems,
    )
