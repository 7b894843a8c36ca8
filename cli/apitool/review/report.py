"""A review, ready to be rendered: nothing in it is secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.review.finding import Severity

if TYPE_CHECKING:
    from apitool.review.change import Change, ChangeSet
    from apitool.review.finding import Finding
    from apitool.review.route import Route


@dataclass(frozen=True, slots=True)
class Report:
    """`title`: `orders/prod`, or the file reviewed. `routes`: all of them after the change, for the page."""

    title: str
    fingerprint: str
    changes: ChangeSet
    findings: tuple[Finding, ...]
    routes: tuple[Route, ...] = field(default=())
    terraform: str = ""

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings nobody waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def headline(self) -> str:
        """One line: `3 changes, 1 breaking, 2 errors`."""
        changes = self.changes.changes
        if not changes:
            return "no changes" if not self.changes.folded else "nothing but routine"
        parts = [_counted(len(changes), "change")]
        if self.changes.breaking:
            parts.append(f"{len(self.changes.breaking)} breaking for callers")
        for severity in Severity:
            count = sum(finding.severity is severity for finding in self.standing)
            parts += [_counted(count, severity)] if count else []
        return ", ".join(parts)

    def worst(self, change: Change) -> Severity | None:
        """The worst standing finding about a change."""
        about = [each.severity for each in self.standing if each.subject == change.name]
        return min(about, key=lambda severity: severity.rank, default=None)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
