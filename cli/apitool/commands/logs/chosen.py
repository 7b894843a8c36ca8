"""What the commands of `apitool logs` have in common: the stage they are about, and options of several."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.errors import ApitoolError, UsageError

if TYPE_CHECKING:
    from apitool.commands.shared import Run
    from apitool.project.model import LogLevel
    from apitool.stage.target import Target

Routes = Annotated[
    list[str] | None,
    typer.Option("--route", "-r", metavar="ROUTE", help='Only this route, e.g. "GET /orders"; repeatable.'),
]
Since = Annotated[
    str,
    typer.Option("--since", metavar="WHEN", help="From when: 30m, 2h, 1d ago, or 2026-01-31T12:00 (UTC)."),
]
Until = Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Up to when; default: now.")]
Bodies = Annotated[
    bool, typer.Option("--bodies", help="Show bodies instead of their shape; credentials stay hidden.")
]
YesLogBodies = Annotated[
    bool, typer.Option("--yes-log-bodies", help="Needed for `full` on AWS, and in production.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the patch operations, send nothing.")]


def target_of(run: Run) -> Target:
    """The stage asked for, where it is up. Raises ApitoolError when it can't be."""
    from apitool.stage import target

    project = run.project()
    stage = run.stage(project)
    found = target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
    if found is None:
        raise ApitoolError(
            f"the stage `{stage.name}` is not up",
            seen="the embedded AWS does not run",
            fix=f"apitool up --stage {stage.name}{'' if stage.local else ' --local'}",
        )
    return found


def need_consent(target: Target, level: LogLevel, *, given: bool) -> None:
    """Data trace on a real stage, or one of production, is asked for twice. Raises UsageError."""
    if level == "full" and not given and (target.stage.production or not target.embedded):
        raise UsageError(
            "data trace writes request and response bodies, tokens included, into the log",
            seen=f"{target.title}, level full",
            fix="use --level info, or add --yes-log-bodies if that is what you want",
        )


def width() -> int:
    """Columns of the terminal the result goes to; 100 for a pipe."""
    return shutil.get_terminal_size((100, 24)).columns
