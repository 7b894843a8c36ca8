"""`openapi` of apitool.toml: the document, and the routes it makes.

A function answers an operation when `[routes]` says so, or `x-apitool-function`, or when the operation's
`operationId` is the function's name. An operation with an `x-amazon-apigateway-integration` of its own keeps
it, unless `[routes]` has another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.errors import Problem, ProjectError
from apitool.project import openapi_file, openapi_rules, shown, values
from apitool.project.finding import Finding
from apitool.project.openapi_rules import FUNCTION, DocumentFinding
from apitool.project.suggest import instead
from apitool.proxy.openapi import INTEGRATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.project.draft import Draft, RouteDraft


@dataclass(frozen=True, slots=True)
class Described:
    """What the document adds to the file: `routes` as `[routes]` would write them, and what is wrong."""

    data: dict[str, Any] | None
    routes: dict[str, RouteDraft]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()


NOTHING = Described(None, {}, ())


def described(draft: Draft, root: Path, shown_in: Path) -> Described:
    """The document the file names, if it names one. `shown_in` is the folder that messages start from."""
    name = draft.get("openapi")
    if name is None:
        return NOTHING
    try:
        read = openapi_file.read(root / name, shown_as=shown_in / name)
    except ProjectError as error:
        return Described(None, {}, tuple(error.problems))
    found = openapi_rules.errors(read.data)
    if not found:
        found = list(_unanswered(read.data, draft))
    problems = tuple(Problem(each.what, read.place(each.path), each.seen, each.fix) for each in found)
    return Described(
        _for_import(read.data), _routes(read.data, draft), problems, tuple(_unknown_routes(read.data, draft))
    )


def _function_of(operation: dict[str, Any], draft: Draft) -> str | None:
    named = operation.get(FUNCTION)
    if isinstance(named, str):
        return named
    name = operation.get("operationId")
    return name if isinstance(name, str) and name in draft.get("functions", {}) else None


def _unanswered(data: dict[str, Any], draft: Draft) -> Iterator[DocumentFinding]:
    functions = draft.get("functions", {})
    for route, (path, key) in openapi_rules.operations(data).items():
        operation = data["paths"][path][key]
        if route in draft.get("routes", {}):
            continue
        function = _function_of(operation, draft)
        if function is not None and function not in functions:
            what = f"`{shown.text(route)}`: there is no function `{shown.text(function)}`"
            fix = instead(function, functions, kind="functions")
            yield DocumentFinding(("paths", path, key, FUNCTION), what, fix=fix)
        elif function is None and INTEGRATION not in operation:
            fix = f'{FUNCTION}: NAME here, or "{shown.text(route)}" = "NAME" below [routes] in apitool.toml'
            yield DocumentFinding(("paths", path, key), f"nothing answers `{shown.text(route)}`", fix=fix)


def _unknown_routes(data: dict[str, Any], draft: Draft) -> Iterator[Finding]:
    known = openapi_rules.operations(data)
    for route in draft.get("routes", {}):
        if route not in known:
            what = f"the OpenAPI document has no operation `{shown.text(route)}`"
            yield Finding(("routes", route), what, fix=instead(route, known, kind="operations"))


def _routes(data: dict[str, Any], draft: Draft) -> dict[str, RouteDraft]:
    """The routes that the document makes beside those of `[routes]`."""
    made: dict[str, RouteDraft] = {}
    for route, (path, key) in openapi_rules.operations(data).items():
        operation = data["paths"][path][key]
        function = _function_of(operation, draft)
        own = INTEGRATION in operation and FUNCTION not in operation
        if route not in draft.get("routes", {}) and function is not None and not own:
            name = operation.get("operationId")
            named = isinstance(name, str) and values.operation_name(name) is None
            made[route] = {"function": function}
            if named:
                made[route]["operation_name"] = str(name)
    return made


def _for_import(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Without our own extension."""
    if isinstance(value, dict):
        return {key: _for_import(inner) for key, inner in value.items() if key != FUNCTION}
    return [_for_import(each) for each in value] if isinstance(value, list) else value
