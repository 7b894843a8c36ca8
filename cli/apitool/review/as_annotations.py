"""The findings as workflow commands of GitHub Actions, which puts them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.review.finding import Finding
    from apitool.review.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> str:
    return "\n".join(_command(finding) for finding in report.standing)


def _command(finding: Finding) -> str:
    properties = {"title": f"apitool {finding.rule}"}
    if finding.place:
        properties |= {"file": finding.place.file.as_posix(), "line": str(finding.place.line)}
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _data(f"{finding.subject}: {finding.what}. {finding.cure}")
    return f"::{_COMMANDS[finding.severity]} {given}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
