"""The findings as SARIF 2.1.0, which code scanning services read (OASIS, 27 March 2020)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from apitool import __version__
from apitool.review.rules.catalogue import RULES

if TYPE_CHECKING:
    from apitool.review.finding import Finding
    from apitool.review.report import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> dict[str, object]:
    """Waived findings are in it as suppressed ones; those of other tools are their own tool's to upload."""
    ours = [finding for finding in report.findings if finding.tool == "apitool"]
    rules = {rule.id: index for index, rule in enumerate(RULES)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "apitool", "version": __version__, "rules": _rules()}},
                "results": [_result(finding, rules[finding.rule]) for finding in ours],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _rules() -> list[dict[str, object]]:
    return [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.why},
            "help": {"text": rule.cure},
            "defaultConfiguration": {"level": rule.severity.value},
        }
        for rule in RULES
    ]


def _result(finding: Finding, index: int) -> dict[str, object]:
    subject = f"{finding.rule}\0{finding.subject}\0{finding.address}"
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": f"{finding.subject}: {finding.what}. {finding.why} {finding.cure}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"subject/v1": hashlib.sha256(subject.encode()).hexdigest()},
    }
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    return result


def _location(finding: Finding) -> dict[str, object]:
    """Code scanning wants a file for every result; without a better one that is apitool.toml's first line."""
    place = finding.place
    uri = place.file.as_posix() if place else "apitool.toml"
    region = {"startLine": place.line, "startColumn": place.column} if place else {"startLine": 1}
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": region},
        "logicalLocations": [{"fullyQualifiedName": finding.address or finding.subject}],
    }
