"""The routes that a new OpenAPI body adds, changes and removes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.terraform import openapi_routes
from apitool.terraform.change import Change, Kind, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.openapi_routes import Body
    from apitool.terraform.plan_facts import PlanFacts


def between(old: Body | None, new: Body | None, facts: PlanFacts) -> Iterator[Change]:
    """`old` None: a new API. `new` None: nothing is known of it before the apply."""
    if new is None:
        return
    before = old.routes if old else {}
    for route in before.keys() | new.routes.keys():
        yield from _route(route, before.get(route), new.routes.get(route), facts)
    if old is not None and _preflight_differs(old, new):
        yield Change(_verb(old.preflight, new.preflight), Kind.CORS, "preflight")


def rest(old: Body, new: Body) -> tuple[str, ...]:
    """What else differs between the bodies: `binary media types`, `gateway responses`, `info`, …"""
    keys = old.rest.keys() | new.rest.keys()
    changed = {key for key in keys if old.rest.get(key) != new.rest.get(key)}
    return tuple(sorted(key.removeprefix("x-amazon-apigateway-").replace("-", " ") for key in changed))


def _route(
    route: str, before: Mapping[str, object] | None, after: Mapping[str, object] | None, facts: PlanFacts
) -> Iterator[Change]:
    function = openapi_routes.function_of(after or before or {})
    leads_to = facts.function_key(function) if function else None
    if before is None or after is None:
        yield Change(Verb.ADD if before is None else Verb.REMOVE, Kind.ROUTE, route, function=leads_to)
    elif before != after:
        moved = openapi_routes.function_of(before) != function
        details = openapi_routes.differences(before, after)
        yield Change(Verb.CHANGE, Kind.ROUTE, route, details, leads_to if moved else None)


def _preflight_differs(old: Body, new: Body) -> bool:
    """On paths that keep their methods: else it follows from the routes, being the list of them."""
    kept = {path for path in old.paths.keys() & new.paths.keys() if old.paths[path] == new.paths[path]}
    return any(old.preflight.get(path) != new.preflight.get(path) for path in kept)


def _verb(before: Mapping[str, object], after: Mapping[str, object]) -> Verb:
    if not before:
        return Verb.ADD
    return Verb.CHANGE if after else Verb.REMOVE
