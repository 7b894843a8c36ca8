"""`apitool plan`: what `up` would change, in API words."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer looks at it at run time
from typing import Annotated

import typer

from apitool.commands.shared import Run, command

_CHANGES_PRESENT = 3  # exit code with --detailed-exitcode, docs/commands.md


def register(app: typer.Typer) -> None:
    command(app)(plan)


def plan(
    run: Run,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Save the plan and all it takes, for `up --plan`. Holds secrets in clear.",
            show_default=False,
        ),
    ] = None,
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 3 when there are changes.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Make the state bucket without asking, if there is none.")
    ] = False,
) -> None:
    """Show what `up` would change. Changes nothing but the state bucket, made on first use after asking."""
    from apitool.review import as_sentences
    from apitool.stage import account_role, planning, prepare, target

    project = run.project()
    stage = run.stage(project)
    at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile)
    run.console.say(at.title)
    made = planning.plan(at, run.console, yes=yes, out=out)
    missing = account_role.missing_for(at)
    lines = [account_role.sentence(missing)] if missing else []
    lines += as_sentences.render(made.changes) if not (missing and made.changes.empty) else []
    if not made.changes.empty:
        prepare.sizes(at, run.console)
    run.console.result(
        "\n".join([*lines, "", f"fingerprint {made.fingerprint}"] if made.fingerprint else lines),
        {
            "stage": stage.name,
            "changes": as_sentences.data(made.changes),
            "account_role": missing and {"state": missing.state, "arn": missing.arn},
            "fingerprint": made.fingerprint,
            "bundle": out,
        },
    )
    if detailed_exitcode and (missing or not made.changes.empty):
        raise typer.Exit(_CHANGES_PRESENT)
