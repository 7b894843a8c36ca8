"""`apitool event METHOD PATH`: what a function gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.commands.request_arguments import Binary, Data, Headers, Method, Path, Query  # noqa: TC001 - Typer
from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    command(app)(event)


def event(
    run: Run,
    method: Method,
    path: Path,
    *,
    data: Data = None,
    header: Headers = None,
    query: Query = None,
    binary: Binary = False,
) -> None:
    """Print the exact event a function gets for a request, for use in tests. Nothing is called."""
    from apitool.stage.event import event_of
    from apitool.stage.request_options import RequestOptions

    project = run.project()
    options = RequestOptions(method, path, data, tuple(header or ()), tuple(query or ()), binary)
    made = event_of(project, run.stage(project), options)
    run.console.result(json.dumps(made, indent=2, ensure_ascii=False), made)
