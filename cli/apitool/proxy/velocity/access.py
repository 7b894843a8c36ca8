"""Getting at what a value holds: `$it.name`, `$it[at]`, `$it.name(…)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from apitool.proxy.velocity.methods import method_of
from apitool.proxy.velocity.values import printed

if TYPE_CHECKING:
    from apitool.proxy.velocity.budget import Budget


@runtime_checkable
class Native(Protocol):
    """A variable that is more than a value, like `$input`."""

    def member(self, name: str) -> object:
        """`$it.name`; None for what does not exist."""

    def call(self, name: str, arguments: tuple[object, ...]) -> object:
        """`$it.name(…)`; None for what does not exist.

        Raises:
            ValueError, TypeError: it can't take these arguments.
        """


def member(value: object, name: str) -> object:
    """`$map.name`, or `$it.name` for `getName()` and `isName()` of what is no map."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, Native):
        return value.member(name)
    capital = name[:1].upper() + name[1:]
    method = method_of(value, f"get{capital}") or method_of(value, f"is{capital}")
    return method(value) if method else None


def indexed(value: object, at: object) -> object:
    if isinstance(value, dict):
        return value.get(printed(at))
    if isinstance(value, list) and isinstance(at, int) and -len(value) <= at < len(value):
        return value[at]
    return value.member(printed(at)) if isinstance(value, Native) else None


def called(value: object, name: str, arguments: tuple[object, ...], budget: Budget) -> object:
    """Call a method. One that does not exist gives None.

    Raises:
        TemplateError: it can't be called with these arguments.
    """
    try:
        if isinstance(value, Native):
            return value.call(name, arguments)
        method = method_of(value, name)
        return method(value, *arguments) if method else None
    except (TypeError, ValueError, AttributeError, LookupError, OverflowError, re.error) as error:
        reason = str(error).split("\n")[0][:100]
        raise budget.error(f"`{name}()` can't be called like this: {reason}") from None


def items_of(value: object) -> list[object]:
    """What a `#foreach` goes through; a map's values, nothing for null."""
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def put(holder: object, key: object, value: object) -> bool:
    """`#set($holder.key = value)`; False when the holder is no map and no list with that index."""
    if isinstance(holder, dict):
        holder[printed(key)] = value
        return True
    if isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
        holder[key] = value
        return True
    return False
