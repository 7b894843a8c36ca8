"""What a rule says: a problem that knows its key and not yet its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.project.scan import KeyPath


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is the path of the offending key in the file; the rest is as in `errors.Problem`."""

    key: KeyPath
    what: str
    seen: str | None = None
    fix: str | None = None
