"""Findings of other tools, from the SARIF 2.1.0 they write (checkov, trivy, semgrep, …)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import Place, UsageError
from apitool.review import shown
from apitool.review.finding import Finding, Severity
from apitool.terraform.document import at, mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}
_PASSED = {"pass", "notApplicable", "informational", "open", "review"}


def read(document: object, name: str) -> tuple[Finding, ...]:
    """The failed results of all its runs. `name`: the file's, for the error.

    Raises:
        UsageError: it is no SARIF 2.1.0.
    """
    version, runs = at(document, "version"), at(document, "runs")
    if version != "2.1.0" or not isinstance(runs, list):
        seen = f"version {text(version) or 'missing'}, runs {'there' if runs is not None else 'missing'}"
        raise UsageError(f"`{name}` is not SARIF 2.1.0", seen=seen, fix="let the tool write SARIF 2.1.0")
    return tuple(finding for run in runs for finding in _run(run))


def _run(run: object) -> Iterator[Finding]:
    driver = mapping(at(run, "tool", "driver"))
    tool = shown.line(text(driver.get("name"))) or "another tool"
    rules = [mapping(rule) for rule in sequence(driver.get("rules"))]
    by_id = {text(rule.get("id")): rule for rule in rules}
    for result in map(mapping, sequence(at(run, "results"))):
        if result.get("kind") in _PASSED or result.get("level") == "none":
            continue
        yield _finding(result, _rule(result, rules, by_id), tool)


def _rule(
    result: Mapping[str, object], rules: list[Mapping[str, object]], by_id: Mapping[str, Mapping[str, object]]
) -> Mapping[str, object]:
    identity = text(result.get("ruleId")) or text(at(result, "rule", "id"))
    index = result.get("ruleIndex")
    if identity not in by_id and isinstance(index, int) and 0 <= index < len(rules):
        return rules[index]
    return by_id.get(identity, {"id": identity})


def _finding(result: Mapping[str, object], rule: Mapping[str, object], tool: str) -> Finding:
    message = _line(at(result, "message", "text"))
    place = _place(result)
    why = _line(at(rule, "fullDescription", "text")) or _line(at(rule, "shortDescription", "text")) or message
    return Finding(
        rule=shown.line(text(rule.get("id"))) or "unnamed",
        severity=_severity(result, rule),
        subject=_subject(result) or (str(place) if place else tool),
        what=message or why,
        why=why,
        cure=_line(rule.get("helpUri")) or _line(at(rule, "help", "text")) or f"See {tool}'s documentation.",
        place=place,
        waived=_suppressed(result, tool),
        tool=tool,
    )


def _severity(result: Mapping[str, object], rule: Mapping[str, object]) -> Severity:
    level = result.get("level") or at(rule, "defaultConfiguration", "level")
    return _LEVELS.get(text(level), Severity.WARNING)  # the standard's own default


def _suppressed(result: Mapping[str, object], tool: str) -> str:
    """Somebody accepted it in that tool's own way."""
    for suppression in sequence(result.get("suppressions")):
        if at(suppression, "status") not in {"underReview", "rejected"}:
            return _line(at(suppression, "justification")) or f"suppressed for {tool}"
    return ""


def _subject(result: Mapping[str, object]) -> str:
    for location in sequence(result.get("locations")):
        for logical in sequence(at(location, "logicalLocations")):
            if name := text(at(logical, "fullyQualifiedName")) or text(at(logical, "name")):
                return shown.line(name)
    return ""


def _place(result: Mapping[str, object]) -> Place | None:
    for location in sequence(result.get("locations")):
        physical = mapping(at(location, "physicalLocation"))
        uri = text(at(physical, "artifactLocation", "uri")).removeprefix("file://")
        if uri:
            region = mapping(physical.get("region"))
            line, column = number(region.get("startLine")), number(region.get("startColumn"))
            return Place(Path(shown.line(uri)), max(line, 1), max(column, 1))
    return None


def _line(value: object) -> str:
    return shown.line(text(value))
