"""`apitool down`: take a stage down again."""

from __future__ import annotations

from typing import Annotated

import typer

from apitool.commands.shared import Run, Timeout, command, seconds_of


def register(app: typer.Typer) -> None:
    command(app)(down)


def down(
    run: Run,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before destroying.")] = False,
    timeout: Timeout = None,
) -> None:
    """Destroy the API at a stage, tables included. The account's role and the state bucket stay."""
    from apitool.review import as_sentences
    from apitool.stage import target
    from apitool.stage.take_down import take_down

    seconds = seconds_of(timeout)
    project = run.project()
    stage = run.stage(project)
    at = target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
    destroyed = take_down(at, run.console, yes=yes, timeout=seconds) if at else None
    run.console.result(
        f"{project.name}/{stage.name} is down" if destroyed else f"{project.name}/{stage.name} was not up",
        {"stage": stage.name, "destroyed": as_sentences.data(destroyed) if destroyed else None},
    )
