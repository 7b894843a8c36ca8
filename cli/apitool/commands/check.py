"""`apitool check`: what is wrong, before anything is deployed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from apitool.commands.shared import Run, command
from apitool.errors import GateError

if TYPE_CHECKING:
    from apitool.check.finding import Finding

Format = Literal["text", "json", "github", "sarif"]
FailOn = Literal["error", "warning", "never"]


def register(app: typer.Typer) -> None:
    command(app)(check)


def check(
    run: Run,
    *,
    form: Annotated[
        Format | None, typer.Option("--format", help="github: annotations; sarif: for code scanning.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="The least that ends with 5.")] = "error",
    call: Annotated[
        bool, typer.Option("--call", help="Ask every route once, with a made-up request. Runs the handlers.")
    ] = False,
    static: Annotated[
        bool, typer.Option("--static", help="Only read the files: import nothing, install nothing.")
    ] = False,
) -> None:
    """Check configuration, handlers and what they return. Needs no AWS and no network."""
    from apitool.check.finding import at_least
    from apitool.check.formats import FORMATS, data

    findings = _findings(run, call=call, static=static)
    if form in {None, "text"}:
        run.console.result(FORMATS["text"](findings), data(findings))
    else:
        sys.stdout.write(f"{FORMATS[str(form)](findings)}\n" if findings or form != "github" else "")
        sys.stdout.flush()
    reached = at_least(findings, fail_on)
    if reached:
        _fail(run, reached, fail_on, form)


def _findings(run: Run, *, call: bool, static: bool) -> list[Finding]:
    from apitool.stage import check_integrations, check_source

    project, findings = check_source.configuration(run.options.directory or Path())
    if project is None:
        return findings
    findings += check_source.functions(project)
    findings += check_integrations.templates(project)
    if not static:
        from apitool.stage.check_running import running

        findings += running(project, run.stage(project), run.console, call=call)
    return findings


def _fail(run: Run, reached: int, limit: str, form: str | None) -> None:
    """With the findings on stdout as a document, a second document there would spoil it."""
    if run.console.output.value == "json" or form not in {None, "text"}:
        raise typer.Exit(GateError.exit_code)
    raise GateError(f"{reached} findings reach `--fail-on {limit}`")
