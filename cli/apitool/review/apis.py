"""Which RestApi a resource of a plan belongs to, and what to call it where there are several."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from apitool.review import shown
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.review.plan_document import PlanDocument, ResourceChange
    from apitool.review.references import References, Side

REST_API = "aws_api_gateway_rest_api"
_PARTS = ("aws_api_gateway_resource", "aws_api_gateway_method", "aws_api_gateway_deployment")


class Apis:
    """The APIs of one plan. An API's identity is its address, or its id where the plan does not manage it."""

    def __init__(self, plan: PlanDocument, before: References, after: References) -> None:
        self._references: Mapping[Side, References] = {"before": before, "after": after}
        managed = plan.of_type(REST_API)
        names = {each.address: text((each.after or each.before).get("name")) for each in managed}
        taken = Counter(names.values())
        self._labels = {
            address: name if name and taken[name] == 1 else address for address, name in names.items()
        }
        others = {self.of(each, _side(each)) for each in plan.of_type(*_PARTS)} - names.keys() - {""}
        self.several = len(names) + len(others) > 1

    def of(self, change: ResourceChange, side: Side) -> str:
        """The identity of the API that `change` is, or is part of."""
        if change.type == REST_API:
            return change.address
        target = self._references[side].target(change, "rest_api_id", (REST_API,))
        values = change.before if side == "before" else change.after
        return target.address if target else text(values.get("rest_api_id"))

    def name(self, identity: str) -> str:
        """What the API is called."""
        return shown.line(self._labels.get(identity, identity)) or "the API"

    def label(self, identity: str) -> str:
        """How a route's name tells its API apart; empty where there is only one."""
        return self.name(identity) if self.several else ""


def _side(change: ResourceChange) -> Side:
    return "after" if change.after else "before"
