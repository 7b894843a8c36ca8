"""From the logging a stage has and the logging it should have to the patch operations between them.

Pure. API Gateway keeps logging in method settings: the entry `*/*` for the whole stage, and an entry for
each method that was ever set on its own. Such an entry is a copy of `*/*` as it was then, and later changes
of `*/*` pass it by. So setting the level of the whole stage has to look at every entry, or `off` leaves
methods logging.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.proxy.method_settings import method_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from apitool.project.model import LogLevel

    Entry = Mapping[str, Any]

STAGE_WIDE = "*/*"
_LOGGING_LEVELS = {"off": "OFF", "error": "ERROR", "info": "INFO", "full": "INFO"}


@dataclass(frozen=True, slots=True)
class PatchOperation:
    """One operation of an UpdateStage, and what the setting is before and after it."""

    op: str
    path: str
    value: str | None
    before: str
    after: str

    def data(self) -> dict[str, str]:
        """The operation as API Gateway takes it."""
        return {"op": self.op, "path": self.path} | ({} if self.value is None else {"value": self.value})

    def __str__(self) -> str:
        value = "" if self.value is None else f" {self.value}"
        return f"{self.op} {self.path}{value}   ({self.before} → {self.after})"


def level_of(entry: Entry | None) -> LogLevel:
    """The level an entry amounts to. Data trace needs INFO or ERROR to show anything."""
    logging_level = (entry or {}).get("loggingLevel", "OFF")
    if logging_level == "OFF":
        return "off"
    if (entry or {}).get("dataTraceEnabled"):
        return "full"
    return "info" if logging_level == "INFO" else "error"


def for_stage(
    entries: Mapping[str, Entry], level: LogLevel, *, own: Mapping[str, LogLevel] | None = None
) -> tuple[PatchOperation, ...]:
    """Give the whole stage one level, entries of single methods included.

    `own` has the levels of methods that are otherwise, by the keys of their entries; none of these entries is
    removed, whatever it holds: somebody declared it.
    """
    declared = own or {}
    stage_wide = _with_level(entries.get(STAGE_WIDE, {}), level)
    operations = list(_set_level(STAGE_WIDE, entries.get(STAGE_WIDE), level))
    for key in sorted((entries.keys() | declared.keys()) - {STAGE_WIDE}):
        entry, wanted = entries.get(key, stage_wide), declared.get(key, level)
        if _same_logging(entry, wanted):
            continue
        if key not in declared and _with_level(entry, level) == stage_wide:
            operations.append(_remove(key, entry, level))
        else:  # it also holds throttling, caching or metrics of its own: keep those
            operations.extend(_set_level(key, entry, wanted))
    return tuple(operations)


def for_methods(
    entries: Mapping[str, Entry], level: LogLevel, methods: Iterable[tuple[str, str]]
) -> tuple[PatchOperation, ...]:
    """Give single methods, (verb, resource path), a level. The verb is never ANY: AWS refuses it."""
    inherited = entries.get(STAGE_WIDE)
    return tuple(
        operation
        for verb, path in methods
        for operation in _set_level(
            method_key(path, verb), entries.get(method_key(path, verb), inherited), level
        )
    )


def _set_level(key: str, entry: Entry | None, level: LogLevel) -> Iterator[PatchOperation]:
    entry = entry or {}
    wanted = _LOGGING_LEVELS[level]
    seen = entry.get("loggingLevel")
    if (seen or "OFF") != wanted:
        yield PatchOperation("replace", f"/{key}/logging/loglevel", wanted, seen or "unset", wanted)
    trace = level == "full"
    if bool(entry.get("dataTraceEnabled")) != trace:
        yield PatchOperation(
            "replace", f"/{key}/logging/dataTrace", _text(trace), _text(not trace), _text(trace)
        )


def _remove(key: str, entry: Entry, level: LogLevel) -> PatchOperation:
    return PatchOperation("remove", f"/{key}", None, level_of(entry), f"{level}, from {STAGE_WIDE}")


def _with_level(entry: Entry, level: LogLevel) -> dict[str, Any]:
    return {**entry, "loggingLevel": _LOGGING_LEVELS[level], "dataTraceEnabled": level == "full"}


def _same_logging(entry: Entry, level: LogLevel) -> bool:
    return (entry.get("loggingLevel") or "OFF") == _LOGGING_LEVELS[level] and bool(
        entry.get("dataTraceEnabled")
    ) == (level == "full")


def _text(value: bool) -> str:  # noqa: FBT001 - the one value it turns into text
    return "true" if value else "false"
