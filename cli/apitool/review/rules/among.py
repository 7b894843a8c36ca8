"""What rules ask of a plan: which resources are made, changed, removed, and what is in their blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Verb
from apitool.terraform.document import at, mapping, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange


def made_or_changed(reviewed: Reviewed, *types: str) -> Iterator[ResourceChange]:
    verbs = {Verb.ADD, Verb.CHANGE, Verb.REPLACE}
    return (change for change in reviewed.plan.of_type(*types) if change.verb in verbs)


def changed(reviewed: Reviewed, *types: str) -> Iterator[ResourceChange]:
    """Those that were there and will be."""
    return (change for change in reviewed.plan.of_type(*types) if change.verb in {Verb.CHANGE, Verb.REPLACE})


def removed(reviewed: Reviewed, *types: str) -> Iterator[ResourceChange]:
    return (change for change in reviewed.plan.of_type(*types) if change.verb is Verb.REMOVE)


def name(reviewed: Reviewed, change: ResourceChange) -> str:
    """What the change set calls it; its address when it is not told."""
    told = (each.name for each in reviewed.changes.changes if each.address == change.address)
    return next(told, change.address)


def block(values: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The one block of that name, empty where there is none."""
    return mapping(next(iter(sequence(values.get(key))), None))


def after_block(change: ResourceChange, key: str) -> Mapping[str, object]:
    """The block after the apply; what the provider fills in then counts as staying."""
    after, unknown = block(change.after, key), block(change.unknown, key)
    before = block(change.before, key)
    filled_in = {name: before.get(name) for name, marked in unknown.items() if marked is True}
    return {**after, **filled_in}


def lost(change: ResourceChange, attribute: str) -> bool:
    """Whether something was there and will not be. What is known after the apply will be."""
    gone = not change.after.get(attribute) and not at(change.unknown, attribute)
    return bool(change.before.get(attribute)) and gone
