"""The findings of a plan: rules, then the project's own severities and waivers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.review.finding import Finding, Severity
from apitool.review.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from apitool.errors import Place
    from apitool.review.changes import Reviewed


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding somebody accepted. `on` is a pattern for the subject; after `expires` it counts again."""

    rule: str
    reason: str
    expires: date
    on: str = "*"

    def is_for(self, finding: Finding) -> bool:
        return self.rule == finding.rule and fnmatchcase(finding.subject, self.on)


@dataclass(frozen=True, slots=True)
class Policy:
    """`severities`: by rule, `None` switches it off."""

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    fail_on: str = "never"


def findings(
    reviewed: Reviewed, policy: Policy, today: date, place_of: Callable[[str, str], Place | None]
) -> tuple[Finding, ...]:
    """Worst first. `place_of` takes subject and address."""
    found: list[Finding] = []
    for rule in RULES:
        severity = policy.severities.get(rule.id, rule.severity)
        if severity is None:
            continue
        for hit in rule.check(reviewed, today):
            made = Finding(
                rule.id,
                severity,
                shown.line(hit.subject),
                shown.line(hit.what),
                rule.why,
                rule.cure,
                hit.address,
                place_of(hit.subject, hit.address),
            )
            found.append(made)
    once = {(each.rule, each.subject, each.what): each for each in reversed(found)}
    return tuple(sorted(waived(once.values(), policy.waivers, today), key=order))


def judged(found: Iterable[Finding], policy: Policy, today: date) -> Iterator[Finding]:
    """Findings of other tools, by the project's own severities and waivers."""
    weighed = (
        replace(each, severity=severity)
        for each in found
        if (severity := policy.severities.get(each.rule, each.severity)) is not None
    )
    yield from waived(weighed, policy.waivers, today)


def waived(found: Iterable[Finding], waivers: tuple[Waiver, ...], today: date) -> Iterator[Finding]:
    """The findings, those that a standing waiver is for marked with its reason."""
    for finding in found:
        standing = (waiver for waiver in waivers if waiver.is_for(finding) and today <= waiver.expires)
        waiver = next(standing, None)
        reason = f"{waiver.reason} (until {waiver.expires})" if waiver else finding.waived
        yield replace(finding, waived=shown.line(reason))


def reaching(found: Iterable[Finding], limit: Severity | None) -> tuple[Finding, ...]:
    """Those at or over the limit that nobody waived."""
    return tuple(
        finding for finding in found if limit and not finding.waived and finding.severity.reaches(limit)
    )


def order(finding: Finding) -> tuple[bool, int, str, str, str, str]:
    """Worst first, by tool and rule, waived ones last."""
    tool = "" if finding.tool == "apitool" else finding.tool
    return (bool(finding.waived), finding.severity.rank, tool, finding.rule, finding.subject, finding.what)
