"""Rules about routes: whether they are there, and what they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.check import switched
from apitool.review import validation
from apitool.review.change import Verb
from apitool.review.finding import Severity
from apitool.review.rules.rule import Hit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.route import Route

_PROXIES = {"AWS", "AWS_PROXY"}
_DEPLOYMENT = "aws_api_gateway_deployment"


def removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Not of an API that goes as a whole: that is said once."""
    apis = reviewed.plan.of_type("aws_api_gateway_rest_api")
    gone = {api.address for api in apis if api.verb is Verb.REMOVE}
    for key in reviewed.before.routes.keys() - reviewed.after.routes.keys():
        route = reviewed.before.routes[key]
        if route.identity not in gone:
            what = "the route is gone: callers get 403 Missing Authentication Token"
            yield Hit(key, what, route.address)


def not_deployed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Only where the plan has the API's deployments: else somebody else makes them."""
    deployments: dict[str, list[Verb | None]] = {}
    for change in reviewed.plan.of_type(_DEPLOYMENT):
        identity = reviewed.links.apis.of(change, "after" if change.after else "before")
        deployments.setdefault(identity, []).append(change.verb)
    for identity, keys in sorted(_changed(reviewed).items()):
        if deployments.get(identity) and not any(deployments[identity]):
            what = f"{len(keys)} changed, first {keys[0]}, and no new deployment is made"
            yield Hit(reviewed.links.apis.name(identity), what, identity)


def _changed(reviewed: Reviewed) -> dict[str, list[str]]:
    """The keys of routes that are new, gone or other, by API."""
    found: dict[str, list[str]] = {}
    for key in sorted(reviewed.before.routes.keys() | reviewed.after.routes.keys()):
        old, new = reviewed.before.routes.get(key), reviewed.after.routes.get(key)
        either = new or old
        if either is not None and old != new:
            found.setdefault(either.identity, []).append(key)
    return found


def integration_switched(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in kept(reviewed):
        if {old.integration, new.integration} == _PROXIES:
            yield Hit(new.key, f"integration {old.integration} → {new.integration}", new.address)


def not_proxy(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in kept(reviewed):
        gone = old.integration == "AWS_PROXY" and new.integration not in _PROXIES
        if gone:
            yield Hit(new.key, f"integration AWS_PROXY → {new.integration or 'none'}", new.address)


def no_integration(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in sorted(reviewed.after.routes.items()):
        old = reviewed.before.routes.get(key)
        if not new.integration and (old is None or (old.integration and old.integration != "AWS_PROXY")):
            yield Hit(key, "a method without an integration", new.address)


def wrong_method(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in sorted(reviewed.after.routes.items()):
        old = reviewed.before.routes.get(key)
        was_so = old is not None and old.integration_method == new.integration_method
        wrong = new.integration == "AWS_PROXY" and new.integration_method not in {"POST", ""}
        if wrong and not (was_so and old is not None and old.integration == "AWS_PROXY"):
            yield Hit(key, f"Lambda is invoked by {new.integration_method}", new.address)


def no_credentials(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for key, new in sorted(reviewed.after.routes.items()):
        old = reviewed.before.routes.get(key)
        if _nobodys(new) and not (old is not None and _nobodys(old) and old.target == new.target):
            yield Hit(key, f"calls {new.target} without credentials", new.address)


def _nobodys(route: Route) -> bool:
    """Whether it calls a service of AWS with nobody's permissions; Lambda has policies of its own."""
    service = route.integration == "AWS" and ":apigateway:" in route.target
    return service and ":lambda:" not in route.target and "credentials" not in route.definition


def validation_removed(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for old, new in kept(reviewed):
        if validation.lowered(old.validation, new.validation):
            what = f"validation of {old.validation} → {new.validation or 'none'}"
            yield Hit(new.key, what, new.address)


def kept(reviewed: Reviewed) -> Iterator[tuple[Route, Route]]:
    """The routes that were there and will be, before and after."""
    for key in sorted(reviewed.before.routes.keys() & reviewed.after.routes.keys()):
        yield reviewed.before.routes[key], reviewed.after.routes[key]


RULES = (
    Rule(
        "route-removed",
        Severity.ERROR,
        "A route is removed",
        "Callers that still use it get 403 from the gateway.",
        "Look for callers in the access log first; answer 410 for a while.",
        removed,
    ),
    Rule(
        "not-deployed",
        Severity.WARNING,
        "Routes change, and nothing is deployed",
        "API Gateway serves a snapshot: callers see nothing of the change until a new deployment is made.",
        "Hash what shapes the routes in the deployment's `triggers`, with `create_before_destroy`.",
        not_deployed,
    ),
    Rule(
        switched.RULE,
        Severity.ERROR,
        "AWS and AWS_PROXY are switched",
        switched.WHY,
        switched.CURE,
        integration_switched,
    ),
    Rule(
        "not-proxy",
        Severity.WARNING,
        "A route no longer reaches its function",
        "It was a Lambda proxy integration.",
        "Keep AWS_PROXY, or say in the pull request what answers now.",
        not_proxy,
    ),
    Rule(
        "no-integration",
        Severity.ERROR,
        "A method without an integration",
        "The deployment is refused: `No integration defined for method`.",
        "Add the integration, and let the deployment depend on it.",
        no_integration,
    ),
    Rule(
        "integration-method",
        Severity.ERROR,
        "Lambda is not invoked by POST",
        "Lambda's Invoke is a POST whatever the route's method: with another one every call is a 500.",
        'integration_http_method = "POST"',
        wrong_method,
    ),
    Rule(
        "integration-credentials",
        Severity.ERROR,
        "A service of AWS is called with nobody's permissions",
        'API Gateway refuses it, "Role ARN must be specified for AWS integrations", or every call fails.',
        "`credentials`: a role that apigateway.amazonaws.com may assume, and that may do this and no more.",
        no_credentials,
    ),
    Rule(
        "validation-removed",
        Severity.WARNING,
        "Requests are no longer validated",
        "The function gets what the validator refused before.",
        "Keep the validator, or check in the function.",
        validation_removed,
    ),
)
