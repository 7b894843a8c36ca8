"""`apitool logs enable | disable`: execution and access log of a stage, by UpdateStage patch operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from apitool.commands.logs.chosen import DryRun, Routes, YesLogBodies, need_consent, target_of
from apitool.commands.logs.patched import Wanted, carry_out
from apitool.commands.shared import Run, command
from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.project.model import LogLevel

Level = Literal["off", "error", "info", "full"]
Sources = Annotated[
    str, typer.Option("--source", metavar="LOGS", help="gateway (the execution log), access, or both.")
]


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
    source: Sources = "gateway",
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
    """Turn logging on, for the stage or for single routes."""
    wanted: LogLevel = "full" if data_trace else level
    logs = _logs(source, route, lasting)
    if wait and (wanted in {"off", "error"} or "gateway" not in logs):
        raise UsageError(
            "--wait needs lines of the execution log to wait for",
            seen=f"level {wanted}, source {source}; `error` writes none for a request that succeeds",
            fix="--level info, or leave --wait out",
        )
    seconds = _seconds(lasting)
    target = target_of(run)
    if not dry_run and "gateway" in logs:
        need_consent(target, wanted, given=yes_log_bodies)
    carry_out(run, target, Wanted(wanted, logs, tuple(route or ()), seconds), dry_run=dry_run)
    if wait and not dry_run:
        from apitool.stage import logging_wait

        logging_wait.first_line(target, run.console)


def disable(run: Run, *, source: Sources = "gateway", route: Routes = None, dry_run: DryRun = False) -> None:
    """Turn logging off: the stage's, and that of methods with settings of their own."""
    wanted = Wanted("off", _logs(source, route, None), tuple(route or ()))
    carry_out(run, target_of(run), wanted, dry_run=dry_run)


def _logs(source: str, route: list[str] | None, lasting: str | None) -> frozenset[str]:
    logs = frozenset(part.strip() for part in source.split(","))
    if unknown := logs - {"gateway", "access"}:
        raise UsageError(
            "--source names logs that can be switched",
            seen=", ".join(sorted(unknown)),
            fix="gateway, access, or gateway,access; a function's own log is always on",
        )
    if "access" in logs and (route or lasting):
        raise UsageError(
            "the access log is the whole stage's, and switched for good",
            seen="--source access with " + ("--route" if route else "--for"),
            fix="switch it in a command of its own",
        )
    return logs


def _seconds(lasting: str | None) -> float | None:
    from apitool.logs import times

    return None if lasting is None else times.seconds(lasting)
