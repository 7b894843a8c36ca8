"""Whether the gateway may invoke the functions that routes lead to, by the permissions of a plan."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.changes import Reviewed
    from apitool.review.plan_document import ResourceChange
    from apitool.review.references import Side
    from apitool.review.route import Route

PERMISSION = "aws_lambda_permission"
GATEWAY = "apigateway.amazonaws.com"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def allowed(reviewed: Reviewed, route: Route, side: Side) -> bool:
    """Whether some permission lets the gateway invoke the route's function for it."""
    permissions = of_function(reviewed, route.target, side)
    return any(_allows(reviewed, permission, route, side) for permission in permissions)


def of_function(reviewed: Reviewed, function: str, side: Side) -> list[ResourceChange]:
    """Those for the gateway; one whose function is not known counts for all."""
    return [
        each
        for each in reviewed.plan.of_type(PERMISSION)
        if (each.before if side == "before" else each.after)
        and text((each.before if side == "before" else each.after).get("principal")) == GATEWAY
        and reviewed.links.functions.of(each) in {function, ""}
    ]


def _allows(reviewed: Reviewed, permission: ResourceChange, route: Route, side: Side) -> bool:
    values = permission.before if side == "before" else permission.after
    source = text(values.get("source_arn"))
    if not source:  # any API may; or which one is known after the apply
        return True
    api, _, rest = source.split(":", 5)[-1].partition("/")
    if not _same_api(reviewed, route, api, side):
        return False
    return not rest or any(
        fnmatchcase(spot, rest.replace("[", "[[]")) for spot in _spots(reviewed, route, rest)
    )


def _same_api(reviewed: Reviewed, route: Route, pattern: str, side: Side) -> bool:
    for api in reviewed.plan.of_type("aws_api_gateway_rest_api"):
        if api.address == route.identity:
            identity = text(_values(api, side).get("id"))
            return not identity or fnmatchcase(identity, pattern)
    return True


def _spots(reviewed: Reviewed, route: Route, pattern: str) -> Iterator[str]:
    """`stage/METHOD/path` of the calls there can be; a path parameter stands for itself and for a value."""
    stages = {text(each.after.get("stage_name")) for each in reviewed.plan.of_type("aws_api_gateway_stage")}
    stages = {stage for stage in stages if stage} or {pattern.partition("/")[0]}
    paths = {route.path, route.path.replace("{", "").replace("}", "").replace("+", "")}
    for stage in sorted(stages):
        for method in _METHODS if route.method == "ANY" else (route.method,):
            yield from (f"{stage}/{method}{path}" for path in sorted(paths))


def _values(change: ResourceChange, side: Side) -> Mapping[str, object]:
    return change.before if side == "before" else change.after
