"""Pieces of the page. Every text goes through `said` or `escape`; none stands in an attribute."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.review.change import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.review.change import Change, Difference
    from apitool.review.finding import Severity

UNCHANGED, CHANGED = "unchanged", "changed"  # risks beside the severities: what the filter knows
_VERBS = {
    Verb.ADD: ("added", "+"),
    Verb.CHANGE: ("changed", "~"),
    Verb.REPLACE: ("made anew", "±"),
    Verb.REMOVE: ("removed", "-"),
}


def said(text: str) -> str:
    """Text of the plan's as HTML: one line, nothing hidden or moving, no markup."""
    return escape(shown.line(text))


def prose(text: str) -> str:
    """A rule's sentence, with its `code`; an odd backtick is text."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return "".join(
        f"<code>{escape(piece)}</code>" if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )


def badge(text: str, kind: str = "") -> str:
    return f'<span class="badge {kind}">{said(text)}</span>'


def verb_badge(verb: Verb) -> str:
    word, sign = _VERBS[verb]
    return f'<span class="badge verb {verb.name.lower()}"><b aria-hidden="true">{sign}</b> {word}</span>'


def risk(change: Change, worst: Severity | None) -> str:
    """What the filter goes by: the worst finding, at least a warning when callers notice."""
    if change.breaking and (worst is None or worst == "note"):
        return "warning"
    return worst.value if worst else CHANGED


def differences(found: Iterable[Difference]) -> str:
    rows = "".join(map(_difference, found))
    columns = '<colgroup><col class="what"><col><col class="arrow"><col></colgroup>'
    return f'<table class="diff">{columns}<tbody>{rows}</tbody></table>' if rows else ""


def _difference(found: Difference) -> str:
    if found.before is None and found.after is None:
        return f'<tr><th scope="row">{escape(found.name)}</th><td colspan="3" class="dim">changed</td></tr>'
    head = f'<tr><th scope="row">{escape(found.name)}</th>'
    now = '<span class="dim">none</span>' if found.after is None else f"<ins>{escape(found.after)}</ins>"
    if found.before is None:
        return f'{head}<td colspan="3">{now}</td></tr>'
    arrow = '<td class="arrow" aria-label="becomes">→</td>'
    return f"{head}<td><del>{escape(found.before)}</del></td>{arrow}<td>{now}</td></tr>"


def breaking(change: Change) -> str:
    if not change.breaking:
        return ""
    return f'<p class="breaking"><b>Breaking for callers</b> {escape(change.breaking)}</p>'
