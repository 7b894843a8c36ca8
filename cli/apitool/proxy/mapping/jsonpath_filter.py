"""The inside of `[?(…)]`: comparisons with `@`, joined by `&&` or `||`, without brackets."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPARISON = re.compile(
    r"""\s*@((?:\.[A-Za-z0-9_-]+|\['[^']*'\])*)\s*(?:(==|!=|<=|>=|<|>)\s*('[^']*'|"[^"]*"|[^\s&|]+))?\s*"""
)
_PART = re.compile(r"\.([A-Za-z0-9_-]+)|\['([^']*)'\]")
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WORDS = {"true": True, "false": False, "null": None}


def parse_filter(text: str) -> Callable[[object], bool]:
    """A predicate; one that can't be read finds nothing."""
    alternatives = [[_comparison(part) for part in either.split("&&")] for either in text.split("||")]
    return lambda value: any(all(holds(value) for holds in every) for every in alternatives)


def _comparison(text: str) -> Callable[[object], bool]:
    found = _COMPARISON.fullmatch(text)
    if found is None:
        return lambda _value: False
    names = [part[1] if part[1] is not None else part[2] for part in _PART.finditer(found[1])]
    if found[2] is None:
        return lambda value: _lookup(value, names)[0]
    compare, wanted = _OPERATORS[found[2]], _literal(found[3])
    return lambda value: _compared(compare, _lookup(value, names), wanted)


def _lookup(value: object, names: list[str]) -> tuple[bool, object]:
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return False, None
        value = value[name]
    return True, value


def _compared(compare: Callable[[object, object], bool], found: tuple[bool, object], wanted: object) -> bool:
    there, value = found
    try:
        return there and bool(compare(value, wanted))
    except TypeError:  # 1 < "a"
        return False


def _literal(text: str) -> object:
    if text[0] in "'\"":
        return text[1:-1]
    if text in _WORDS:
        return _WORDS[text]
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
