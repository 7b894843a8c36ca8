"""Findings as text, as JSON, as GitHub's annotations, as SARIF 2.1.0."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from apitool.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apitool.check.finding import Finding

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(findings: Sequence[Finding]) -> str:
    if not findings:
        return "nothing found"
    errors = sum(each.severity == "error" for each in findings)
    lines = [line for each in findings for line in (*_text(each), "")]
    return "\n".join([*lines, f"{errors} errors, {len(findings) - errors} warnings"])


def as_json(findings: Sequence[Finding]) -> str:
    return json.dumps(data(findings), indent=2, ensure_ascii=False)


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands: GitHub shows them at the lines of a pull request."""
    return "\n".join(_annotation(each) for each in findings)


def as_sarif(findings: Sequence[Finding]) -> str:
    rules = sorted({each.rule for each in findings})
    driver = {"name": "apitool check", "rules": [{"id": rule} for rule in rules]}
    run = {"tool": {"driver": driver}, "results": [_result(each) for each in findings]}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def data(findings: Sequence[Finding]) -> dict[str, Any]:
    return {"findings": [asdict(each) for each in findings]}


def _text(finding: Finding) -> list[str]:
    about = f"{finding.about}: " if finding.about else ""
    doubt = "" if finding.recorded else " (not recorded on AWS; judged strictly)"
    lines = [f"{finding.severity}: {visible(about + finding.what)}{doubt}  [{finding.rule}]"]
    if finding.file:
        place = ":".join(
            str(part) for part in (finding.file, finding.line, finding.column) if part is not None
        )
        lines.append(f"  --> {visible(place)}")
    lines += [f"  seen: {visible(finding.seen)}"] if finding.seen else []
    return lines + ([f"  fix:  {visible(finding.fix)}"] if finding.fix else [])


def _annotation(finding: Finding) -> str:
    places = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.rule}
    given = ",".join(f"{name}={_property(str(text))}" for name, text in places.items() if text is not None)
    return f"::{finding.severity} {given}::{_message(_sentence(finding))}"


def _result(finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": _sentence(finding)},
    }
    if finding.file:
        location: dict[str, Any] = {"artifactLocation": {"uri": finding.file}}
        if finding.line:
            location["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _sentence(finding: Finding) -> str:
    about = f"{finding.about}: " if finding.about else ""
    seen = f" Seen: {finding.seen}." if finding.seen else ""
    return f"{about}{finding.what}.{seen}" + (f" {finding.fix}." if finding.fix else "")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
