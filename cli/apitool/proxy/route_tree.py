"""The resources of an API as a tree of path parts, so that finding one costs the depth of its path.

Literal before `{param}` before `{proxy+}` at every part, from the left: the order AWS resolves in (measured,
see `routing`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.paths import is_greedy, is_variable, parts_of, variable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apitool.proxy.api import Resource

Found = tuple["Resource", tuple[str, ...], tuple[str, ...]]
"""A resource, the names of its path parameters, and their values in a request."""


@dataclass(slots=True)
class Leaf:
    resource: Resource
    names: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Node:
    """What can follow a part. `greedy` takes all parts that are left."""

    literals: dict[str, Node] = field(default_factory=dict)
    variable: Node | None = None
    greedy: list[Leaf] = field(default_factory=list)
    here: list[Leaf] = field(default_factory=list)


def tree_of(resources: Iterable[Resource]) -> Node:
    root = Node()
    for resource in resources:
        _add(root, resource)
    return root


def _add(root: Node, resource: Resource) -> None:
    parts = parts_of(resource.path)
    leaf = Leaf(resource, tuple(variable_name(part) or part for part in parts if is_variable(part)))
    node = root
    for part in parts:
        if is_greedy(part):
            node.greedy.append(leaf)
            return
        node = _child(node, part)
    node.here.append(leaf)


def _child(node: Node, part: str) -> Node:
    if not is_variable(part):
        return node.literals.setdefault(part, Node())
    if node.variable is None:
        node.variable = Node()
    return node.variable


def resources_at(
    node: Node, parts: tuple[str, ...], depth: int = 0, values: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Every resource whose path matches, the most specific first. A variable never matches an empty part."""
    if depth == len(parts):
        for leaf in node.here:
            yield leaf.resource, leaf.names, values
        return
    part = parts[depth]
    literal = node.literals.get(part)
    if literal is not None:
        yield from resources_at(literal, parts, depth + 1, values)
    if node.variable is not None and part:
        yield from resources_at(node.variable, parts, depth + 1, (*values, part))
    rest = "/".join(parts[depth:]) if node.greedy else ""
    if rest:
        for leaf in node.greedy:
            yield leaf.resource, leaf.names, (*values, rest)
