"""The objects in a plan's JSON (`Workspace.show`): which are new, which are tainted, which a state knows.

https://developer.hashicorp.com/terraform/internals/json-format#change-representation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlannedObject:
    """`values` are what is planned, as far as it is known by now. `id` is empty for what is to be created.

    `tainted`: its creation was broken off, and the plan replaces it for that. `deposed`: it was replaced, is
    still there and goes.
    """

    address: str
    type: str
    values: Mapping[str, object]
    id: str
    created: bool
    imported: bool
    tainted: bool
    deposed: bool


def objects(details: Mapping[str, object]) -> list[PlannedObject]:
    """Everything the plan is about, what does not change too."""
    return [_object(mapping(each)) for each in sequence(details.get("resource_changes"))]


def _object(each: Mapping[str, object]) -> PlannedObject:
    change = mapping(each.get("change"))
    imported = text(at(change, "importing", "id"))
    return PlannedObject(
        address=text(each.get("address")),
        type=text(each.get("type")),
        values=mapping(change.get("after")),
        id=text(at(change, "before", "id")) or imported,
        created=change.get("actions") == ["create"] and not imported,
        imported=bool(imported),
        tainted=each.get("action_reason") == "replace_because_tainted",
        deposed="deposed" in each,
    )
