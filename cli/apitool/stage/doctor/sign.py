"""One thing that was looked at, and how it is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Health(StrEnum):
    """`poor`: it works, or it will be put right by the way. `bad`: it will not work."""

    GOOD = "good"
    POOR = "poor"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Sign:
    """`next_step` is one command or one thing to do; empty when there is nothing to do."""

    health: Health
    subject: str
    seen: str
    next_step: str = ""

    def data(self) -> dict[str, str]:
        return asdict(self)


def good(subject: str, seen: str) -> Sign:
    return Sign(Health.GOOD, subject, seen)


def poor(subject: str, seen: str, next_step: str) -> Sign:
    return Sign(Health.POOR, subject, seen, next_step)


def bad(subject: str, seen: str, next_step: str) -> Sign:
    return Sign(Health.BAD, subject, seen, next_step)


@contextmanager
def looking_at(subject: str, signs: list[Sign]) -> Iterator[None]:
    """What can't be looked at is a bad sign too, and no reason to stop looking."""
    try:
        yield
    except ApitoolError as error:
        for problem in error.problems:
            seen = f"{problem.what}: {problem.seen}" if problem.seen else problem.what
            signs.append(bad(subject, " ".join(seen.split()), problem.fix or ""))
