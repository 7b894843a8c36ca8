"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.review.changes import Reviewed
    from apitool.review.finding import Severity


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule applies to: in API words, what is the matter, and Terraform's address."""

    subject: str
    what: str
    address: str = ""


Check = Callable[["Reviewed", date], Iterator[Hit]]
"""`date` is today: some rules are about what has run out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is for `[review]` and never changes; `why` and `cure` are one sentence each."""

    id: str
    severity: Severity
    title: str
    why: str
    cure: str
    check: Check
