"""Which resource an attribute refers to: by its id, or by the configuration when the id is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from apitool.review import addresses
from apitool.review.expressions import Expressions
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.plan_document import PlanDocument, ResourceChange

Side = Literal["before", "after"]


class References:
    """On one side of a plan: ids of `before`, or of `after` with the configuration's expressions."""

    def __init__(self, plan: PlanDocument, side: Side) -> None:
        self._by_address = {change.address: change for change in plan.changes}
        self._by_bare: dict[str, list[ResourceChange]] = {}
        self._side = side
        self._by_id: dict[str, ResourceChange] = {}
        for change in plan.changes:
            self._by_bare.setdefault(addresses.bare(change.address), []).append(change)
            identity = text((change.before if side == "before" else change.after).get("id"))
            if identity and change.type.startswith("aws_api_gateway_"):
                self._by_id.setdefault(identity, change)
        self._expressions = Expressions(plan.configuration)

    def target(
        self, change: ResourceChange, attribute: str, types: tuple[str, ...] = ()
    ) -> ResourceChange | None:
        """None when it refers to nothing of the plan, e.g. to another state. `types`: only those."""
        values = change.before if self._side == "before" else change.after
        if identity := text(values.get(attribute)):
            return self._by_id.get(identity)
        if change.unknown.get(attribute) is not True:
            return None
        found = self._by_expression(change, attribute)
        return next((each for each in found if not types or each.type in types), None)

    def refers_to_root(self, change: ResourceChange, attribute: str) -> bool:
        """Whether the configuration says `….root_resource_id`, of whatever API."""
        found = self._expressions.referenced(change.address, attribute)
        return any(reference.endswith(".root_resource_id") for reference in found)

    def _by_expression(self, change: ResourceChange, attribute: str) -> Iterator[ResourceChange]:
        """The instance with the same key first: `for_each` over the same map pairs them."""
        index = addresses.own_index(change.address)
        for reference in self._expressions.referenced(change.address, attribute):
            bare = addresses.bare(reference)
            for candidate in (reference, f"{reference.removesuffix(addresses.own_index(reference))}{index}"):
                if target := self._by_address.get(candidate):
                    yield target
            instances = self._by_bare.get(bare, [])
            for fitting in (_alike(instances, change), instances):
                if len(fitting) == 1:
                    yield fitting[0]


def _alike(instances: list[ResourceChange], change: ResourceChange) -> list[ResourceChange]:
    """Those of the same module or with the same key: maps of modules and resources go in step."""
    module, key = addresses.module_of(change.address), addresses.key(change.address)
    return [
        each
        for each in instances
        if addresses.module_of(each.address) == module or (key and addresses.key(each.address) == key)
    ]
