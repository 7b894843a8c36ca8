"""`apitool plan`: what `up` would change, in API words."""

from __future__ import annotations

from typing import Annotated

import typer

from apitool.commands.shared import Run, command

_CHANGES_PRESENT = 3  # exit code with --detailed-exitcode, docs/commands.md


def register(app: typer.Typer) -> None:
    command(app)(plan)


def plan(
    run: Run,
    *,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 3 when there are changes.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Make the state bucket without asking, if there is none.")
    ] = False,
) -> None:
    """Show what `up` would change. Changes nothing but the state bucket, made on first use after asking."""
    from apitool.stage import prepare, target, workspaces

    project = run.project()
    stage = run.stage(project)
    at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile)
    run.console.say(at.title)
    packages = prepare.packages(at, run.console)
    workspaces.ensure_state_bucket(at, run.console, yes=yes)
    with workspaces.for_stage(at, packages) as workspace:
        changes = prepare.plan(workspace, run.console).changes
    text = "\n".join(changes.sentences()) if changes else "no changes"
    run.console.result(text, {"stage": stage.name, "changes": changes.data()})
    if changes and detailed_exitcode:
        raise typer.Exit(_CHANGES_PRESENT)
