"""One thing that is wrong, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from apitool.errors import Problem
    from apitool.proxy.verdict import Finding as ContractFinding

Severity = Literal["error", "warning"]
_RANK: dict[str, int] = {"warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` is relative to the project; line and column count from 1. `about` is a function or a route."""

    rule: str
    severity: Severity
    what: str
    fix: str = ""
    seen: str = ""
    about: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    recorded: bool = True


def of_problem(problem: Problem, *, rule: str, severity: Severity, root: Path, about: str = "") -> Finding:
    """One of our own errors or warnings."""
    place = problem.place
    file = None if place is None else below(place.file, root)
    return Finding(
        rule=rule,
        severity=severity,
        what=problem.what,
        fix=problem.fix or "",
        seen=problem.seen or "",
        about=about,
        file=file,
        line=place.line if place else None,
        column=place.column if place else None,
    )


def of_contract(
    found: ContractFinding,
    *,
    about: str,
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
) -> Finding:
    """A finding of the gateway's contract."""
    where = f" (at {found.pointer})" if found.pointer else ""
    return Finding(
        rule=found.rule,
        severity=found.severity,
        what=found.what + where,
        fix=found.fix,
        seen=found.seen or "",
        about=about,
        file=file,
        line=line,
        column=column,
        recorded=found.recorded,
    )


def below(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def at_least(findings: Iterable[Finding], limit: str) -> int:
    """How many reach the limit: `error`, `warning`; none reaches `never`."""
    return sum(_RANK[each.severity] >= _RANK.get(limit, 3) for each in findings)
