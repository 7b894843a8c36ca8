"""The routes as a tree of path segments, each with what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.review.change import Change, Kind
from apitool.review.page import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.report import Report
    from apitool.review.route import Route


@dataclass
class _Node:
    """One segment. `rows`: HTML of what is at this path."""

    rows: list[str] = field(default_factory=list)
    below: dict[str, _Node] = field(default_factory=dict)

    def at(self, path: str) -> _Node:
        node = self
        for segment in path.strip("/").split("/") if path.strip("/") else ():
            node = node.below.setdefault(segment, _Node())
        return node


def render(report: Report) -> str:
    """All routes, those that go too; empty for a plan without any."""
    told = {change.name: change for change in report.changes.changes if change.kind is Kind.ROUTE}
    routes = {route.key: route for route in (*report.before, *report.routes)}
    apis: dict[str, _Node] = {}
    for key, route in sorted(routes.items(), key=lambda entry: (entry[1].path, entry[1].method)):
        change = told.get(report.told_as(key))
        apis.setdefault(route.api, _Node()).at(route.path).rows.append(_row(report, route, change))
    for preflight in report.preflights:
        change = next((each for each in report.changes.changes if _is_of(each, preflight.key)), None)
        if change is not None:
            apis.setdefault(preflight.api, _Node()).at(preflight.path).rows.append(_cors(report, change))
    return "".join(_api(name, root) for name, root in sorted(apis.items()))


def _is_of(change: Change, key: str) -> bool:
    return change.kind is Kind.CORS and change.name == key


def _api(name: str, root: _Node) -> str:
    title = f"<h3>{parts.said(name)}</h3>" if name else ""
    own = f'<li class="node"><span class="segment">/</span>{"".join(root.rows)}</li>' if root.rows else ""
    return f'{title}<ul class="tree">{own}{"".join(_nodes(root))}</ul>'


def _nodes(parent: _Node) -> Iterator[str]:
    for segment, node in sorted(parent.below.items()):
        name = segment
        while (
            not node.rows and len(node.below) == 1
        ):  # `/orders/{id}` on one line when nothing is at `/orders`
            ((more, node),) = node.below.items()  # noqa: PLW2901 - walking down is what the loop does
            name = f"{name}/{more}"
        below = "".join(_nodes(node))
        inner = f"<ul>{below}</ul>" if below else ""
        rows = "".join(node.rows)
        yield f'<li class="node"><span class="segment">{_segment(name)}</span>{rows}{inner}</li>'


def _segment(name: str) -> str:
    return "".join(
        f"/<i>{parts.said(part)}</i>" if part.startswith("{") else f"/{parts.said(part)}"
        for part in name.split("/")
    )


def _row(report: Report, route: Route, change: Change | None) -> str:
    """A line; what changed is below it, open where there is something to read."""
    facts = [parts.badge(route.method, "method")]
    if change is not None:
        facts.append(parts.verb_badge(change.verb))
    facts.append(parts.badge("open", "open") if route.is_open else parts.badge(_guard(route), "guard"))
    if route.target:
        facts.append(f'<span class="target">→ {parts.said(route.target)}</span>')
    if change is None:
        return f'<div class="row" data-risk="{parts.UNCHANGED}">{" ".join(facts)}</div>'
    return _changed(report, change, " ".join(facts))


def _cors(report: Report, change: Change) -> str:
    return _changed(
        report, change, f"{parts.badge('CORS', 'method options')} {parts.verb_badge(change.verb)}"
    )


def _changed(report: Report, change: Change, facts: str) -> str:
    worst = report.worst(change)
    flag = parts.badge(worst.value, worst.value) if worst else ""
    detail = parts.breaking(change) + parts.differences(change.differences)
    risk = parts.risk(change, worst)
    if not detail:
        return f'<div class="row" data-risk="{risk}">{facts} {flag}</div>'
    return f'<details class="row" data-risk="{risk}" open><summary>{facts} {flag}</summary>{detail}</details>'


def _guard(route: Route) -> str:
    key = "API key" if route.api_key else ""
    guard = "" if route.authorization == "NONE" else route.authorization
    return " + ".join(filter(None, (guard, key)))
