"""What `check` says of mapping templates, and of handlers written for another integration."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from apitool.check import switched
from apitool.check.finding import Finding
from apitool.check.template_syntax import broken_template
from apitool.project import document

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from apitool.project.model import Project, Route, Template
    from apitool.project.scan import KeyPath
    from apitool.proxy.verdict import Verdict

_FIRST_ERROR = 400  # the least status that tells a client of an error
# Where the text of a template starts, seen from its key: on the next line, or behind a quote.
_BLOCK = re.compile(r"""[^=\n]*=\s*(?:\{\s*text\s*=\s*)?(?:\"{3}|'{3})\r?\n""")
_LINE = re.compile(r"""[^=\n]*=\s*(?:\{\s*text\s*=\s*)?["'](?!["'])""")


def templates(project: Project) -> list[Finding]:
    """Syntax errors of mapping templates, in their files or in apitool.toml."""
    read = document.read(project.file, shown_as=project.file)
    return [
        found
        for route in project.routes
        for key, template in _templates(route)
        for found in _broken(project, read, key, template)
    ]


def switched_handler(project: Project, name: str, module: ast.Module, handler: str) -> Iterator[Finding]:
    """Signs that a handler was written for the other of AWS and AWS_PROXY; `file` is left to the caller."""
    routes = [route for route in project.routes if route.function == name]
    kinds = {route.integration for route in routes}
    if kinds == {"AWS"}:
        mapped = "\n".join(template.text or "" for route in routes for _, template in _templates(route))
        signs = switched.speaks_proxy(module, handler, mapped=mapped)
        yield from (_switched(routes, sign, name) for sign in signs)
    elif kinds == {"AWS_PROXY"}:
        yield from (_switched(routes, sign, name) for sign in switched.speaks_mapped(module, handler))


def of_mapped_answer(route: Route, verdict: Verdict) -> Iterator[Finding]:
    """What the answer of an AWS integration to a made-up request gives away."""
    try:
        value = json.loads(verdict.body)
    except ValueError:
        return
    if switched.is_envelope(value):
        yield Finding(
            rule=switched.RULE,
            severity="error",
            what="the function returns an answer of AWS_PROXY, and the client gets all of it as the body",
            fix=switched.CURE,
            seen=f"status {verdict.status}, body {{{', '.join(value)}}}",
            about=route.key,
        )
    elif isinstance(value, dict) and "errorMessage" in value and verdict.status < _FIRST_ERROR:
        yield Finding(
            rule="integration.error-as-answer",
            severity="error",
            what="the function failed, and the client gets its error as the answer",
            fix="add responses with a `pattern` for errorMessage; a KeyError may mean another event",
            seen=f"status {verdict.status}, {value.get('errorType', 'error')}: {value['errorMessage']}"[:200],
            about=route.key,
        )


def _switched(routes: list[Route], sign: switched.Sign, name: str) -> Finding:
    more = f" and {len(routes) - 1} more" if len(routes) > 1 else ""
    return Finding(
        rule=switched.RULE,
        severity="error",
        what=f"the handler {sign.what}; route `{routes[0].key}`{more} is {routes[0].integration}",
        fix=switched.CURE,
        seen=sign.seen,
        about=name,
        line=sign.line,
        column=sign.column,
    )


def _templates(route: Route) -> Iterator[tuple[KeyPath, Template]]:
    for name, template in route.request_templates.items():
        yield ("routes", route.key, "request_templates", name), template
    for index, response in enumerate(route.responses):
        for name, template in response.templates.items():
            yield ("routes", route.key, "responses", index, "templates", name), template


def _broken(project: Project, read: document.Document, key: KeyPath, template: Template) -> Iterator[Finding]:
    broken = broken_template(template.text or "")
    if broken is None:
        return
    if template.file is not None:
        file, line, column = template.file.as_posix(), broken.line, broken.column
    else:
        file = project.file.name
        line, column = _inline(project, read.positions.at(key), broken.line, broken.column)
    yield Finding(
        rule="mapping.template",
        severity="error",
        what=f"the template can't be read, line {broken.line}: {broken.what}",
        fix="mend it: every request that needs it is a 500",
        about=str(key[1]),
        file=file,
        line=line,
        column=column,
    )


def _inline(project: Project, key: tuple[int, int], line: int, column: int) -> tuple[int, int]:
    """The place in apitool.toml of a place in a template; that of its key where escapes hide it."""
    lines = project.file.read_text(encoding="utf-8").splitlines(keepends=True)
    here = "".join(lines[key[0] - 1 :])[key[1] - 1 :]
    if _BLOCK.match(here):
        return key[0] + line, column
    behind = _LINE.match(here)
    if behind and line == 1 and "\\" not in here.partition("\n")[0]:
        return key[0], key[1] + behind.end() + column - 1
    return key
