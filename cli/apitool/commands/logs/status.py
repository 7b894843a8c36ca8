"""`apitool logs status`: what a stage logs, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.commands.logs.chosen import target_of
from apitool.commands.shared import Run, command
from apitool.errors import Problem

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    command(app)(status)


def status(run: Run) -> None:
    """Show what is logged, route by route, and where to."""
    from apitool.stage import logging_leftover, logging_status

    target = target_of(run)
    shown = logging_status.read(target)
    leftover = logging_leftover.read(target)
    if leftover and leftover.expired:
        fix = f"apitool logs restore --stage {target.stage.name}"
        run.console.warn(
            Problem("logging was turned on for a while, which is over", seen=leftover.until, fix=fix)
        )
    elif leftover:
        run.console.say(f"for a while only, until {leftover.until}; then, or before: apitool logs restore")
    until = {"temporary_until": leftover.until if leftover else None}
    run.console.result(shown.text(), shown.data() | until)
