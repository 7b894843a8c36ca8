"""`apitool review`: what a plan changes for callers, and what is dangerous about it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command
from apitool.console import Output

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


class Post(StrEnum):
    """Where a comment goes."""

    GITHUB = "github"


class Comment(StrEnum):
    """What becomes of the comment of an earlier run."""

    UPDATE = "update"
    NEW = "new"
    HIDE = "hide"


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
    form: Annotated[Form, typer.Option("--format", "-f", help="Form of the review on stdout.")] = Form.TEXT,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the review as one HTML page, too.")
    ] = None,
    sarif: Annotated[
        list[Path] | None,
        typer.Option(
            "--sarif", metavar="FILE", help="Findings of another tool to take in, e.g. checkov's. Repeatable."
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(help="What the review is called, and its comment found by. Default: stage or file."),
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="End with 5 when a finding is as bad as this.")
    ] = None,
    post: Annotated[
        Post | None, typer.Option("--post", help="Comment on the pull request, through `gh` or a token.")
    ] = None,
    comment: Annotated[
        Comment, typer.Option("--comment", help="What becomes of the comment of an earlier run.")
    ] = Comment.UPDATE,
    repository: Annotated[
        str | None, typer.Option(metavar="OWNER/NAME", help="Default: the repository of the job.")
    ] = None,
    pull_request: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Default: the pull request of the job.")
    ] = None,
    skip_empty: Annotated[
        bool, typer.Option("--skip-empty", help="Make no comment when nothing changes.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Append the review to the job's summary on GitHub.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be posted, and post nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Make the state bucket without asking, if there is none.")
    ] = False,
) -> None:
    """Show what a plan changes for callers, and what is dangerous about it. Changes nothing."""
    from apitool.stage import external_findings, reviewing

    found = external_findings.read(sarif or ())
    if file is not None:
        report, policy = reviewing.of_file(file, run.options.directory or Path())
    else:
        from apitool.stage import target

        project = run.project()
        stage = run.stage(project)
        at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile)
        run.console.say(at.title)
        report, policy = reviewing.of_stage(at, run.console, yes=yes)
    report = reviewing.completed(report, found, title, policy)
    for problem in reviewing.doubts(report, policy):
        run.console.warn(problem)
    limit = fail_on.value if fail_on else policy.fail_on
    _show(run, report, form, limit)
    if html is not None:
        _page(run, report, html)
    if summary and not dry_run:
        from apitool.stage import posting

        posting.to_summary(report)
    if post is not None:
        from apitool.github.sticky import Mode
        from apitool.stage import posting

        where = posting.Posting(Mode(comment), repository, pull_request, skip_empty, dry_run)
        posting.to_github(report, where, run.console)
    _gate(run, report, limit)


def _page(run: Run, report: Report, file: Path) -> None:
    from apitool.review.page import document
    from apitool.stage import posting

    posting.to_file(file, document.render(report))
    run.console.say(f"page: {file}")


def _show(run: Run, report: Report, form: Form, limit: str) -> None:
    from apitool.review import as_annotations, as_data, as_markdown, as_sarif, as_text

    if form is Form.SARIF:
        text = json.dumps(as_sarif.render(report), indent=2, ensure_ascii=False)
    elif form is Form.TEXT:
        text = as_text.render(report)
    else:
        text = (as_markdown if form is Form.MARKDOWN else as_annotations).render(report)
    run.console.result(text, as_data.render(report, limit))


def _gate(run: Run, report: Report, limit: str) -> None:
    """With `-o json` the one document is out already, and says what the gate said."""
    from apitool.errors import GateError
    from apitool.stage import reviewing

    try:
        reviewing.gate(report, limit)
    except GateError as error:
        if run.console.output is Output.JSON:
            raise typer.Exit(error.exit_code) from None
        raise
