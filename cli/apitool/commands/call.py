"""`apitool call METHOD PATH`: one request, and everything known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.request_arguments import Binary, Data, Headers, Method, Path, Query  # noqa: TC001 - Typer
from apitool.commands.shared import Run, command
from apitool.errors import GateError

if TYPE_CHECKING:
    from apitool.stage.call import Called
    from apitool.stage.request_options import RequestOptions


def register(app: typer.Typer) -> None:
    command(app)(call)


def call(
    run: Run,
    method: Method,
    path: Path,
    *,
    data: Data = None,
    header: Headers = None,
    query: Query = None,
    binary: Binary = False,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where the stage is served, stage included.")
    ] = None,
    test_invoke: Annotated[
        bool, typer.Option("--test-invoke", help="By TestInvokeMethod: its log needs no logging.")
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail", "-f", help="End with 5 when the status is 400 or more.")
    ] = False,
) -> None:
    """Make one request and show the answer, the verdict, the log and where the time went.

    Goes to a running `apitool serve` of the stage, else to where the stage is deployed.
    """
    from apitool.stage import call_shown
    from apitool.stage.request_options import RequestOptions

    options = RequestOptions(method, path, data, tuple(header or ()), tuple(query or ()), binary)
    called = _called(run, options, url, test_invoke=test_invoke)
    run.console.result(call_shown.text(called), call_shown.data(called))
    if fail and called.status >= 400:  # noqa: PLR2004 - HTTP
        raise GateError(f"the answer is {called.status}")


def _called(run: Run, options: RequestOptions, url: str | None, *, test_invoke: bool) -> Called:
    from apitool.stage import call as calling

    project = run.project()
    stage = run.stage(project)
    local, profile = bool(run.options.local), run.options.profile
    if test_invoke:
        from apitool.stage.test_invoke import test_invoke as by_test

        return by_test(calling.deployed_target(project, stage, local=local, profile=profile), options)
    at = calling.Place(url) if url else calling.place_of(project, stage, local=local, profile=profile)
    return calling.call(project, stage, options, at, say=run.console.say)
