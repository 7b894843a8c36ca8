"""What AWS refuses in the path of a resource, as data: the part that offends, and the rule in AWS's words.

Used where a path is declared (`apitool.toml`, an OpenAPI document) so that it fails before CreateResource
does. Texts: AWS's own 400s, recorded in LocalStack's snapshots `test_create_proxy_resource_validation` and
reported in public issue threads; rules of our own say so in `recorded`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PART_RULE = (
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the "
    "beginning and the end and an optional plus sign before the closing brace."
)
_PART = re.compile(r"[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._-]+\+?\}")
_VARIABLE = re.compile(r"\{([^{}+]+)(\+?)\}")
MAX_PATH_BYTES = 10_240  # a longer URL is refused by a regional endpoint, so nothing could ever reach it
RESERVED = ("/ping", "/sping")


@dataclass(frozen=True, slots=True)
class PathProblem:
    """`part` is the offending piece of `path`; `aws_text` is what CreateResource or PutRestApi would say."""

    rule: str
    path: str
    part: str
    aws_text: str
    recorded: bool = True


def parts_of(path: str) -> tuple[str, ...]:
    """`/orders/{id}` -> `("orders", "{id}")`; the root has none."""
    return tuple(path.removeprefix("/").split("/")) if path != "/" else ()


def is_variable(part: str) -> bool:
    return part.startswith("{") and part.endswith("}")


def is_greedy(part: str) -> bool:
    return part.startswith("{") and part.endswith("+}")


def variable_name(part: str) -> str | None:
    """`{id}` and `{id+}` -> `id`; None for a literal."""
    found = _VARIABLE.fullmatch(part)
    return found.group(1) if found else None


def resource_path_problems(path: str) -> tuple[PathProblem, ...]:
    """Everything wrong with one path, in the order of its parts; empty for a path AWS accepts."""
    if not path.startswith("/"):
        text = "A path starts with '/': the resource tree hangs from the root"
        return (PathProblem("path.no-leading-slash", path, path, text, recorded=False),)
    if len(path.encode(errors="replace")) > MAX_PATH_BYTES:
        text = f"A URL holds at most {MAX_PATH_BYTES} bytes, so no request could reach this resource"
        return (PathProblem("path.too-long", path, path[:40], text, recorded=False),)
    parts = parts_of(path)
    return (*_bad_parts(path, parts), *_after_greedy(path, parts), *_repeated_names(path, parts))


def _bad_parts(path: str, parts: tuple[str, ...]) -> Iterable[PathProblem]:
    for part in parts:
        if not part:
            yield PathProblem("path.empty-part", path, part, PART_RULE)
        elif not _PART.fullmatch(part):
            yield PathProblem("path.bad-part", path, part, PART_RULE)
        elif part in {".", ".."}:
            text = "Clients resolve '.' and '..' before they send the request, so it never arrives here"
            yield PathProblem("path.dot-part", path, part, text, recorded=False)


def _after_greedy(path: str, parts: tuple[str, ...]) -> Iterable[PathProblem]:
    for part in parts[:-1]:
        if is_greedy(part):
            text = f"Cannot create a child of a resource with a greedy path variable: {part}"
            yield PathProblem("path.greedy-not-last", path, part, text)


def _repeated_names(path: str, parts: tuple[str, ...]) -> Iterable[PathProblem]:
    seen: set[str] = set()
    for part in parts:
        name = variable_name(part)
        if name in seen:
            text = f"pathParameters can hold '{name}' only once"
            yield PathProblem("path.repeated-variable", path, part, text, recorded=False)
        seen.update({name} if name else ())


def sibling_problems(paths: Iterable[str]) -> tuple[PathProblem, ...]:
    """What is wrong between paths that are each fine: two variable children of one parent.

    The first one declared wins, as it would on AWS. A path may occur twice: it is one resource.
    """
    variable_children: dict[tuple[str, ...], str] = {}
    problems: dict[tuple[tuple[str, ...], str], PathProblem] = {}
    for path in paths:
        parts = parts_of(path)
        for depth, part in enumerate(parts):
            if not is_variable(part):
                continue
            sibling = variable_children.setdefault(parts[:depth], part)
            if sibling != part:
                problems.setdefault((parts[:depth], part), _second_variable(path, part, sibling))
    return tuple(problems.values())


def _second_variable(path: str, part: str, sibling: str) -> PathProblem:
    text = f"A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed"
    return PathProblem("path.second-variable-sibling", path, part, text)


def reserved_path_problem(path: str) -> PathProblem | None:
    """`/ping` and `/sping` answer the service's health check on a custom domain (AWS documentation)."""
    if path not in RESERVED:
        return None
    text = "The paths /ping and /sping are reserved for the service health check"
    return PathProblem("path.reserved", path, path.removeprefix("/"), text)


def with_parents(paths: Iterable[str]) -> tuple[str, ...]:
    """Every resource that declaring these paths creates: root, paths and all levels between, sorted."""
    resources = {"/"}
    for path in paths:
        parts = parts_of(path)
        resources.update("/" + "/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return tuple(sorted(resources))


def duplicates(paths: Iterable[str]) -> tuple[PathProblem, ...]:
    """Resources created twice under one parent, as CreateResource sees it (409)."""
    count: dict[str, int] = defaultdict(int)
    for path in paths:
        count[path] += 1
    return tuple(_duplicate(path) for path, times in count.items() if times > 1)


def _duplicate(path: str) -> PathProblem:
    name = path.rpartition("/")[2]
    text = f"Another resource with the same parent already has this name: {name}"
    return PathProblem("path.duplicate", path, name, text)
