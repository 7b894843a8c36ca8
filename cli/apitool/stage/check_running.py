"""The running half of `check`: handlers imported as Lambda imports them, and called on demand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.check.finding import Finding, of_contract
from apitool.errors import ApitoolError
from apitool.local import ports
from apitool.local.serve.serving import Serving
from apitool.proxy.outcome import FunctionError
from apitool.stage.check_integrations import of_mapped_answer
from apitool.stage.made_up_request import made_up_request
from apitool.stage.serving import prepare

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.local.serve.served import Served
    from apitool.project.model import Project, Route, Stage

# A module's name is text: Lambda imports the module, finds this "handler", and fails only when it calls it.
_PROBE, _PROBED = "__name__", "object is not callable"


def running(project: Project, stage: Stage, console: Console, *, call: bool) -> list[Finding]:
    """Import every handler in a worker of its own; with `call` ask every route once, too.

    Raises:
        ApitoolError: the dependencies can't be had, or the runtime is not installed.
    """
    served = prepare(project, stage, console)
    return asyncio.run(_running(served, console, call=call))


async def _running(served: Served, console: Console, *, call: bool) -> list[Finding]:
    def never(save: int) -> Served:
        raise ApitoolError(f"nothing is watched here ({save})")

    async with Serving(served, never, ports.listen(), say=console.detail, warn=console.error) as serving:
        found = await _imported(serving)
        broken = {each.about for each in found}
        if call:
            # No other endpoint is asked: a check needs no network and leaves no trace.
            routes = [
                route for route in served.project.routes if not route.uri and route.function not in broken
            ]
            found += [each for route in routes for each in await _called(serving, route)]
        return found


async def _imported(serving: Serving) -> list[Finding]:
    served = serving.served
    found = []
    for name, function in zip(served.project.functions, served.functions.values(), strict=True):
        module = function.handler.rpartition(".")[0]
        probe = replace(function, name=f"{function.name}-import", handler=f"{module}.{_PROBE}")
        outcome = await serving.runtime.invoke(probe, b"{}", trace_id="")
        if isinstance(outcome, FunctionError) and _PROBED not in outcome.error_message:
            found.append(_not_importable(served, name, outcome))
    return found


def _not_importable(served: Served, name: str, outcome: FunctionError) -> Finding:
    function = served.project.functions[name]
    return Finding(
        rule="function.not-importable",
        severity="error",
        what=f"`{function.handler}` can't be imported as Lambda imports it: every request is a 502",
        fix="mend what it raises, or add what it lacks to the function's requirements",
        seen=f"{outcome.error_type}: {outcome.error_message}",
        about=name,
        file=function.source.as_posix(),
    )


async def _called(serving: Serving, route: Route) -> list[Finding]:
    """Findings about the answer to one request, made up from the route."""
    served = serving.served
    answer = (await serving.asked(*made_up_request(served.deployed, route))).answer
    found = [_softened(of_contract(each, about=route.key)) for each in answer.verdict.findings]
    if route.integration == "AWS" and route.function:
        found += of_mapped_answer(route, answer.verdict)
    return [_of_route(served, route, each) for each in found]


def _softened(finding: Finding) -> Finding:
    """What is wrong with the request is the fault of whoever made it up."""
    if not finding.rule.startswith("request."):
        return finding
    what = f"not called, the made-up request is no good: {finding.what}"
    return replace(finding, severity="warning", what=what)


def _of_route(served: Served, route: Route, finding: Finding) -> Finding:
    file = served.project.file
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if f'"{route.key}"' in text), None)
    return replace(finding, file=file.name, line=line, column=1 if line else None)
