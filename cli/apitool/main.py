"""The command line: the commands, the options before them, and the one place where an error becomes text."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from apitool import __version__
from apitool.commands import (
    call,
    check,
    down,
    event,
    local,
    logs,
    package,
    plan,
    review,
    serve,
    shared,
    status,
    up,
)
from apitool.console import Console
from apitool.errors import ApitoolError, InterruptedByUserError

app = typer.Typer(
    name="apitool",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: importing rich would double the time `--help` takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (up, plan, review, status, down, package, serve, call, event, check):
    module.register(app)
app.add_typer(logs.app)
app.add_typer(local.app)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback
    if wanted:
        typer.echo(f"apitool {__version__}")
        raise typer.Exit


def _version(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """REST APIs on API Gateway and Lambda, with plain Terraform underneath."""


shared.before_the_command(app, _version)


def run() -> None:
    """Entry point of the console script. Ends the process with the exit code of `apitool.errors`."""
    console = Console()
    try:
        app(obj=console)
    except ApitoolError as error:
        _fail(console, error)
    except KeyboardInterrupt:
        _fail(console, InterruptedByUserError("interrupted"))
    except BrokenPipeError:  # `| head` had enough: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _fail(console: Console, error: ApitoolError) -> None:
    if console.verbosity > 1:
        raise error
    console.error(error)
    sys.exit(error.exit_code)
