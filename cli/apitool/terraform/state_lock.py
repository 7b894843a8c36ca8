"""A lock on the state, as Terraform reports it and as it lies in the bucket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StateLock:
    """The `Lock Info:` block. `created` is None when it can't be read."""

    id: str
    who: str
    operation: str
    path: str
    created: datetime | None

    @classmethod
    def of(cls, said: str) -> StateLock | None:
        """The lock told about in a diagnostic; None when there is none (no lock, or nothing known of it)."""
        values = {
            found[1]: found[2].strip() for found in re.finditer(r"^  (\w+):[ \t]*(.*)$", said, re.MULTILINE)
        }
        if "Lock Info:" not in said or not values.get("ID"):
            return None
        return cls(
            id=values["ID"],
            who=values.get("Who") or "somebody",
            operation=_operation(values.get("Operation", "")),
            path=values.get("Path", ""),
            created=_time(values.get("Created", "")),
        )

    @classmethod
    def of_document(cls, document: Mapping[str, object]) -> StateLock:
        """The lock file's own JSON. What is missing in it is empty."""
        return cls(
            id=text(document.get("ID")),
            who=text(document.get("Who")) or "somebody",
            operation=_operation(text(document.get("Operation"))),
            path=text(document.get("Path")),
            created=_iso(text(document.get("Created"))),
        )

    def age(self, now: datetime) -> str:
        """How long ago it was taken, in words."""
        return "at an unknown time" if self.created is None else ago(self.created, now)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago that was, in words."""
    seconds = max(int((now - moment) / timedelta(seconds=1)), 0)
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return f"{seconds} s ago"


def _operation(name: str) -> str:
    """`OperationTypeApply` → `apply`."""
    return name.removeprefix("OperationType").lower() or "an operation"


def _iso(value: str) -> datetime | None:
    """As JSON has it: `2026-11-22T01:58:25.875790903Z`."""
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except ValueError:
        return None


def _time(value: str) -> datetime | None:
    """Go's way to print a time: `2026-11-22 01:58:25.875790903 +0000 UTC`."""
    found = re.match(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\S* ([+-]\d{4})", value)
    if found is None:
        return None
    try:
        return datetime.strptime(f"{found[1]} {found[2]}", "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
