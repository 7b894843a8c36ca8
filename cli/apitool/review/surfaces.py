"""What callers see before and after a plan, from an OpenAPI body and explicit resources alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import body_routes, explicit_routes
from apitool.review.route import Surface
from apitool.terraform.document import at, mapping, text

if TYPE_CHECKING:
    from apitool.review.explicit_routes import Side
    from apitool.review.plan_document import PlanDocument

_REST_API = "aws_api_gateway_rest_api"


def of(plan: PlanDocument, side: Side) -> Surface:
    explicit = explicit_routes.surface(plan, side, lambda name: function_key(plan, name))
    routes, preflights = dict(explicit.routes), dict(explicit.preflights)
    for change in plan.of_type(_REST_API):
        values = change.before if side == "before" else change.after
        found = body_routes.surface(values.get("body"), change.address, lambda name: function_key(plan, name))
        if found is not None:
            routes |= found.routes
            preflights |= found.preflights
    return Surface(routes, preflights)


def function_key(plan: PlanDocument, name: str) -> str:
    """The key in apitool.toml of a function, by its name on AWS; the name where there is no such key."""
    for key, function in mapping(plan.variables.get("functions")).items():
        if at(function, "name") == name:
            return key
    return name.removeprefix(f"{text(at(plan.variables, 'api', 'name'))}-")
