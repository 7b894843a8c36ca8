"""Rules about routes: who may call them, and what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Verb
from apitool.review.route import OPEN
from apitool.review.rules.rule import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.route import Route

_PROXIES = {"AWS", "AWS_PROXY"}


def removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Not of an API that goes as a whole: that is said once."""
    if any(api.verb is Verb.REMOVE for api in reviewed.plan.of_type("aws_api_gateway_rest_api")):
        return
    for key in reviewed.before.routes.keys() - reviewed.after.routes.keys():
        yield Hit(
            key,
            "the route is gone: callers get 403 Missing Authentication Token",
            reviewed.before.routes[key].address,
        )


def authorization_lowered(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in _kept(reviewed):
        if old.authorization != OPEN and new.authorization == OPEN:
            yield Hit(new.key, f"authorization {old.authorization} → {OPEN}", new.address)
        elif old.api_key and not new.api_key:
            yield Hit(new.key, "no API key needed any more", new.address)
        elif old.scopes and not new.scopes and new.authorization == old.authorization:
            yield Hit(new.key, "no scopes needed any more", new.address)


def opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """A new open route beside protected ones was hardly meant; in an API that is open as a whole it was."""
    protected = any(not route.is_open for route in reviewed.after.routes.values())
    for key in reviewed.after.routes.keys() - reviewed.before.routes.keys():
        if protected and reviewed.after.routes[key].is_open:
            yield Hit(
                key,
                "a new route without authorization, beside protected ones",
                reviewed.after.routes[key].address,
            )


def integration_switched(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in _kept(reviewed):
        if {old.integration, new.integration} == _PROXIES:
            yield Hit(new.key, f"integration {old.integration} → {new.integration}", new.address)


def not_proxy(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in _kept(reviewed):
        gone = old.integration == "AWS_PROXY" and new.integration not in _PROXIES
        if gone:
            yield Hit(new.key, f"integration AWS_PROXY → {new.integration or 'none'}", new.address)


def wrong_method(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in reviewed.after.routes.items():
        old = reviewed.before.routes.get(key)
        before = old.integration_method if old else "POST"
        if (
            new.integration == "AWS_PROXY"
            and new.integration_method not in {"POST", ""}
            and before != new.integration_method
        ):
            yield Hit(key, f"Lambda is invoked by {new.integration_method}", new.address)


def validation_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in _kept(reviewed):
        if old.validation and not new.validation:
            yield Hit(new.key, f"requests are no longer validated by `{old.validation}`", new.address)


def cors_credentials(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for path, new in reviewed.after.preflights.items():
        old = reviewed.before.preflights.get(path)
        wide = new.origin == "*" and new.credentials == "true"
        if wide and not (old and old.origin == "*" and old.credentials == "true"):
            yield Hit(f"OPTIONS {path}", "CORS allows credentials from any origin", new.address)


def cors_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for path, new in reviewed.after.preflights.items():
        old = reviewed.before.preflights.get(path)
        if old and old.origin not in {"", "*"} and new.origin == "*":
            yield Hit(f"OPTIONS {path}", f"CORS origin {old.origin} → *", new.address)


def _kept(reviewed: Reviewed) -> Iterator[tuple[Route, Route]]:
    for key in sorted(reviewed.before.routes.keys() & reviewed.after.routes.keys()):
        yield reviewed.before.routes[key], reviewed.after.routes[key]
