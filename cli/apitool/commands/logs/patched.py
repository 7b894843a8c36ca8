"""Carrying out what `logs enable`, `disable` and `patch` decided, and showing it: patch operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.commands.shared import Run
    from apitool.logs.levels import PatchOperation
    from apitool.project.model import LogLevel
    from apitool.stage.logging import LoggingChange
    from apitool.stage.target import Target


@dataclass(frozen=True, slots=True)
class Wanted:
    """`logs` are "gateway" and "access"; `routes` and `lasting_s` are about the first."""

    level: LogLevel
    logs: frozenset[str]
    routes: tuple[str, ...] = ()
    lasting_s: float | None = None


def carry_out(run: Run, target: Target, wanted: Wanted, *, dry_run: bool) -> None:
    """Send the operations it takes, if there are any, and say what was done."""
    from apitool.stage import access_logging, account_role, logging, logging_leftover

    change = _change(target, wanted)
    on = wanted.level != "off"
    if change.operations and not dry_run:
        if on:
            account_role.ensure(target, run.console)
        if wanted.lasting_s is not None:
            leftover = logging_leftover.remember(target, change.settings, wanted.lasting_s)
            run.console.say(f"until {leftover.until}; then, or before: apitool logs restore")
        logging.apply(target, change)
        if wanted.lasting_s is None and not wanted.routes and "gateway" in wanted.logs:
            logging_leftover.forget(target)  # decided anew, for good
    show(run, target, change, dry_run=dry_run, data={"level": wanted.level})
    if "access" in wanted.logs and (words := access_logging.sentence(target, on=on)):
        run.console.say(words)


def show(run: Run, target: Target, change: LoggingChange, *, dry_run: bool, data: dict[str, object]) -> None:
    """The operations, sent or not."""
    sent = bool(change.operations) and not dry_run
    run.console.result(_text(change, dry_run=dry_run), _data(target, change, sent=sent) | data)
    if sent and not target.embedded:
        run.console.say("AWS takes 40 s and more before the first line appears, or the last.")


def _change(target: Target, wanted: Wanted) -> LoggingChange:
    from apitool.stage import access_logging, logging

    settings = logging.settings_of(target)
    routes = logging.routes_named(target.project, list(wanted.routes))
    operations: tuple[PatchOperation, ...] = ()
    if "gateway" in wanted.logs:
        operations = logging.change_to(settings, target.stage, wanted.level, routes).operations
    if "access" in wanted.logs:
        on = wanted.level != "off"
        operations += (
            access_logging.switched_on(target, settings) if on else access_logging.switched_off(settings)
        )
    return logging.LoggingChange(settings, operations)


def _text(change: LoggingChange, *, dry_run: bool) -> str:
    stage = f"UpdateStage {change.settings.rest_api_id}/{change.settings.name}"
    if not change.operations:
        return f"{stage}: nothing to change"
    heading = f"{stage}, not sent (--dry-run):" if dry_run else f"{stage}:"
    return "\n".join([heading, *(f"  {operation}" for operation in change.operations)])


def _data(target: Target, change: LoggingChange, *, sent: bool) -> dict[str, object]:
    return {
        "stage": target.stage.name,
        "rest_api_id": change.settings.rest_api_id,
        "sent": sent,
        "patch_operations": [operation.data() for operation in change.operations],
        "changes": [
            {"path": operation.path, "before": operation.before, "after": operation.after}
            for operation in change.operations
        ],
    }
