"""Rules about the functions behind the routes: whether they are there, run, and answer in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from apitool.review.change import Verb
from apitool.review.finding import Severity
from apitool.review.functions import FUNCTION
from apitool.review.rules import among
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.review.changes import Reviewed
    from apitool.review.route import Route, Surface

_GATEWAY_MS = 29_000  # milliseconds the gateway waits at most, unless the account's quota was raised
# The day AWS ends support, from "Lambda runtimes" in its developer guide; after it nothing is patched.
_SUPPORT_ENDS = {
    "dotnet6": date(2024, 12, 20),
    "dotnetcore3.1": date(2023, 4, 3),
    "go1.x": date(2024, 1, 8),
    "java8": date(2024, 1, 8),
    "nodejs12.x": date(2023, 3, 31),
    "nodejs14.x": date(2023, 12, 4),
    "nodejs16.x": date(2024, 6, 12),
    "nodejs18.x": date(2025, 9, 1),
    "nodejs20.x": date(2026, 4, 30),
    "provided": date(2024, 1, 8),
    "python2.7": date(2021, 7, 15),
    "python3.6": date(2022, 7, 18),
    "python3.7": date(2023, 12, 4),
    "python3.8": date(2024, 10, 14),
    "python3.9": date(2025, 12, 15),
    "python3.10": date(2026, 10, 31),
    "ruby2.7": date(2023, 12, 7),
    "ruby3.2": date(2026, 3, 31),
}


def gone(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.removed(reviewed, FUNCTION):
        name = reviewed.links.functions.of(change)
        if routes := _leading_to(reviewed.after, name):
            yield Hit(name, f"{routes[0].key} still leads to it", change.address)


def replaced(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.of_type(FUNCTION):
        if change.verb is Verb.REPLACE:
            names = [text(side.get("function_name")) for side in (change.before, change.after)]
            renamed = f": {names[0]} → {names[1]}" if names[1] and names[0] != names[1] else ""
            what = f"the function is made anew{renamed}"
            yield Hit(reviewed.links.functions.of(change), what, change.address)


def switched_off(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, FUNCTION):
        now = change.after.get("reserved_concurrent_executions")
        if now == 0 and change.before.get("reserved_concurrent_executions") != 0:
            name = reviewed.links.functions.of(change)
            yield Hit(name, "reserved concurrency 0: it never runs", change.address)
    for change in among.made_or_changed(reviewed, "aws_api_gateway_method_settings"):
        old, new = among.block(change.before, "settings"), among.after_block(change, "settings")
        for limit in ("throttling_rate_limit", "throttling_burst_limit"):
            if new.get(limit) == 0 and old.get(limit) != 0:
                what = f"{limit.replace('_', ' ')} 0: every call is a 429"
                yield Hit(among.name(reviewed, change), what, change.address)


def runtime_deprecated(reviewed: Reviewed, today: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, FUNCTION):
        runtime = text(change.after.get("runtime"))
        ends = _SUPPORT_ENDS.get(runtime)
        if ends is not None and ends <= today and runtime != change.before.get("runtime"):
            what = f"{runtime}: AWS's support ended on {ends}"
            yield Hit(reviewed.links.functions.of(change), what, change.address)


def outlives_the_gateway(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Functions that no route leads to may take as long as they like."""
    for change in reviewed.plan.of_type(FUNCTION):
        name = reviewed.links.functions.of(change)
        old, new = number(change.before.get("timeout")), number(change.after.get("timeout"))
        was = {route.key for route in _leading_to(reviewed.before, name) if _outlived(route, old)}
        late = [route for route in _leading_to(reviewed.after, name) if _outlived(route, new)]
        first = next((route for route in late if route.key not in was), None)
        if first is not None:
            what = f"runs up to {new} s, and {first.key} gives up after {first.timeout_ms / 1000:g} s"
            yield Hit(name, what, change.address)
    for key, route in sorted(reviewed.after.routes.items()):
        before = reviewed.before.routes.get(key)
        if route.timeout_ms > _GATEWAY_MS >= (before.timeout_ms if before else 0):
            what = f"timeout {route.timeout_ms} ms: AWS takes {_GATEWAY_MS} unless the quota was raised"
            yield Hit(key, what, route.address)


def _outlived(route: Route, seconds: int) -> bool:
    return seconds * 1000 > route.timeout_ms


def _leading_to(surface: Surface, function: str) -> list[Route]:
    found = (route for route in surface.routes.values() if function and route.target == function)
    return sorted(found, key=lambda route: (route.timeout_ms, route.key))


RULES = (
    Rule(
        "function-gone",
        Severity.ERROR,
        "A function is removed that routes lead to",
        "Those routes answer 500.",
        "Move or remove the routes in the same change.",
        gone,
    ),
    Rule(
        "function-replaced",
        Severity.WARNING,
        "A function is made anew",
        "Until it and its permission are there again its routes answer 500; its versions and aliases are "
        "gone, and whoever knows its ARN calls nothing.",
        "Keep the name, or add the new function, move the routes, and remove the old one later.",
        replaced,
    ),
    Rule(
        "switched-off",
        Severity.ERROR,
        "A function or route is switched off",
        "Every call is refused.",
        "A limit of -1, or none, means no limit of its own.",
        switched_off,
    ),
    Rule(
        "runtime-deprecated",
        Severity.WARNING,
        "A runtime without support",
        "AWS does not patch it any more, and will refuse updates.",
        "Use a newer runtime.",
        runtime_deprecated,
    ),
    Rule(
        "timeout-beyond-gateway",
        Severity.NOTE,
        "A function may run longer than the gateway waits",
        "The caller gets 504, and the function goes on and may be called again.",
        "A second less than the route's timeout (at most 28), or work asynchronously.",
        outlives_the_gateway,
    ),
)
