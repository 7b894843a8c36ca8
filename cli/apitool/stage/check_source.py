"""The static half of `check`: what the files say, nothing run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.check.finding import below, of_contract, of_problem
from apitool.check.returns import authorizer_findings, broken_returns, proxy_findings
from apitool.errors import ApitoolError, ProjectError
from apitool.package import handler as handlers
from apitool.package import source, syntax
from apitool.package.selection import Selection
from apitool.project.load import load
from apitool.stage.check_integrations import switched_handler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.check.finding import Finding
    from apitool.check.returns import Judge
    from apitool.package.source import SourceTree
    from apitool.project.model import Function, Project


def configuration(folder: Path) -> tuple[Project | None, list[Finding]]:
    """The project, if it can be used, and everything wrong with its file.

    Raises:
        UsageError: there is no project here.
    """
    try:
        loaded = load(folder)
    except ProjectError as error:
        root = error.problems[0].place.file.parent if error.problems[0].place else folder
        found = [
            of_problem(each, rule="configuration", severity="error", root=root) for each in error.problems
        ]
        return None, found
    root = loaded.project.root
    return loaded.project, [
        of_problem(each, rule="configuration", severity="warning", root=root) for each in loaded.warnings
    ]


def functions(project: Project) -> list[Finding]:
    """Syntax, the handlers themselves, and what they visibly return."""
    return [found for name in project.functions for found in _function(project, name)]


def _function(project: Project, name: str) -> Iterator[Finding]:
    function = project.functions[name]
    python = function.runtime.removeprefix("python")
    try:
        tree = source.walk(project.root / function.source, Selection.of(function.include, function.exclude))
        syntax.check(tree.files, python)
        handlers.check(handlers.Handler(function.handler), tree, python)
    except ApitoolError as error:
        for problem in error.problems:
            yield of_problem(problem, rule="function.source", severity="error", root=project.root, about=name)
        return
    yield from _returns(project, name, function, tree)


def _returns(project: Project, name: str, function: Function, tree: SourceTree) -> Iterator[Finding]:
    handler = handlers.Handler(function.handler)
    by_name = {file.name: file for file in tree.files}
    file = next((by_name[each] for each in handler.files if each in by_name), None)
    module = syntax.tree(file.read(), function.runtime.removeprefix("python")) if file else None
    if file is None or module is None:
        return
    shown = below(Path(file.path), project.root)
    for found in switched_handler(project, name, module, handler.function):
        yield replace(found, file=shown)
    judge = _contract_of(project, name)
    for broken in broken_returns(module, handler.function, judge) if judge else ():
        yield of_contract(broken.finding, about=name, file=shown, line=broken.line, column=broken.column)


def _contract_of(project: Project, name: str) -> Judge | None:
    """What a function's returns are held to; None for one that answers to several, or to a template."""
    kinds: set[str] = {route.integration for route in project.routes if route.function == name}
    if any(each.function == name for each in project.authorizers.values()):
        kinds.add("authorizer")
    if kinds == {"authorizer"}:
        return authorizer_findings
    return proxy_findings if kinds <= {"AWS_PROXY"} else None
