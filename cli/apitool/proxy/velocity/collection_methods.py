"""`java.util.List` and `Map`, as far as templates use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST = 100_000  # items of a list that a template makes
Values = list[object]
Table = dict[object, object]


def _item(values: Values, index: int) -> object:
    if not 0 <= index < len(values):
        raise IndexError(f"index {index} of {len(values)} items")
    return values[index]


def _add(values: Values, *arguments: object) -> bool | None:
    """`add(value)` at the end, or `add(index, value)`."""
    if len(arguments) == 1:
        values.append(arguments[0])
        return True
    index, value = arguments
    if not isinstance(index, int):
        raise TypeError("the index is not a whole number")
    values.insert(index, value)
    return None


def _set_item(values: Values, index: int, value: object) -> object:
    before = _item(values, index)
    values[index] = value
    return before


def _removed(values: Values, what: object) -> object:
    """By index for a number, by value otherwise."""
    if isinstance(what, int) and not isinstance(what, bool):
        _item(values, what)
        return values.pop(what)
    found = what in values
    if found:
        values.remove(what)
    return found


def _extended(values: Values, more: Values) -> bool:
    if len(values) + len(more) > _MOST:
        raise ValueError(f"a list of more than {_MOST} items")
    values.extend(more)
    return bool(more)


def _part(values: Values, start: int, end: int) -> Values:
    """A list of the same kind: lists from JSON print as JSON."""
    if not 0 <= start <= end <= len(values):
        raise IndexError(f"{start} to {end} of {len(values)} items")
    return type(values)(values[start:end])


def _emptied(values: Values | Table) -> None:
    values.clear()


def _put(table: Table, name: object, value: object) -> object:
    before = table.get(name)
    table[name] = value
    return before


def _updated(table: Table, more: Table) -> None:
    table.update(more)


def _entries(table: Table) -> Values:
    return [{"key": name, "value": value} for name, value in table.items()]


LIST: Mapping[str, Callable[..., object]] = {
    "add": _add,
    "addAll": _extended,
    "clear": _emptied,
    "contains": lambda values, value: value in values,
    "get": _item,
    "indexOf": lambda values, value: values.index(value) if value in values else -1,
    "isEmpty": lambda values: not values,
    "remove": _removed,
    "set": _set_item,
    "size": len,
    "subList": _part,
}
MAP: Mapping[str, Callable[..., object]] = {
    "clear": _emptied,
    "containsKey": lambda table, name: name in table,
    "containsValue": lambda table, value: value in table.values(),
    "entrySet": _entries,
    "get": lambda table, name: table.get(name),
    "getKey": lambda entry: entry.get("key"),
    "getOrDefault": lambda table, name, other: table.get(name, other),
    "getValue": lambda entry: entry.get("value"),
    "isEmpty": lambda table: not table,
    "keySet": list,
    "put": _put,
    "putAll": _updated,
    "remove": lambda table, name: table.pop(name, None),
    "size": len,
    "values": lambda table: list(table.values()),
}
