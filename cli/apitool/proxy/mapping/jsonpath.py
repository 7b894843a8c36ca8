"""JSONPath as `$input.path` takes it: the parts of Jayway's JsonPath that templates use.

    $  .name  ['name']  ["a","b"]  [0]  [-1]  [1:3]  [*]  .*  ..name  [?(@.x == 'y')]  .length()

A path that can find several things (wildcard, slice, filter, several names, `..`) gives a list, always; any
other gives what it found, or `MISSING`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.mapping.jsonpath_filter import parse_filter
from apitool.proxy.velocity.values import JsonList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = re.compile(r"[^.\[\]()'\"\s*]+")
_QUOTED = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*""")
_SLICE = re.compile(r"\s*(-?\d*)\s*:\s*(-?\d*)\s*\]")
_INDEX = re.compile(r"\s*(-?\d+)\s*\]")
_FILTER = re.compile(r"\?\((.*?)\)\]", re.DOTALL)
_MOST_FOUND = 100_000  # values of one path, so that `..*` of a large body ends


class PathError(ValueError):
    """The path can't be read."""


class _Missing:
    """Nothing there, which is not null."""


MISSING = _Missing()


@dataclass(frozen=True, slots=True)
class Path:
    steps: tuple[Callable[[object], Iterator[object]], ...]
    definite: bool  # whether it can find at most one thing


def find(value: object, path: str) -> object:
    """What a path finds in a JSON value.

    Raises:
        PathError: the path can't be read, or finds more than anybody can use.
    """
    parsed = parse(path)
    found: list[object] = [value]
    for step in parsed.steps:
        found = [inner for outer in found for inner in step(outer)]
        if len(found) > _MOST_FOUND:
            raise PathError(f"`{path[:40]}` finds more than {_MOST_FOUND} values")
    if not parsed.definite:
        return JsonList(found)
    return found[0] if found else MISSING


@lru_cache(maxsize=512)
def parse(path: str) -> Path:
    """Raises PathError. A path without `$` starts there; an empty one is `$`."""
    text = path.strip() or "$"
    reader = _Reader(text if text.startswith("$") else f"$.{text}")
    steps = tuple(reader.steps())
    return Path(steps, reader.definite)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1
        self.definite = True

    def steps(self) -> Iterator[Callable[[object], Iterator[object]]]:
        while self.at < len(self.text):
            if self._literal(".."):
                self.definite = False
                yield _everything_below
                if not self.text.startswith("[", self.at):
                    yield self._named()
            elif self._literal("."):
                yield self._named()
            elif self._literal("["):
                yield self._bracket()
            else:
                raise self._error()

    def _named(self) -> Callable[[object], Iterator[object]]:
        if self._literal("*"):
            self.definite = False
            return _children
        name = self._take(_NAME)
        if name is None:
            raise self._error()
        if name[0] in {"length", "size"} and self._literal("()"):
            return _length
        return _member(name[0])

    def _bracket(self) -> Callable[[object], Iterator[object]]:
        if self._literal("*]"):
            self.definite = False
            return _children
        if index := self._take(_INDEX):
            return _item(int(index[1]))
        if bounds := self._take(_SLICE):
            self.definite = False
            return _slice(bounds[1], bounds[2])
        if condition := self._take(_FILTER):
            self.definite = False
            return _filtered(parse_filter(condition[1]))
        return self._quoted_names()

    def _quoted_names(self) -> Callable[[object], Iterator[object]]:
        names: list[str] = []
        while quoted := self._take(_QUOTED):
            raw = quoted[1] if quoted[1] is not None else quoted[2]
            names.append(re.sub(r"\\(.)", r"\1", raw))
            if self._literal("]"):
                self.definite = self.definite and len(names) == 1
                return _members(tuple(names))
            if not self._literal(","):
                break
        raise self._error()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _literal(self, text: str) -> bool:
        here = self.text.startswith(text, self.at)
        self.at += len(text) if here else 0
        return here

    def _error(self) -> PathError:
        return PathError(f"can't read the JSONPath `{self.text[:60]}` from character {self.at + 1}")


def _member(name: str) -> Callable[[object], Iterator[object]]:
    return _members((name,))


def _members(names: tuple[str, ...]) -> Callable[[object], Iterator[object]]:
    def step(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            yield from (value[name] for name in names if name in value)

    return step


def _item(index: int) -> Callable[[object], Iterator[object]]:
    def step(value: object) -> Iterator[object]:
        if isinstance(value, list) and -len(value) <= index < len(value):
            yield value[index]

    return step


def _slice(first: str, last: str) -> Callable[[object], Iterator[object]]:
    bounds = slice(int(first) if first else None, int(last) if last else None)

    def step(value: object) -> Iterator[object]:
        if isinstance(value, list):
            yield from value[bounds]

    return step


def _filtered(holds: Callable[[object], bool]) -> Callable[[object], Iterator[object]]:
    return lambda value: (item for item in _children(value) if holds(item))


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _everything_below(value: object) -> Iterator[object]:
    """The value itself and all it holds, outer before inner."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(reversed(list(_children(item))))


def _length(value: object) -> Iterator[object]:
    if isinstance(value, (dict, list, str)):
        yield len(value)
