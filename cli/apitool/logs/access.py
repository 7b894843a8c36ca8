"""Access-log lines → what is in them under the names of `$context`, whatever the format.

Ours is one line of JSON (`apitool.proxy.access_log`). Whether AWS escapes quotes inside it is not recorded,
so a line that is not JSON is taken apart by the keys it must have. Of other formats only the ids are read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.access_log import JOIN_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_KEYS = re.compile("|".join(rf'(?:^\{{|,)"({key})":"' for key in JOIN_KEYS))


@dataclass(frozen=True, slots=True)
class Access:
    """One access-log line. `values` has no entry for what AWS printed as `-`."""

    at_ms: int
    values: Mapping[str, str]
    text: str

    @property
    def request_id(self) -> str | None:
        return self.values.get("requestId")

    def number(self, key: str) -> int | None:
        value = self.values.get(key, "")
        return int(value) if value.isascii() and value.isdigit() else None


def parse(at_ms: int, line: str) -> Access | None:
    """None when the line names no request."""
    text = line.strip()
    try:
        members = json.loads(text)
    except ValueError:
        members = None
    values = _own_names(members) if isinstance(members, dict) else _by_keys(text)
    if "requestId" not in values:
        found = _UUID.search(text)
        if found is None:
            return None
        values = {**values, "requestId": found[0]}
    return Access(at_ms, values, text)


def _own_names(members: dict[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in members.items() if value not in {"-", "", None}}


def _by_keys(text: str) -> dict[str, str]:
    """Our JSON with unescaped quotes inside a value: a value ends where the next known key begins."""
    starts = list(_KEYS.finditer(text))
    ends = [each.start() for each in starts[1:]] + [len(text)]
    values = {
        str(each[each.lastindex or 0]): text[each.end() : end].removesuffix("}").removesuffix('"')
        for each, end in zip(starts, ends, strict=False)
    }
    return {key: value for key, value in values.items() if value not in {"-", ""}}
