"""`apitool event METHOD PATH`: what a function gets."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from apitool.commands.request_arguments import Binary, Data, Headers, Method, Path, Query  # noqa: TC001 - Typer
from apitool.commands.shared import Run, command
from apitool.errors import UsageError

_EXAMPLE = """--authorizer '{"principalId": "u1", "tenant": "a"}'"""


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
    authorizer: Annotated[
        str | None,
        typer.Option(
            metavar="JSON", help="What the route's authorizer found out: principalId and context, or claims."
        ),
    ] = None,
    canary: Annotated[bool, typer.Option("--canary", help="As the stage's canary serves it.")] = False,
) -> None:
    """Print the exact event a function gets for a request, for use in tests. Nothing is called."""
    from apitool.stage.event import event_of
    from apitool.stage.request_options import RequestOptions

    project = run.project()
    options = RequestOptions(method, path, data, tuple(header or ()), tuple(query or ()), binary)
    known = None if authorizer is None else _object(authorizer)
    made = event_of(project, run.stage(project), options, authorizer=known, canary=canary)
    run.console.result(json.dumps(made, indent=2, ensure_ascii=False), made)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UsageError("--authorizer is not JSON", seen=str(error), fix=_EXAMPLE) from error
    if not isinstance(value, dict):
        raise UsageError("--authorizer is not an object", seen=text[:80], fix=_EXAMPLE)
    return value
