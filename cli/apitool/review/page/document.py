"""The whole page: headline, filter by risk, findings, route tree, other changes, routine."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from apitool import __version__
from apitool.review.change import Kind
from apitool.review.finding import Severity
from apitool.review.page import parts, tree

if TYPE_CHECKING:
    from apitool.review.change import Change
    from apitool.review.finding import Finding
    from apitool.review.report import Report

_FILTERS = (
    # what is checked, label, risks that stay
    ("all", "Everything", (parts.UNCHANGED, parts.CHANGED, "note", "warning", "error")),
    ("changes", "Changes", (parts.CHANGED, "note", "warning", "error")),
    ("notes", "Any risk", ("note", "warning", "error")),
    ("warnings", "Warnings and worse", ("warning", "error")),
    ("errors", "Errors", ("error",)),
)
_FIRST = "changes"
_POLICY = "default-src 'none'; style-src 'sha256-{}'"


def render(report: Report) -> str:
    """One file that shows itself in any browser, and runs nothing: a strict viewer of build artefacts too."""
    style = resources.files("apitool.review.page").joinpath("style.css").read_text(encoding="utf-8")
    style += _filter_rules()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = escape(report.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: {escape(report.headline)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_header(report)}\n<main>\n{_findings(report)}\n{_routes(report)}\n{_others(report)}\n"
        f"{_folded(report)}\n{_waived(report)}\n</main>\n"
        f"<footer>apitool {__version__}{_terraform(report)} · fingerprint "
        f"<code>{escape(report.fingerprint)}</code></footer>\n</body>\n</html>\n"
    )


def _terraform(report: Report) -> str:
    return f" · Terraform {escape(report.terraform)}" if report.terraform else ""


def _header(report: Report) -> str:
    counts = [
        parts.badge(f"{count} {severity}{'s' if count > 1 else ''}", severity.value)
        for severity in Severity
        if (count := sum(each.severity is severity for each in report.standing))
    ]
    if report.changes.breaking:
        counts.insert(0, parts.badge(f"{len(report.changes.breaking)} breaking for callers", "error"))
    filters = "".join(
        f'<input type="radio" name="risk" id="{name}"{" checked" if name == _FIRST else ""}>'
        f'<label for="{name}">{label}</label>'
        for name, label, _ in _FILTERS
    )
    return (
        f'<header><div><h1>{escape(report.title)}</h1><p class="headline">{escape(report.headline)}</p></div>'
        f'<div class="counts">{" ".join(counts) or parts.badge("nothing dangerous found", "good")}</div>'
        f'<fieldset class="filter"><legend>Show</legend>{filters}</fieldset></header>'
    )


def _filter_rules() -> str:
    """Hides by what is checked, without a script; a branch of the tree goes when nothing in it stays."""
    lines = []
    for name, _, stay in _FILTERS:
        wanted = ",".join(f'[data-risk="{risk}"]' for risk in stay)
        body = f"body:has(#{name}:checked)"
        lines += [
            f"{body} [data-risk]:not({wanted}){{display:none}}",
            f"{body} :is(.node,.group,.tree):not(:has({wanted})){{display:none}}",
            f"{body} section:has([data-risk]):not(:has({wanted}))>.nothing{{display:block}}",
        ]
    return "\n".join(lines)


_NOTHING = '<p class="nothing dim">Nothing here at this risk.</p>'


def _findings(report: Report) -> str:
    """One card for each rule: the reason and the cure are the same for all it was found on."""
    by_rule = groupby(report.standing, key=lambda each: (each.severity.rank, each.tool, each.rule))
    cards = "".join(_card(list(group)) for _, group in by_rule)
    return f"<section><h2>Findings</h2>{cards}{_NOTHING}</section>" if cards else ""


def _card(findings: list[Finding]) -> str:
    first = findings[0]
    tool = f" of {escape(first.tool)}" if first.tool != "apitool" else ""
    about = "".join(map(_about, findings))
    return (
        f'<article class="finding {first.severity}" data-risk="{first.severity}">'
        f"<h3>{parts.badge(first.severity.value, first.severity.value)} "
        f"<code>{escape(first.rule)}</code>{tool}</h3>"
        f"<ul>{about}</ul><dl><dt>Why</dt><dd>{parts.prose(first.why)}</dd>"
        f"<dt>Cure</dt><dd>{parts.prose(first.cure)}</dd></dl></article>"
    )


def _about(finding: Finding) -> str:
    place = f' <code class="dim">{escape(str(finding.place))}</code>' if finding.place else ""
    return f"<li><b>{escape(finding.subject)}</b> {escape(finding.what)}{place}</li>"


def _routes(report: Report) -> str:
    routes = tree.render(report)
    return f"<section><h2>Routes</h2>{routes}{_NOTHING}</section>" if routes else ""


def _others(report: Report) -> str:
    others = [change for change in report.changes.changes if change.kind not in {Kind.ROUTE, Kind.CORS}]
    groups = "".join(
        f'<div class="group"><h3>{escape(_titled(kind))}</h3>'
        f"{''.join(_other(report, each) for each in group)}</div>"
        for kind, group in groupby(others, key=lambda change: change.kind)
    )
    return f"<section><h2>Behind the routes</h2>{groups}{_NOTHING}</section>" if groups else ""


def _titled(kind: Kind) -> str:
    words = {"api": "API", "iam": "IAM", "url": "URL"}
    text = " ".join(words.get(word, word) for word in kind.split())
    return text[:1].upper() + text[1:]


def _other(report: Report, change: Change) -> str:
    worst = report.worst(change)
    flag = parts.badge(worst.value, worst.value) if worst else ""
    facts = f'{parts.verb_badge(change.verb)} <span class="name">{escape(change.name)}</span> {flag}'
    detail = parts.breaking(change) + parts.differences(change.differences)
    risk = parts.risk(change, worst)
    if not detail:
        return f'<div class="row" data-risk="{risk}">{facts}</div>'
    return f'<details class="row" data-risk="{risk}" open><summary>{facts}</summary>{detail}</details>'


def _folded(report: Report) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(address)}</th><td>{escape(why)}</td></tr>'
        for address, why in report.changes.folded
    )
    count = len(report.changes.folded)
    summary = f"{count} routine change{'s' if count > 1 else ''}"
    return _fold(summary, rows)


def _waived(report: Report) -> str:
    found = [finding for finding in report.findings if finding.waived]
    rows = "".join(
        f'<tr><th scope="row">{escape(f"{each.rule} {each.subject}")}</th><td>{escape(each.waived)}</td></tr>'
        for each in found
    )
    return _fold(f"{len(found)} waived", rows)


def _fold(summary: str, rows: str) -> str:
    if not rows:
        return ""
    return (
        f'<details class="fold"><summary>{summary}</summary>'
        f'<table class="plain"><tbody>{rows}</tbody></table></details>'
    )
