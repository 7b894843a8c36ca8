"""Reading JSON somebody else wrote: a value of the expected kind, or an empty one of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def at(value: object, *keys: str) -> object:
    """What stands under a path of keys, None where the path ends early."""
    for key in keys:
        value = mapping(value).get(key)
    return value
