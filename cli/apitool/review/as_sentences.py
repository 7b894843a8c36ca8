"""A change set in a line a change, for who is about to apply it: `+ GET /health → orders`.

Left out is what comes or goes with something told: a new function's role and log group, a stage's settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import addresses
from apitool.review.change import Kind, Verb
from apitool.visible import visible_line

if TYPE_CHECKING:
    from apitool.review.change import Change, ChangeSet

_OF_FUNCTION = {Kind.IAM, Kind.PERMISSION, Kind.LOG_GROUP}
_OF_STAGE = {Kind.SETTINGS, Kind.LOG_GROUP}
_COMES_OR_GOES = {Verb.ADD, Verb.REPLACE, Verb.REMOVE}


def render(changes: ChangeSet) -> list[str]:
    """One a change; `no changes` when there is none."""
    told = brief(changes)
    if told:
        return [sentence(change) for change in told]
    behind = len(changes.folded) + len(changes.changes)
    if behind:
        return [f"~ {behind} resource{'s' if behind > 1 else ''} behind the API"]
    return ["no changes"]


def brief(changes: ChangeSet) -> tuple[Change, ...]:
    """The changes without those that follow from another."""
    functions = {
        (addresses.key(each.address), each.verb) for each in changes.changes if each.kind is Kind.FUNCTION
    }
    stages = {each.verb for each in changes.changes if each.kind is Kind.STAGE} & _COMES_OR_GOES
    return tuple(
        each
        for each in changes.changes
        if not (each.kind in _OF_FUNCTION and (addresses.key(each.address), each.verb) in functions)
        and not (each.kind in _OF_STAGE and stages)
        and not (each.kind is Kind.LOG_GROUP and each.verb is Verb.ADD)
    )


def sentence(change: Change) -> str:
    details = [each.text for each in change.differences]
    arrow = ""
    if change.verb is Verb.ADD:  # what it will be is for the review
        leads_to = change.difference("leads to")
        arrow, details = f" → {leads_to.after}" if leads_to else "", []
    words = f": {', '.join(details)}" if details else ""
    return visible_line(f"{change.verb} {change.title}{arrow}{words}")


def data(changes: ChangeSet) -> list[dict[str, object]]:
    """The same for `-o json`."""
    return [
        {
            "action": change.verb.name.lower(),
            "kind": change.kind.value,
            "name": change.name,
            "details": [each.text for each in change.differences],
            "breaking": change.breaking,
            "destructive": change.destructive,
        }
        for change in brief(changes)
    ]
