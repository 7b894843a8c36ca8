"""The objects a plan makes, in the plan's JSON (`Workspace.show`) and without it.

https://developer.hashicorp.com/terraform/internals/json-format#change-representation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.plan import Plan

REST_API = "aws_api_gateway_rest_api"
DEPLOYMENT = "aws_api_gateway_deployment"
TAGGED = (  # several may have one name: only their tags say whose they are
    "aws_api_gateway_api_key",
    "aws_api_gateway_client_certificate",
    "aws_api_gateway_usage_plan",
    "aws_api_gateway_vpc_link",
)


@dataclass(frozen=True, slots=True)
class PlannedObject:
    """`values` are what is planned, as far as it is known by now."""

    address: str
    type: str
    values: Mapping[str, object]


def to_create(details: Mapping[str, object]) -> Iterator[PlannedObject]:
    """What the plan would create, and not import."""
    for each in sequence(details.get("resource_changes")):
        change = at(each, "change")
        if at(change, "actions") == ["create"] and not at(change, "importing"):
            yield PlannedObject(
                text(at(each, "address")), text(at(each, "type")), mapping(at(change, "after"))
            )


def creates(plan: Plan, resource_type: str) -> bool:
    """Whether the plan makes an object of a type; known without the plan's JSON."""
    return any(
        change.resource.type == resource_type and change.action in {"create", "replace"}
        for change in plan.changes
    )
