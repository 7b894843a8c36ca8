"""A review, ready to be rendered: nothing in it is secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.review.change import Kind
from apitool.review.finding import Severity

if TYPE_CHECKING:
    from apitool.review.change import Change, ChangeSet
    from apitool.review.changes import Reviewed
    from apitool.review.finding import Finding
    from apitool.review.route import Preflight, Route

INCOMPLETE = "plan-incomplete"  # the rule that puts all the rest in doubt


@dataclass(frozen=True, slots=True)
class Report:
    """`title`: `orders/prod`, or the file reviewed. `before`, `routes`, `preflights`: all of them, before and
    after the change, for the page.
    """

    title: str
    fingerprint: str
    changes: ChangeSet
    findings: tuple[Finding, ...]
    routes: tuple[Route, ...] = field(default=())
    terraform: str = ""
    before: tuple[Route, ...] = field(default=())
    preflights: tuple[Preflight, ...] = field(default=())

    @classmethod
    def of(cls, reviewed: Reviewed, *, title: str, fingerprint: str, findings: tuple[Finding, ...]) -> Report:
        """Of a plan, its findings worst first."""
        return cls(
            title,
            fingerprint,
            reviewed.changes,
            findings,
            tuple(reviewed.after.routes.values()),
            reviewed.plan.terraform_version,
            tuple(reviewed.before.routes.values()),
            tuple({**reviewed.before.preflights, **reviewed.after.preflights}.values()),
        )

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings nobody waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    @property
    def headline(self) -> str:
        """One line: `3 changes, 1 breaking, 2 errors`."""
        changes = self.changes.changes
        nothing = "nothing but routine" if self.changes.folded else "no changes"
        parts = ["incomplete plan"] if any(each.rule == INCOMPLETE for each in self.findings) else []
        parts.append(_counted(len(changes), "change") if changes else nothing)
        if self.changes.breaking:
            parts.append(f"{len(self.changes.breaking)} breaking for callers")
        for severity in Severity:
            count = sum(finding.severity is severity for finding in self.standing)
            parts += [_counted(count, severity)] if count else []
        return ", ".join(parts)

    def worst(self, change: Change) -> Severity | None:
        """The worst standing finding about a change."""
        subject = f"OPTIONS {change.name}" if change.kind is Kind.CORS else change.name
        about = [each.severity for each in self.standing if each.subject == subject]
        return min(about, key=lambda severity: severity.rank, default=None)

    @staticmethod
    def told_as(text: str) -> str:
        """Foreign text as changes have it in their names."""
        return shown.line(text)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
