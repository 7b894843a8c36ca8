"""One diagnostic of Terraform's: an error or a warning, and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apitool.errors import Place
from apitool.terraform.document import at, number, text


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`place` is relative to the root module. The source snippet is left out: it repeats what files hold,
    secrets too.
    """

    severity: str
    summary: str
    detail: str = ""
    address: str | None = None
    place: Place | None = None

    @classmethod
    def of(cls, document: object) -> Diagnostic:
        return cls(
            severity=text(at(document, "severity")),
            summary=text(at(document, "summary")),
            detail=text(at(document, "detail")),
            address=text(at(document, "address")) or None,
            place=_place(at(document, "range")),
        )

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def full_text(self) -> str:
        return f"{self.summary}\n{self.detail}"


def _place(document: object) -> Place | None:
    if not text(at(document, "filename")):
        return None
    return Place(
        Path(text(at(document, "filename"))),
        number(at(document, "start", "line")),
        number(at(document, "start", "column")),
    )
