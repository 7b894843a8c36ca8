"""`apitool package`: build the deployment packages and say what they are."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from apitool.commands.shared import Run, Shared, command


def register(app: typer.Typer) -> None:
    command(app)(package)


def package(
    run: Run,
    *,
    files: Annotated[bool, typer.Option("--list", help="List the files in each package.")] = False,
    layer: Annotated[
        bool, typer.Option("--layer", help="Put the dependencies into a zip of their own, a Lambda layer.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Resolve the dependencies again, and build in any case.")
    ] = False,
) -> None:
    """Build the functions' deployment packages: the same source gives the same bytes."""
    from apitool.stage import packages_again, packages_shown, packaging

    read_at = time.time_ns()
    project = run.project()
    stage = run.stage(project)
    embedded = stage.local or bool(run.options.local)
    packages = packaging.packages(project, run.console, embedded=embedded, refresh=refresh, layer=layer)
    packages_shown.show(packages.values(), run.console, files=files)
    if run.options == Shared() and not run.console.warned:
        packages_again.remember(project, embedded=embedded, read_at=read_at)
