"""A review as the Markdown of a comment: warnings first, tables, the routine folded, never too long.

GitHub takes 65,536 characters. What does not fit is left out by whole blocks, and the comment says so.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.change import Change
    from apitool.review.finding import Finding
    from apitool.review.report import Report

LONGEST = 65_536  # characters of a comment on GitHub
_RESERVE = 600  # characters for the closing lines
MARK = "<!-- apitool-review"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&$])")
_SIGNS = {"error": "🔴", "warning": "🟠", "note": "🔵"}


def mark(report: Report) -> str:
    """What all comments of this review start with: one a title, so that `dev` and `prod` differ."""
    title = re.sub(r"-{2,}", "-", re.sub(r"[^\w./:-]", "-", report.title))
    return f"{MARK} title={title} "


def header(report: Report) -> str:
    """The hidden first line: how the comment is found again, and what it was about."""
    return f"{mark(report)}fingerprint={report.fingerprint} -->"


def render(report: Report, longest: int = LONGEST) -> str:
    """At most `longest` characters."""
    text = f"{header(report)}\n### {_escaped(report.title)}: {_escaped(report.headline)}\n"
    closing = f"\n<sub>fingerprint `{report.fingerprint}`</sub>\n"
    left_out = 0
    room = longest - len(closing) - _RESERVE
    for block in _blocks(report):
        if len(text) + len(block) > room:
            left_out += 1
        else:
            text += block
    if left_out:
        text += f"\n> [!CAUTION]\n> Too long for a comment: {left_out} parts are left out. "
        text += "`apitool review` shows all.\n"
    return text + closing


def _blocks(report: Report) -> Iterator[str]:
    """Each stands alone: any of them can be left out, and no table or fold is cut."""
    by_rule = groupby(
        report.standing, key=lambda finding: (finding.severity.rank, finding.tool, finding.rule)
    )
    for _, group in by_rule:
        yield _rule(list(group))
    for _, changes in groupby(report.changes.changes, key=lambda change: change.kind):
        yield from _tables(list(changes))
    if report.changes.folded:
        rows = (f"| `{_code(address)}` | {_escaped(why)} |" for address, why in report.changes.folded)
        yield from _folded(f"{len(report.changes.folded)} routine changes", "| resource | why |", list(rows))
    waived = [finding for finding in report.findings if finding.waived]
    if waived:
        rows = (
            f"| {_escaped(each.subject)} | {_escaped(f'{each.rule}: {each.waived}')} |" for each in waived
        )
        yield from _folded(f"{len(waived)} waived", "| finding | reason |", list(rows))


def _rule(findings: list[Finding]) -> str:
    first = findings[0]
    lines = [f"\n{_SIGNS[first.severity]} **{first.severity}** `{_code(first.rule)}` {_prose(first.why)}"]
    most = 20  # subjects of one rule; the rest is counted
    for finding in findings[:most]:
        place = f" ({_escaped(str(finding.place))})" if finding.place else ""
        lines.append(f"* **{_escaped(finding.subject)}**: {_escaped(finding.what)}{place}")
    if len(findings) > most:
        lines.append(f"* and {len(findings) - most} more")
    return "\n".join([*lines, "", f"Cure: {_prose(first.cure)}", ""])


_ROWS = 40  # rows of one table: a block that does not fit is left out as a whole


def _tables(changes: list[Change]) -> Iterator[str]:
    for start in range(0, len(changes), _ROWS):
        rows = "".join(map(_row, changes[start : start + _ROWS]))
        yield f"\n| | {_escaped(changes[0].kind)} | change |\n|---|---|---|\n{rows}"


def _row(change: Change) -> str:
    details = "<br>".join(_escaped(difference.text) for difference in change.differences)
    if change.breaking:
        details = f"⚠️ **breaking**: {_escaped(change.breaking)}{'<br>' if details else ''}{details}"
    return f"| {change.verb} | {_escaped(change.name)} | {details} |\n"


def _folded(summary: str, head: str, rows: list[str]) -> Iterator[str]:
    for start in range(0, len(rows), _ROWS):
        part = "\n".join(rows[start : start + _ROWS])
        more = " (more)" if start else ""
        yield f"\n<details><summary>{summary}{more}</summary>\n\n{head}\n|---|---|\n{part}\n\n</details>\n"


def _escaped(text: str) -> str:
    """Foreign text as text: no link, no mention, no table cell of its own."""
    return (
        _SPECIAL.sub(r"\\\1", text)
        .replace("\\@", "&#64;")
        .replace("\\&", "&amp;")
        .replace("\\<", "&lt;")
        .replace("\\|", "&#124;")
    )


def _prose(text: str) -> str:
    """A rule's sentence, with its `code`; an odd backtick is text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _escaped(text)
    return "".join(
        f"`{_code(part)}`" if index % 2 and part.strip() else _escaped(part)
        for index, part in enumerate(parts)
    )


def _code(text: str) -> str:
    return text.replace("`", "'").replace("|", "&#124;")
