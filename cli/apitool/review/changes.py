"""A plan as a change set in API words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.review import resource_changes, route_changes, surfaces
from apitool.review.change import Change, ChangeSet, Difference, Kind, Verb
from apitool.review.links import Links
from apitool.terraform.document import at, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from apitool.review.plan_document import PlanDocument
    from apitool.review.route import Surface


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A plan, what callers see before and after it, and what changes."""

    plan: PlanDocument
    before: Surface
    after: Surface
    changes: ChangeSet
    links: Links


def of(plan: PlanDocument) -> Reviewed:
    links = Links(plan)
    before, after = surfaces.of(plan, "before", links), surfaces.of(plan, "after", links)
    told, folded = resource_changes.of(plan, links)
    told += route_changes.between(before, after)
    told += _outputs(plan) if not told and not folded else ()
    return Reviewed(plan, before, after, ordered(told, folded), links)


def ordered(told: Iterable[Change], folded: Iterable[tuple[str, str]]) -> ChangeSet:
    return ChangeSet(tuple(sorted(told, key=_place)), tuple(sorted(folded)))


def _outputs(plan: PlanDocument) -> Iterator[Change]:
    """Only when nothing else changes: else they follow from it. Never their values."""
    for name, change in plan.outputs.items():
        if sequence(at(change, "actions")) != ["no-op"]:
            yield Change(Verb.CHANGE, Kind.OUTPUT, name, (Difference("value"),))


def _place(change: Change) -> tuple[int, str, str, str]:
    method, _, path = change.name.partition(" ")
    ordered = (path, method) if change.kind is Kind.ROUTE else (change.name, "")
    return (list(Kind).index(change.kind), *ordered, change.address)
