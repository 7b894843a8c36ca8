"""From the method settings of now back to those of before, exactly. Pure.

API Gateway can't take `loggingLevel` out of an entry that got one, only the entry as a whole. So an entry
that had none is removed and written anew, in one UpdateStage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.logs.levels import STAGE_WIDE, PatchOperation, level_of
from apitool.proxy.method_settings import DEFAULTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entry = Mapping[str, Any]

_LOGGING = {path: name for path, name in FIELDS.items() if path.startswith("logging/")}


def to_former(now: Mapping[str, Entry], before: Mapping[str, Entry]) -> tuple[PatchOperation, ...]:
    """The operations that give every entry its former logging. Other settings changed meanwhile stay."""
    operations: list[PatchOperation] = []
    for key in sorted(now.keys() | before.keys(), key=lambda each: (each != STAGE_WIDE, each)):
        if key not in before:
            operations.append(_remove(key, now[key], "no entry"))
        elif not _same(now.get(key, {}), before[key]):
            operations.extend(_back(key, now.get(key), before[key]))
    return tuple(operations)


def same_logging(one: Mapping[str, Entry], other: Mapping[str, Entry]) -> bool:
    """Whether two states of a stage log the same, entry by entry."""
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _back(key: str, entry: Entry | None, former: Entry) -> Iterator[PatchOperation]:
    if entry is not None and "loggingLevel" in entry and "loggingLevel" not in former:
        yield _remove(key, entry, "written anew without a level")
        wanted = {**entry, "dataTraceEnabled": former.get("dataTraceEnabled", False)}
        yield from _written(key, {name: value for name, value in wanted.items() if name != "loggingLevel"})
        return
    for path, name in _LOGGING.items():
        if name in former and (entry or {}).get(name) != former[name]:
            value, seen = _text(former[name]), _text((entry or {}).get(name, "unset"))
            yield PatchOperation("replace", f"/{key}/{path}", value, seen, value)


def _written(key: str, entry: Entry) -> Iterator[PatchOperation]:
    """An entry from nothing. What AWS gives a new one by itself need not be said, but one path must."""
    named = [(path, name) for path, name in FIELDS.items() if name in entry]
    said = [(path, name) for path, name in named if key != STAGE_WIDE or entry[name] != DEFAULTS.get(name)]
    for path, name in said or named[:1]:
        value = _text(entry[name])
        yield PatchOperation("replace", f"/{key}/{path}", value, "default", value)


def _remove(key: str, entry: Entry, after: str) -> PatchOperation:
    return PatchOperation("remove", f"/{key}", None, level_of(entry), after)


def _same(one: Entry, other: Entry) -> bool:
    return all(one.get(name) == other.get(name) for name in _LOGGING.values())


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
