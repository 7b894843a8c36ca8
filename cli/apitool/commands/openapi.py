"""`apitool openapi`: the API as an OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from apitool.commands.shared import Run, command


def register(app: typer.Typer) -> None:
    command(app)(openapi)


def openapi(
    run: Run,
    *,
    form: Annotated[
        Literal["yaml", "json"] | None, typer.Option("--format", help="Form of the document. Default: yaml.")
    ] = None,
    deployed: Annotated[
        bool, typer.Option("--deployed", help="What the stage serves, from API Gateway's GetExport.")
    ] = False,
    docs: Annotated[
        bool, typer.Option("--docs", help="For clients and documentation: without API Gateway's extensions.")
    ] = False,
) -> None:
    """Print the API as an OpenAPI 3.0 document: what is declared, or with --deployed what is served."""
    from apitool.stage import openapi_export, target

    project = run.project()
    stage = run.stage(project)
    if deployed:
        at = target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
        if at is None:
            raise openapi_export.not_up(f"{project.name}/{stage.name}")
        made = openapi_export.deployed(at, extensions=not docs)
    else:
        made = openapi_export.declared(project, stage, extensions=not docs)
    run.console.result(openapi_export.written(made, form or "yaml"), made)
