"""How keys and values of the file look inside a message: on one line, short, and harmless on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.visible import visible

if TYPE_CHECKING:
    from apitool.project.scan import KeyPath

_LONGEST = 80  # characters of a value that are shown
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def text(value: str) -> str:
    """`value` cut to a line's worth, with everything that hides or moves text as an escape."""
    cut = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
    return visible(cut, keep="")


def value(seen: object) -> str:
    """A value as the file would write it; tables and arrays by kind only."""
    match seen:
        case bool():
            return "true" if seen else "false"
        case str():
            return f'"{text(seen)}"'
        case int() | float():
            return text(_number(seen))
        case dict() | list():
            return kind(seen)
        case _:
            return text(str(seen))


def kind(seen: object) -> str:
    """What sort of value it is: for values that may be secret."""
    match seen:
        case bool():
            return "a boolean"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case dict():
            return "a table"
        case list():
            return "an array"
        case _:
            return "a date or a time"


def dotted(path: KeyPath) -> str:
    """A key path as TOML writes it, e.g. `functions.orders.memory` or `routes."GET /orders"`."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part}]"
        else:
            written += f".{_key(part)}" if written else _key(part)
    return written


def _key(part: str) -> str:
    return part if _BARE_KEY.fullmatch(part) and len(part) <= _LONGEST else f'"{text(part)}"'


def _number(number: float) -> str:
    try:
        return str(number)
    except ValueError:  # Python refuses to print whole numbers of more than 4,300 digits
        return "a very long number"
