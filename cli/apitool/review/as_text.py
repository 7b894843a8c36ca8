"""A review for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.change import Change
    from apitool.review.finding import Finding
    from apitool.review.report import Report


def render(report: Report) -> str:
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.title}: {report.headline}"
    if report.standing:
        yield ""
        for finding in report.standing:
            yield from _finding(finding)
    if report.changes.changes:
        yield ""
        for change in report.changes.changes:
            yield from _change(change)
    yield ""
    if folded := len(report.changes.folded):
        yield f"  {folded} routine change{'s' if folded > 1 else ''} not shown"
    waived = [finding for finding in report.findings if finding.waived]
    yield from (f"  waived: {each.rule} {each.subject}: {each.waived}" for each in waived)
    yield f"  fingerprint {report.fingerprint}"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity}: {finding.subject}: {finding.what} [{finding.rule}]"
    if finding.place:
        yield f"  --> {finding.place}"
    yield f"  why:  {finding.why}"
    yield f"  cure: {finding.cure}"


def _change(change: Change) -> Iterator[str]:
    breaking = f"  (breaking: {change.breaking})" if change.breaking else ""
    yield f"  {change.verb} {change.title}{breaking}"
    yield from (f"      {difference.text}" for difference in change.differences)
