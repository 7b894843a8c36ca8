"""The path of a resource of API Gateway, put together from its parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.apis import REST_API
from apitool.terraform.document import mapping, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.review.plan_document import PlanDocument, ResourceChange
    from apitool.review.references import References, Side

RESOURCE = "aws_api_gateway_resource"
_DEEPEST = 30  # levels of resources; more is a loop
SOMEWHERE = "…"  # a part of a path that neither ids nor the configuration tell


class ResourcePaths:
    """On one side of a plan."""

    def __init__(self, plan: PlanDocument, side: Side, references: References) -> None:
        self._side = side
        self._references = references
        self._known = {
            text(values.get("id")): text(values.get("path"))
            for address, values in plan.data.items()
            if f"data.{RESOURCE}." in address
        }
        roots = [text(values.get("root_resource_id")) for values in plan.data.values()]
        for api in plan.of_type(REST_API):
            roots += [text(values.get("root_resource_id")) for values in (api.before, api.after)]
        self._known |= dict.fromkeys(filter(None, roots), "/")

    def of(self, change: ResourceChange, attribute: str, depth: int = 0) -> str:
        """The path of the resource that `attribute` names. `…` stands for what is not known."""
        values = self._values(change)
        identity = text(values.get(attribute))
        if identity in self._known:
            return self._known[identity]
        resource = self._references.target(change, attribute, (RESOURCE, REST_API))
        if resource is not None and resource.type == RESOURCE and depth < _DEEPEST:
            return self._of_resource(resource, depth)
        if resource is not None or self._references.refers_to_root(change, attribute):
            return "/"
        return f"/{SOMEWHERE}{identity}"

    def _of_resource(self, resource: ResourceChange, depth: int) -> str:
        parent = self.of(resource, "parent_id", depth + 1)
        own = text(self._values(resource).get("path"))
        if SOMEWHERE in parent and own:
            return own
        return f"{parent.rstrip('/')}/{text(self._values(resource).get('path_part'))}"

    def _values(self, change: ResourceChange) -> Mapping[str, object]:
        return mapping(change.before if self._side == "before" else change.after)
