"""`apitool logs status`: what a stage logs, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.commands.logs.chosen import target_of
from apitool.commands.shared import Run, command
from apitool.errors import ApitoolError, Problem

if TYPE_CHECKING:
    import typer

    from apitool.stage.logging_leftover import Leftover
    from apitool.stage.target import Target


def register(app: typer.Typer) -> None:
    command(app)(status)


def status(run: Run) -> None:
    """Show what is logged, route by route, and where to."""
    from apitool.stage import logging_status

    target = target_of(run)
    shown = logging_status.read(target)
    leftover = _leftover(run, target)
    if leftover and leftover.expired:
        fix = f"apitool logs restore {target.options}"
        run.console.warn(
            Problem("logging was turned on for a while, which is over", seen=leftover.until, fix=fix)
        )
    elif leftover:
        run.console.say(f"for a while only, until {leftover.until}; then, or before: apitool logs restore")
    until = {"temporary_until": leftover.until if leftover else None}
    run.console.result(shown.text(), shown.data() | until)


def _leftover(run: Run, target: Target) -> Leftover | None:
    """Who may not read the state bucket may still see what is logged."""
    from apitool.stage import logging_leftover

    try:
        return logging_leftover.read(target)
    except ApitoolError as error:
        run.console.warn(error.problems[0])
        return None
