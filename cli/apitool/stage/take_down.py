"""Take a stage down: plan the destruction, confirm it, do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import state_bucket
from apitool.stage import prepare, recovery, release, stand_in_package, uploading, workspaces

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.review.change import ChangeSet
    from apitool.stage.target import Target


def take_down(
    target: Target, console: Console, *, yes: bool, timeout: float | None = None
) -> ChangeSet | None:
    """Destroy everything the stage's state knows. None: there was nothing to destroy.

    `timeout`: seconds the destruction may take.

    Raises:
        GateError: it was not confirmed.
        LockedError: somebody else is at work on this stage.
    """
    if not state_bucket.exists(target.account, target.state_bucket):
        return None
    variables = stand_in_package.variables(target)
    with workspaces.for_stage(target, variables) as workspace:
        workspace.patience = timeout
        recovered = recovery.plan_destruction(target, workspace, variables, console)
        changes = recovered.planned.changes
        if not changes.empty:
            prepare.show(changes, console)
            if not yes:
                console.confirm_by_typing(f"This destroys {target.title}.", target.name)
            release.forget(target)
        given_up = uploading.in_use(target)
        recovery.apply_stage(target, workspace, recovered, console)
        uploading.remove_spare(target, console, given_up)
        return None if changes.empty else changes
