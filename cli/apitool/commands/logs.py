"""`apitool logs enable | disable | status`: execution logging of a stage, by UpdateStage patch operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from apitool.commands.shared import Run, command
from apitool.errors import ApitoolError, UsageError

if TYPE_CHECKING:
    from apitool.project.model import LogLevel
    from apitool.stage.logging import LoggingChange
    from apitool.stage.target import Target

app = typer.Typer(name="logs", help="Execution logging of a stage.", no_args_is_help=True)

Level = Literal["error", "info", "full"]
Routes = Annotated[
    list[str] | None,
    typer.Option("--route", "-r", metavar="ROUTE", help='Only this route, e.g. "GET /orders"; repeatable.'),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the patch operations, send nothing.")]


@command(app)
def enable(
    run: Run,
    *,
    level: Annotated[
        Level, typer.Option("--level", "-l", help="error: failures; info: every request; full: bodies too.")
    ] = "info",
    data_trace: Annotated[bool, typer.Option("--data-trace", help="The same as --level full.")] = False,
    route: Routes = None,
    dry_run: DryRun = False,
    yes_log_bodies: Annotated[
        bool, typer.Option("--yes-log-bodies", help="Needed for `full` on a stage that is not local.")
    ] = False,
) -> None:
    """Turn execution logging on, for the stage or for single routes."""
    wanted: LogLevel = "full" if data_trace else level
    target = _target(run)
    if wanted == "full" and not (target.embedded or yes_log_bodies or dry_run):
        raise UsageError(
            "data trace writes request and response bodies, tokens included, into the log",
            seen=f"{target.title}, level full",
            fix="use --level info, or add --yes-log-bodies if that is what you want",
        )
    _change(run, target, wanted, route or [], dry_run=dry_run)


@command(app)
def disable(run: Run, *, route: Routes = None, dry_run: DryRun = False) -> None:
    """Turn execution logging off: the stage's, and that of methods with settings of their own."""
    _change(run, _target(run), "off", route or [], dry_run=dry_run)


@command(app)
def status(run: Run) -> None:
    """Show what is logged, route by route, and where to."""
    from apitool.stage import logging_status

    shown = logging_status.read(_target(run))
    run.console.result(shown.text(), shown.data())


def _target(run: Run) -> Target:
    from apitool.stage import target

    project = run.project()
    stage = run.stage(project)
    found = target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
    if found is None:
        raise ApitoolError(
            f"the stage `{stage.name}` is not up",
            seen="the embedded AWS does not run",
            fix=f"apitool up --stage {stage.name}",
        )
    return found


def _change(run: Run, target: Target, level: LogLevel, keys: list[str], *, dry_run: bool) -> None:
    from apitool.stage import account_role, logging

    routes = logging.routes_named(target.project, keys)
    change = logging.change_to(logging.settings_of(target), level, routes)
    if change.operations and not dry_run:
        if level != "off":
            account_role.ensure(target, run.console)
        logging.apply(target, change)
    run.console.result(_text(change, dry_run=dry_run), _data(target, change, level, dry_run=dry_run))
    if change.operations and not dry_run and not target.embedded:
        run.console.say("AWS takes 40 s and more before the first line appears, or the last.")


def _text(change: LoggingChange, *, dry_run: bool) -> str:
    stage = f"UpdateStage {change.settings.rest_api_id}/{change.settings.name}"
    if not change.operations:
        return f"{stage}: nothing to change"
    heading = f"{stage}, not sent (--dry-run):" if dry_run else f"{stage}:"
    return "\n".join([heading, *(f"  {operation}" for operation in change.operations)])


def _data(target: Target, change: LoggingChange, level: LogLevel, *, dry_run: bool) -> dict[str, object]:
    return {
        "stage": target.stage.name,
        "rest_api_id": change.settings.rest_api_id,
        "level": level,
        "sent": bool(change.operations) and not dry_run,
        "patch_operations": [operation.data() for operation in change.operations],
        "changes": [
            {"path": operation.path, "before": operation.before, "after": operation.after}
            for operation in change.operations
        ],
    }
