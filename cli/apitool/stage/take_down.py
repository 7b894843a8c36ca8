"""Take a stage down: plan the destruction, confirm it, do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import state_bucket
from apitool.stage import prepare, recovery, release, workspaces

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.stage.target import Target
    from apitool.terraform.changes import ChangeSet


def take_down(target: Target, console: Console, *, yes: bool) -> ChangeSet | None:
    """Destroy everything the stage's state knows. None: there was nothing to destroy.

    Raises:
        GateError: it was not confirmed.
        LockedError: somebody else is at work on this stage.
    """
    if not state_bucket.exists(target.account, target.state_bucket):
        return None
    built = prepare.packages(target.project, console, embedded=target.embedded)
    variables = prepare.stage_variables(target, built)
    with workspaces.for_stage(target, variables) as workspace:
        recovery.finish(target, workspace, variables, console)
        planned = prepare.plan(workspace, variables, console, destroy=True)
        if planned.changes.empty:
            return None
        prepare.show(planned.changes, console)
        if not yes:
            console.confirm_by_typing(f"This destroys {target.title}.", target.name)
        release.forget(target)
        prepare.apply(workspace, planned, console)
        return planned.changes
