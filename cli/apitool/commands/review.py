"""`apitool review`: what a plan changes for callers, and what is dangerous about it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    from apitool.review.report import Report


class Form(StrEnum):
    """What goes to stdout."""

    TEXT = "text"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    ANNOTATIONS = "annotations"


class FailOn(StrEnum):
    """Findings as bad as this end the review with 5."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    command(app)(review)


def review(
    run: Run,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A bundle, Terraform's plan or its JSON; - is stdin. Default: plan now.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="Form of the review.")] = Form.TEXT,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="End with 5 when a finding is as bad as this.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Make the state bucket without asking, if there is none.")
    ] = False,
) -> None:
    """Show what a plan changes for callers, and what is dangerous about it. Changes nothing."""
    from apitool.stage import reviewing

    if file is not None:
        report, limit = reviewing.of_file(file, run.options.directory or Path())
    else:
        from apitool.stage import target

        project = run.project()
        stage = run.stage(project)
        at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile)
        run.console.say(at.title)
        report, limit = reviewing.of_stage(at, run.console, yes=yes)
    _show(run, report, form)
    reviewing.gate(report, fail_on.value if fail_on else limit)


def _show(run: Run, report: Report, form: Form) -> None:
    from apitool.review import as_annotations, as_data, as_markdown, as_sarif, as_text

    if form is Form.SARIF:
        text = json.dumps(as_sarif.render(report), indent=2, ensure_ascii=False)
    elif form is Form.TEXT:
        text = as_text.render(report)
    else:
        text = (as_markdown if form is Form.MARKDOWN else as_annotations).render(report)
    run.console.result(text, as_data.render(report))
