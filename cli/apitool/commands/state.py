"""`apitool state` and `apitool unlock`: Terraform's state in the bucket, and who holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    from apitool.stage.target import Target


def register(app: typer.Typer) -> None:
    command(app)(state)
    command(app)(unlock)


def state(run: Run) -> None:
    """Show where Terraform's state of a stage is, how old, and who holds its lock."""
    from datetime import UTC, datetime

    from apitool.stage import state as states

    at = _target(run)
    found = states.of_stage(at) if at else None
    if at is None or found is None:
        run.console.result("no state: nothing was applied yet", {"stage": None, "account": None})
        return
    now = datetime.now(UTC)
    account = states.of_account(at)
    text = f"{at.title}\n{found.text(now)}"
    if account and (account.lock or account.unfinished):
        text += f"\n\nthe account's CloudWatch role\n{account.text(now)}"
    run.console.result(text, {"stage": found.data(), "account": account and account.data()})


def unlock(
    run: Run,
    *,
    lock_id: Annotated[str, typer.Argument(metavar="ID", help="The lock's ID, as `apitool state` shows it.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before taking it away.")] = False,
) -> None:
    """Take away the lock that a dead run left on the state."""
    from apitool.errors import UsageError
    from apitool.stage import state as states

    at = _target(run)
    if at is None:
        raise UsageError("nothing is locked", seen="the embedded AWS does not run", fix="apitool up")
    unlocked = states.unlock(at, lock_id, run.console, yes=yes)
    run.console.result(f"{unlocked.key} is not locked any more", {"key": unlocked.key, "unlocked": lock_id})


def _target(run: Run) -> Target | None:
    from apitool.stage import target

    project = run.project()
    stage = run.stage(project)
    return target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
