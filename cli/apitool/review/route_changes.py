"""The routes and CORS answers that appear, vanish and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import shown, validation
from apitool.review.change import Change, Difference, Kind, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.route import Preflight, Route, Surface

_FIELDS = (
    # attribute of Route, word, unit
    ("authorization", "authorization", ""),
    ("api_key", "API key", ""),
    ("scopes", "scopes", ""),
    ("target", "leads to", ""),
    ("integration", "integration", ""),
    ("integration_method", "integration method", ""),
    ("timeout_ms", "timeout", " ms"),
    ("validation", "validation", ""),
)
_CORS_FIELDS = ("origin", "credentials", "methods", "headers")


def between(before: Surface, after: Surface) -> Iterator[Change]:
    for key in before.routes.keys() | after.routes.keys():
        yield from _route(before.routes.get(key), after.routes.get(key))
    for key in before.preflights.keys() | after.preflights.keys():
        yield from _cors(before.preflights.get(key), after.preflights.get(key), before, after)


def _route(old: Route | None, new: Route | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change(Verb.ADD, Kind.ROUTE, shown.line(new.key), tuple(_of_new(new)), new.address)
    elif new is None and old is not None:
        why = "the route is gone"
        yield Change(Verb.REMOVE, Kind.ROUTE, shown.line(old.key), (), old.address, breaking=why)
    elif old is not None and new is not None and (found := tuple(_differences(old, new))):
        why = _breaks(old, new)
        yield Change(Verb.CHANGE, Kind.ROUTE, shown.line(new.key), found, new.address, breaking=why)


def _of_new(route: Route) -> Iterator[Difference]:
    """What a reader wants to know of a new route: who may call it, and where it leads."""
    yield Difference("authorization", None, shown.value(route.authorization))
    if route.api_key:
        yield Difference("API key", None, "on")
    if route.target:
        yield Difference("leads to", None, shown.value(route.target))
    if route.integration != "AWS_PROXY":
        yield Difference("integration", None, shown.value(route.integration) or shown.UNKNOWN)


def _differences(old: Route, new: Route) -> Iterator[Difference]:
    for attribute, word, unit in _FIELDS:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield Difference(word, shown.value(before, unit) or "none", shown.value(after, unit) or "none")
    for name in sorted(old.definition.keys() | new.definition.keys()):
        if old.definition.get(name) != new.definition.get(name):
            yield Difference(shown.line(name))


def _breaks(old: Route, new: Route) -> str:
    """Why a caller of today may get another answer; the first reason there is."""
    reasons = (
        (new.authorization not in {old.authorization, "NONE"}, "callers have to authorize another way"),
        (new.api_key and not old.api_key, "callers need an API key"),
        (new.scopes not in {old.scopes, ""}, "callers need other scopes"),
        (old.integration != new.integration, "requests and answers have another shape"),
        (old.integration_method != new.integration_method, "the integration is called by another method"),
        (validation.lowered(new.validation, old.validation), "requests are validated"),
        (new.timeout_ms < old.timeout_ms, "slow answers become a 504"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _cors(old: Preflight | None, new: Preflight | None, before: Surface, after: Surface) -> Iterator[Change]:
    """A preflight that comes or goes with its path, or only lists the path's methods, is no news."""
    either = new or old
    if either is None:
        return
    was_there, is_there = _methods(before, either), _methods(after, either)
    same_methods = was_there == is_there
    if not same_methods and (old is None or new is None) and not (was_there and is_there):
        return
    fields = [name for name in _CORS_FIELDS if same_methods or name != "methods"]
    found = tuple(
        Difference(name, shown.value(was), shown.value(now))
        for name in fields
        if (was := getattr(old, name, "")) != (now := getattr(new, name, ""))
    )
    if found:
        verb = Verb.ADD if old is None else Verb.REMOVE if new is None else Verb.CHANGE
        why = "browsers of other origins are refused" if new is None else ""
        yield Change(verb, Kind.CORS, shown.line(either.key), found, either.address, breaking=why)


def _methods(surface: Surface, spot: Preflight) -> set[str]:
    routes = surface.routes.values()
    return {route.method for route in routes if (route.path, route.api) == (spot.path, spot.api)}
