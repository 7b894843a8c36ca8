"""Rules of `[functions]` that look further than one value: environment, tables, timeouts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.project import names, shown
from apitool.project.finding import Finding
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft, FunctionDraft
    from apitool.project.model import Function, Project, Route
    from apitool.project.scan import KeyPath

_LARGEST_ENVIRONMENT = 4_096  # bytes of all variables as JSON, which is how Lambda counts


def errors(draft: Draft) -> Iterator[Finding]:
    for name, function in draft.get("functions", {}).items():
        key = ("functions", name)
        yield from _missing_tables(key, function, draft)
        yield from _claimed_twice(key, function)
        yield from _environment_size(key, function, draft)


def warnings(project: Project) -> Iterator[Finding]:
    """Functions nobody calls, and functions that run on when nobody waits any more."""
    authorizing = {authorizer.function for authorizer in project.authorizers.values()}
    for name, function in project.functions.items():
        routes = [route for route in project.routes if route.function == name]
        if not routes and name not in authorizing:
            what = f"no route calls the function `{name}`"
            yield Finding(("functions", name), what, fix="give it a route, or remove it")
        yield from _outlives_the_gateway(name, function, routes)


def _missing_tables(key: KeyPath, function: FunctionDraft, draft: Draft) -> Iterator[Finding]:
    if (tables := draft.get("tables")) is None:
        return
    for variable, table in function.get("tables", {}).items():
        if table not in tables:
            what = f"`{shown.dotted((*key, 'tables', variable))}`: there is no table `{shown.text(table)}`"
            yield Finding((*key, "tables", variable), what, fix=instead(table, tables, kind="tables"))


def _claimed_twice(key: KeyPath, function: FunctionDraft) -> Iterator[Finding]:
    for variable in function.get("tables", {}):
        if variable in function.get("environment", {}):
            what = f"the variable `{shown.text(variable)}` stands in `environment` and in `tables`"
            yield Finding((*key, "tables", variable), what, fix="rename one of them")


def _environment_size(key: KeyPath, function: FunctionDraft, draft: Draft) -> Iterator[Finding]:
    longest_stage = max(draft.get("stages", {}), key=len, default="")
    names_of_tables = {
        variable: names.member(draft.get("name", ""), longest_stage, table)
        for variable, table in function.get("tables", {}).items()
    }
    variables = names_of_tables | function.get("environment", {})
    size = len(json.dumps(variables, separators=(",", ":"), ensure_ascii=False).encode(errors="replace"))
    if size > _LARGEST_ENVIRONMENT:
        what = (
            f"`{shown.dotted(key)}` has too large an environment; Lambda takes {_LARGEST_ENVIRONMENT:,} bytes"
        )
        fix = "put the bulk in a file beside the code, or in the Parameter Store"
        yield Finding((*key, "environment"), what, f"{size:,} bytes", fix)


def _outlives_the_gateway(name: str, function: Function, routes: list[Route]) -> Iterator[Finding]:
    """The function's own timeout has to come first, or the client gets 504 while it goes on."""
    waiting = (route.timeout_ms for route in routes if route.invocation_type != "Event")
    patience = min(waiting, default=None)
    if patience is None or function.timeout * 1000 < patience:
        return
    what = f"the function `{name}` may run on after the gateway has answered 504"
    seen = f"timeout {function.timeout} s, the gateway waits {patience:,} ms"
    shorter = (patience - 1) // 1000  # whole seconds below the gateway's patience
    fix = f"timeout = {shorter}" if shorter else "raise the route's timeout_ms"
    yield Finding(("functions", name, "timeout"), what, seen, fix)
