"""Rules about what stands between callers and routes, where it is said inside the one OpenAPI body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.change import Verb
from apitool.review.finding import Severity
from apitool.review.rules.routes import kept
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform import openapi_routes
from apitool.terraform.document import at, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed

_AUTHORIZER = "x-amazon-apigateway-authorizer"
_DECIDES = {
    # in the document: in words
    "authorizerUri": "the function that decides",
    "identitySource": "where the identity stands",
    "identityValidationExpression": "what a token has to match",
    "providerARNs": "the user pools",
    "type": "the type",
}


def scopes_widened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """One of the scopes is enough: each that is new lets more callers in."""
    for old, new in kept(reviewed):
        more = set(new.scopes.split(", ")) - set(old.scopes.split(", "))
        if old.scopes and new.scopes and old.authorization == new.authorization and more:
            yield Hit(new.key, f"tokens with {', '.join(sorted(more))} are let in too", new.address)


def authorizer_changed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """The routes say the same, and somebody else decides."""
    for change in reviewed.plan.of_type("aws_api_gateway_rest_api"):
        if change.verb not in {Verb.CHANGE, Verb.REPLACE}:
            continue
        old, new = (_authorizers(side.get("body")) for side in (change.before, change.after))
        for name in sorted(old.keys() & new.keys()):
            differs = [words for key, words in _DECIDES.items() if old[name].get(key) != new[name].get(key)]
            if differs:
                yield Hit(f"authorizer {name}", f"changes: {', '.join(differs)}", change.address)


def _authorizers(body: object) -> dict[str, Mapping[str, object]]:
    read = openapi_routes.read(body)
    schemes = mapping(at(read.rest, "components", "securitySchemes")) if read else {}
    return {name: mapping(at(scheme, _AUTHORIZER)) for name, scheme in schemes.items()}


RULES = (
    Rule(
        "scopes-widened",
        Severity.WARNING,
        "A route takes more scopes",
        "One of the scopes is enough: tokens that were refused are let in.",
        "Give the new callers a route of their own, or waive this with the reason.",
        scopes_widened,
    ),
    Rule(
        "authorizer-changed",
        Severity.WARNING,
        "An authorizer decides otherwise",
        "Its routes look the same, and somebody else says who may call them.",
        "Have the new function, pools or expression reviewed like the routes they guard.",
        authorizer_changed,
    ),
)
