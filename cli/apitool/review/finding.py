"""What a rule found, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.errors import Place


class Severity(StrEnum):
    """Worst first, in SARIF's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)

    def reaches(self, limit: Severity) -> bool:
        return self.rank <= limit.rank


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is a route, a function, … in API words; `waived`: the reason it is accepted, else empty."""

    rule: str
    severity: Severity
    subject: str
    what: str
    why: str
    cure: str
    address: str = ""
    place: Place | None = None
    waived: str = ""
    tool: str = field(default="apitool")
