"""The methods templates may call: Java's names, nothing else.

A method that is not listed does not exist, and gives null. That keeps a template from reaching anything but
its own values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.velocity.collection_methods import LIST, MAP
from apitool.proxy.velocity.string_methods import STRING
from apitool.proxy.velocity.values import equal, java_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def method_of(value: object, name: str) -> Callable[..., object] | None:
    """The method of a value's type, or of every value's; it takes the value first."""
    tables = (table for kind, table in _TABLES if isinstance(value, kind))
    return next(tables, _EVERY).get(name) or _EVERY.get(name)


_EVERY: Mapping[str, Callable[..., object]] = {
    "toString": java_text,
    "equals": equal,
}
_NUMBER: Mapping[str, Callable[..., object]] = {
    "compareTo": lambda number, other: (number > other) - (number < other),
    "doubleValue": float,
    "floatValue": float,
    "intValue": int,
    "longValue": int,
    # `#set($Integer = 0) $Integer.parseInt("12")` is how templates reach Java's static methods.
    "parseDouble": lambda _, text: float(text),
    "parseInt": lambda _, text: int(text),
    "parseLong": lambda _, text: int(text),
    "valueOf": lambda number, text: type(number)(text),
}
_TABLES: tuple[tuple[type, Mapping[str, Callable[..., object]]], ...] = (
    (str, STRING),
    (dict, MAP),
    (list, LIST),
    (bool, _EVERY),  # before the numbers, of which it is one in Python
    (int, _NUMBER),
    (float, _NUMBER),
)
