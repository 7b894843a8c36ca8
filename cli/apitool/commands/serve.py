"""`apitool serve`: the API from its source, on this machine, nothing deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    from apitool.project.model import Project, Stage


def register(app: typer.Typer) -> None:
    command(app)(serve)


def serve(
    run: Run,
    *,
    port: Annotated[
        int | None,
        typer.Option("--port", "-p", min=1, max=65535, help="Default: 3000, or a free one when it is taken."),
    ] = None,
) -> None:
    """Serve the API from its source: no Terraform, no deployment.

    Answers as API Gateway does, with what a broken response contract breaks and how to mend it; takes over
    what is saved. A live page is at /_apitool/.
    """
    from apitool.stage import serving

    def reload() -> tuple[Project, Stage]:
        project = run.project()
        return project, run.stage(project)

    serving.serve(*reload(), run.console, port=port, reload=reload)
