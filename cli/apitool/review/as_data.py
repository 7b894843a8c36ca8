"""A review as JSON. `format` counts up when a key changes its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import assessment
from apitool.review.finding import Severity

if TYPE_CHECKING:
    from apitool.review.change import Change
    from apitool.review.finding import Finding
    from apitool.review.report import Report

_FORMAT = 1


def render(report: Report, limit: str = "never") -> dict[str, object]:
    """`limit`: what `--fail-on` or `[review]` says. `docs/review.schema.json` is its schema."""
    reaching = assessment.reaching(report.findings, None if limit == "never" else Severity(limit))
    return {
        "format": _FORMAT,
        "title": report.title,
        "fingerprint": report.fingerprint,
        "terraform": report.terraform,
        "headline": report.headline,
        "gate": {"limit": limit, "reached_by": len(reaching)},
        "changes": [_change(change) for change in report.changes.changes],
        "folded": [{"address": address, "why": why} for address, why in report.changes.folded],
        "findings": [_finding(finding) for finding in report.findings],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "action": change.verb.name.lower(),
        "kind": change.kind.value,
        "name": change.name,
        "address": change.address,
        "breaking": change.breaking,
        "differences": [
            {"name": each.name, "before": each.before, "after": each.after} for each in change.differences
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "rule": finding.rule,
        "tool": finding.tool,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "what": finding.what,
        "why": finding.why,
        "cure": finding.cure,
        "address": finding.address,
        "place": {"file": str(place.file), "line": place.line, "column": place.column} if place else None,
        "waived": finding.waived,
    }
