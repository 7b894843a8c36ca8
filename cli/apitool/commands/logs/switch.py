"""`apitool logs enable | disable`: execution logging of a stage, by UpdateStage patch operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from apitool.commands.logs.chosen import Routes, YesLogBodies, need_consent, target_of
from apitool.commands.shared import Run, command
from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.project.model import LogLevel
    from apitool.stage.logging import LoggingChange
    from apitool.stage.target import Target

Level = Literal["off", "error", "info", "full"]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the patch operations, send nothing.")]


def register(app: typer.Typer) -> None:
    command(app)(enable)
    command(app)(disable)


def enable(
    run: Run,
    *,
    level: Annotated[
        Level, typer.Option("--level", "-l", help="error: failures; info: every request; full: bodies too.")
    ] = "info",
    data_trace: Annotated[bool, typer.Option("--data-trace", help="The same as --level full.")] = False,
    route: Routes = None,
    lasting: Annotated[
        str | None,
        typer.Option("--for", metavar="TIME", help="Only for a while, e.g. 30m; `logs restore` ends it."),
    ] = None,
    wait: Annotated[
        bool,
        typer.Option("--wait", help="Make requests until the first line is there; AWS takes 40 s and more."),
    ] = False,
    dry_run: DryRun = False,
    yes_log_bodies: YesLogBodies = False,
) -> None:
    """Turn execution logging on, for the stage or for single routes."""
    wanted: LogLevel = "full" if data_trace else level
    if wait and wanted in {"off", "error"}:
        raise UsageError(
            f"--wait needs lines to wait for, and `{wanted}` writes none for a request that succeeds"
        )
    seconds = _seconds(lasting)
    target = target_of(run)
    if not dry_run:
        need_consent(target, wanted, given=yes_log_bodies)
    _change(run, target, wanted, route or [], dry_run=dry_run, lasting_s=seconds)
    if wait and not dry_run:
        from apitool.stage import logging_wait

        logging_wait.first_line(target, run.console)


def disable(run: Run, *, route: Routes = None, dry_run: DryRun = False) -> None:
    """Turn execution logging off: the stage's, and that of methods with settings of their own."""
    _change(run, target_of(run), "off", route or [], dry_run=dry_run)


def _seconds(lasting: str | None) -> float | None:
    from apitool.logs import times

    return None if lasting is None else times.seconds(lasting)


def _change(
    run: Run,
    target: Target,
    level: LogLevel,
    keys: list[str],
    *,
    dry_run: bool,
    lasting_s: float | None = None,
) -> None:
    from apitool.stage import account_role, logging, logging_leftover

    routes = logging.routes_named(target.project, keys)
    change = logging.change_to(logging.settings_of(target), level, routes)
    if change.operations and not dry_run:
        if level != "off":
            account_role.ensure(target, run.console)
        if lasting_s is not None:
            leftover = logging_leftover.remember(target, change.settings, lasting_s)
            run.console.say(f"until {leftover.until}; then, or before: apitool logs restore")
        logging.apply(target, change)
        if lasting_s is None and not routes:
            logging_leftover.forget(target)  # decided anew, for good
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
