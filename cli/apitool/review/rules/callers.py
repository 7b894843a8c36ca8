"""Rules about who may call a route, and from which pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.finding import Severity
from apitool.review.route import OPEN
from apitool.review.rules import among, authorizers
from apitool.review.rules.routes import kept
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform.document import mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from apitool.review.changes import Reviewed

_LOGIN_STATUS = {
    "UNAUTHORIZED",
    "ACCESS_DENIED",
    "MISSING_AUTHENTICATION_TOKEN",
    "INVALID_API_KEY",
    "DEFAULT_4XX",
}
_CORS_HEADER = "gatewayresponse.header.access-control-allow-"


def authorization_lowered(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in kept(reviewed):
        if old.authorization != OPEN and new.authorization == OPEN:
            key = ", and no API key needed any more" if old.api_key and not new.api_key else ""
            yield Hit(new.key, f"authorization {old.authorization} → {OPEN}{key}", new.address)
        elif old.api_key and not new.api_key:
            yield Hit(new.key, "no API key needed any more", new.address)
        elif old.scopes and not new.scopes and new.authorization == old.authorization:
            yield Hit(new.key, "no scopes needed any more", new.address)


def opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """A new open route beside protected ones was hardly meant; in an API that is open as a whole it was."""
    protected = {route.identity for route in reviewed.after.routes.values() if not route.is_open}
    for key in reviewed.after.routes.keys() - reviewed.before.routes.keys():
        route = reviewed.after.routes[key]
        if route.identity in protected and route.is_open:
            yield Hit(key, "a new route without authorization, beside protected ones", route.address)


def authorizer_loosened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for subject, address, old, new in authorizers.kept(reviewed):
        pools = [set(map(text, sequence(side.get("provider_arns")))) for side in (old, new)]
        if pools[1] - pools[0]:
            yield Hit(subject, "takes tokens of more user pools", address)
        if old.get("identity_validation_expression") and not new.get("identity_validation_expression"):
            yield Hit(subject, "tokens are no longer checked for their form", address)
        sources = [authorizers.sources(side) for side in (old, new)]
        if sources[1] < sources[0] and sources[1]:
            gone = ", ".join(sorted(sources[0] - sources[1]))
            yield Hit(subject, f"no longer looks at {gone}", address)
        cached = number(new.get("authorizer_result_ttl_in_seconds")) > 0
        if text(old.get("type")) == "REQUEST" and sources[0] and not sources[1] and cached:
            yield Hit(subject, "one caller's answer is cached for all", address)


def refusal_as_success(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, "aws_api_gateway_gateway_response"):
        kind, now = text(change.after.get("response_type")), text(change.after.get("status_code"))
        if kind in _LOGIN_STATUS and now[:1] in {"2", "3"} and now != change.before.get("status_code"):
            yield Hit(kind, f"refused callers get {now}", change.address)


def cors_credentials(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in sorted(reviewed.after.preflights.items()):
        old = reviewed.before.preflights.get(key)
        wide = new.origin == "*" and new.credentials == "true"
        if wide and not (old and old.origin == "*" and old.credentials == "true"):
            yield Hit(f"OPTIONS {key}", "CORS allows credentials from any origin", new.address)
    for change in among.made_or_changed(reviewed, "aws_api_gateway_gateway_response"):
        if _any_with_credentials(change.after) and not _any_with_credentials(change.before):
            kind = text(change.after.get("response_type"))
            yield Hit(kind, "CORS allows credentials from any origin", change.address)


def _any_with_credentials(gateway_response: object) -> bool:
    parameters = mapping(mapping(gateway_response).get("response_parameters"))
    headers = {name.lower().removeprefix(_CORS_HEADER): text(value) for name, value in parameters.items()}
    return headers.get("origin") == "'*'" and headers.get("credentials") == "'true'"


def cors_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in sorted(reviewed.after.preflights.items()):
        old = reviewed.before.preflights.get(key)
        if old and old.origin not in {"", "*"} and new.origin == "*":
            yield Hit(f"OPTIONS {key}", f"CORS origin {old.origin} → *", new.address)


RULES = (
    Rule(
        "authorization-lowered",
        Severity.ERROR,
        "A route asks less of its callers",
        "Whoever knows the URL may call it.",
        "Keep the authorizer, or waive this with the reason the route is public.",
        authorization_lowered,
    ),
    Rule(
        "route-open",
        Severity.WARNING,
        "A new route asks nothing of its callers",
        "The other routes are protected.",
        "Give it the authorizer of the others, or waive this with the reason it is public.",
        opened,
    ),
    Rule(
        "authorizer-loosened",
        Severity.WARNING,
        "An authorizer looks at less",
        "Callers it refused may get through.",
        "Keep what it looked at, or say in the pull request who checks it now.",
        authorizer_loosened,
    ),
    Rule(
        "refusal-as-success",
        Severity.WARNING,
        "The gateway refuses with a status of success",
        "Callers, caches and alarms take the refusal for an answer.",
        "Leave 401 and 403 as they are.",
        refusal_as_success,
    ),
    Rule(
        "cors-credentials",
        Severity.ERROR,
        "CORS with credentials from any origin",
        "Browsers refuse `*` with credentials; a reflected origin lets any page act as the user.",
        "Name the one origin.",
        cors_credentials,
    ),
    Rule(
        "cors-opened",
        Severity.WARNING,
        "CORS is opened to any origin",
        "Any page in a browser may read the answers.",
        "Name the origin that may.",
        cors_opened,
    ),
)
