"""The command line: the commands, and the options before them."""

from __future__ import annotations

from typing import Annotated

import typer

from apitool import __version__
from apitool.commands import (
    call,
    check,
    doctor,
    down,
    event,
    local,
    logs,
    openapi,
    package,
    plan,
    review,
    serve,
    shared,
    state,
    status,
    up,
)

app = typer.Typer(
    name="apitool",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: importing rich would double the time `--help` takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (up, plan, review, status, down, state, doctor, package, serve, call, event, check, openapi):
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
