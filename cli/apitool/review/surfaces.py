"""What callers see before and after a plan, from OpenAPI bodies and explicit resources alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import body_routes
from apitool.review.explicit_routes import ExplicitRoutes
from apitool.review.route import Surface

if TYPE_CHECKING:
    from apitool.review.links import Links
    from apitool.review.plan_document import PlanDocument
    from apitool.review.references import Side

_WITH_BODY = ("aws_api_gateway_rest_api", "aws_api_gateway_rest_api_put")


def of(plan: PlanDocument, side: Side, links: Links) -> Surface:
    explicit = ExplicitRoutes(plan, side, links.on(side), links.apis, links.functions).surface()
    routes, preflights = dict(explicit.routes), dict(explicit.preflights)
    for change in plan.of_type(*_WITH_BODY):
        values = change.before if side == "before" else change.after
        label = links.apis.label(links.apis.of(change, side))
        found = body_routes.surface(values.get("body"), change, label, links.functions)
        if found is not None:
            routes |= found.routes
            preflights |= found.preflights
    return Surface(routes, preflights)
