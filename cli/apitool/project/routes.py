"""Rules of `[routes]`: methods, paths, and what they are to each other. Paths: see `proxy/paths.py`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.model import HttpMethod
from apitool.project.suggest import closest, instead
from apitool.proxy.api import Method, Resource, RestApi
from apitool.proxy.paths import reserved_path_problem, resource_path_problems, sibling_problems, with_parents
from apitool.proxy.routing import match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apitool.project.draft import Draft, RouteDraft
    from apitool.project.model import Project
    from apitool.proxy.paths import PathProblem

METHODS: tuple[str, ...] = get_args(HttpMethod)
_MOST_RESOURCES = 300  # of one RestApi, the root included; AWS raises it on request
_SECTION = "routes"
_KEY = re.compile(r"\s*(?P<method>\S+)\s+(?P<path>\S.*?)\s*", re.DOTALL)
_PARAMETER = re.compile(r"\{([A-Za-z0-9._-]*\+?)")
_EXAMPLE = 'e.g. "GET /orders"'


class Declared(NamedTuple):
    """A route's key, taken apart."""

    key: str
    method: str
    path: str


def errors(draft: Draft) -> Iterator[Finding]:
    if (routes := draft.get("routes")) is None:
        return
    if not routes and "openapi" not in draft:
        yield Finding((_SECTION,), "an API has at least one route", fix=f"{_EXAMPLE} = <name of a function>")
    declared, problems = _split(routes)
    yield from problems
    yield from _missing_functions(routes, draft)
    yield from _repeated_operations(routes)
    yield from _siblings(declared)
    yield from _too_many(declared)
    if not problems:
        yield from _smoke(declared, draft.get("smoke"))


def warnings(project: Project) -> Iterator[Finding]:
    """ANY that no request reaches, because each method has a route of its own."""
    methods: dict[str, set[str]] = {}
    for route in project.routes:
        methods.setdefault(route.path, set()).add(route.method)
    for path, declared in methods.items():
        if declared == set(METHODS):
            what = f"no request reaches `ANY {path}`: each method has a route of its own"
            yield Finding((_SECTION, f"ANY {path}"), what, fix="remove it")


def split(key: str) -> Declared | None:
    """`GET /orders` taken apart, with the method in upper case; None when it has not two parts."""
    found = _KEY.fullmatch(key)
    return Declared(key, found["method"].upper(), found["path"]) if found else None


def _split(keys: Iterable[str]) -> tuple[list[Declared], list[Finding]]:
    good, problems, known = [], [], set(keys)
    for key in keys:
        found = list(_key_problems(key, known))
        problems += found
        if not found and (declared := split(key)):
            good.append(declared)
    return good, problems


def _key_problems(key: str, known: set[str]) -> Iterator[Finding]:
    declared = split(key)
    if declared is None:
        yield _finding(key, "is not written as `METHOD /path`", _EXAMPLE)
        return
    written = f"{declared.method} {declared.path}"
    if declared.method not in METHODS:
        yield _finding(key, "does not start with a method", _method_fix(declared.method))
    elif written != key and written in known:
        yield _finding(key, f"is `{shown.text(written)}` again", "remove one of them")
    elif written != key:
        yield _finding(key, "is not written as `METHOD /path`", f'"{shown.text(written)}"')
    yield from _path_problems(key, declared.path)


def _method_fix(method: str) -> str:
    near = closest(method, METHODS)
    return f"{f'did you mean `{near}`? ' if near else ''}the methods are {', '.join(METHODS)}"


def _path_problems(key: str, path: str) -> Iterator[Finding]:
    reserved = reserved_path_problem(path)
    problems = (*resource_path_problems(path), *((reserved,) if reserved else ()))
    for problem in {(each.rule, each.part): each for each in problems}.values():
        what, fix = _PATH_TEXTS.get(problem.rule, (problem.aws_text, ""))
        yield Finding(
            (_SECTION, key), f"route `{shown.text(key)}`: {what}", _seen(problem), _path_fix(problem, fix)
        )


_PATH_TEXTS = {
    "path.no-leading-slash": ("the path does not start with `/`", ""),
    "path.too-long": ("the path is longer than any URL the gateway takes", "shorten it"),
    "path.empty-part": ("the path has an empty part: `//`, or `/` at its end", ""),
    "path.bad-part": (
        "a part of the path is neither A-Z a-z 0-9 . _ : - nor one whole `{parameter}`",
        "",
    ),
    "path.dot-part": ("clients resolve `.` and `..` before they send the request", "remove it"),
    "path.greedy-not-last": ("nothing can follow a greedy parameter", "put it last"),
    "path.repeated-variable": ("a parameter stands twice", "give them different names"),
    "path.reserved": (
        "the path is reserved for the health check of API Gateway",
        "rename it, e.g. `/health`",
    ),
}


def _seen(problem: PathProblem) -> str | None:
    return f"`{shown.text(problem.part)}`" if problem.part else None


def _path_fix(problem: PathProblem, fix: str) -> str | None:
    path, part = problem.path, problem.part
    match problem.rule:
        case "path.no-leading-slash":
            return f"`/{shown.text(path)}`"
        case "path.empty-part":
            return f"`{shown.text('/' + '/'.join(filter(None, path.split('/'))))}`"
        case "path.bad-part":
            found = _PARAMETER.search(part)
            return f"a parameter is a part of its own: `{{{found[1] or 'id'}}}`" if found else "rename it"
        case _:
            return fix or None


def _missing_functions(routes: dict[str, RouteDraft], draft: Draft) -> Iterator[Finding]:
    if (functions := draft.get("functions")) is None:
        return
    for key, route in routes.items():
        if (name := route.get("function")) is not None and name not in functions:
            what = f"route `{shown.text(key)}`: there is no function `{shown.text(name)}`"
            yield Finding((_SECTION, key, "function"), what, fix=instead(name, functions, kind="functions"))


def _repeated_operations(routes: dict[str, RouteDraft]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for key, route in routes.items():
        if (operation := route.get("operation_name")) is None:
            continue
        if (other := first.setdefault(operation, key)) != key:
            what = f"the operation name `{operation}` stands twice"
            yield Finding(
                (_SECTION, key, "operation_name"),
                what,
                f"also on `{shown.text(other)}`",
                "rename one of them",
            )


def _siblings(declared: list[Declared]) -> Iterator[Finding]:
    """Two parameters under one parent; the route that came first keeps its own."""
    keys = {route.path: route.key for route in reversed(declared)}  # the first route of each path
    for problem in sibling_problems(route.path for route in declared):
        key = keys[problem.path]
        what = f"route `{shown.text(key)}`: {problem.aws_text}"
        yield Finding((_SECTION, key), what, f"`{problem.part}`", "keep one of them, or give both one name")


def _too_many(declared: list[Declared]) -> Iterator[Finding]:
    resources: set[str] = set()
    for route in declared:
        resources.update(with_parents([route.path]))
        if len(resources) > _MOST_RESOURCES:
            total = len(with_parents(each.path for each in declared))
            what = f"a RestApi has at most {_MOST_RESOURCES} resources, one for each part of a path"
            fix = "use `{parameters}` or `{proxy+}`, or split the API"
            yield Finding((_SECTION, route.key), what, f"{total} resources", fix)
            return


def _smoke(declared: list[Declared], smoke: str | None) -> Iterator[Finding]:
    if smoke is None:
        return
    gets = [route for route in declared if route.method in {"GET", "ANY"}]
    methods = {"GET": Method("GET")}
    if match(RestApi(tuple(Resource(route.path, "", methods) for route in gets)), "GET", smoke) is None:
        fix = instead(smoke, [route.path for route in gets if "{" not in route.path], kind="paths")
        yield Finding(("smoke",), "no GET route answers the `smoke` path", f'"{shown.text(smoke)}"', fix)


def _finding(key: str, what: str, fix: str) -> Finding:
    return Finding((_SECTION, key), f"route `{shown.text(key)}` {what}", fix=fix)
