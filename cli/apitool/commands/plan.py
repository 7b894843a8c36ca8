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
    from apitool.stage import prepare, target, uploading, workspaces

    project = run.project()
    stage = run.stage(project)
    at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile)
    run.console.say(at.title)
    built = prepare.packages(project, run.console, embedded=at.embedded)
    workspaces.ensure_state_bucket(at, run.console, yes=yes)
    uploads = uploading.uploads(at, built, run.console, yes=yes)
    variables = prepare.stage_variables(at, built, uploads)
    with workspaces.for_stage(at, variables) as workspace:
        changes = prepare.plan(workspace, variables, run.console).changes
    run.console.result(
        "\n".join(changes.sentences()), {"stage": stage.name, "changes": prepare.data(changes)}
    )
    if detailed_exitcode and not changes.empty:
        raise typer.Exit(_CHANGES_PRESENT)
