"""Rules about permissions to invoke functions, and the API's resource policy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.review import statements
from apitool.review.change import Verb
from apitool.review.finding import Severity
from apitool.review.rules import among, invocation
from apitool.review.rules.invocation import GATEWAY, PERMISSION
from apitool.review.rules.rule import Hit, Rule
from apitool.terraform import openapi_routes
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from apitool.review.changes import Reviewed
    from apitool.review.statements import Statement

_APIS = ("aws_api_gateway_rest_api", "aws_api_gateway_rest_api_policy")
_ANYWHERE = ("0.0.0.0/0", "::/0")
_FUNCTION_POLICY = 20_480  # bytes of a function's policy, Lambda's quotas
_API_POLICY = 8_192  # characters of an API's resource policy, API Gateway's quotas
_NEAR = 0.9


def permission_too_wide(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, PERMISSION):
        source, principal = change.after.get("source_arn"), text(change.after.get("principal"))
        unbound = source is None and change.unknown.get("source_arn") is not True
        before = change.before.get("source_arn")
        wider = (text(before) and text(source).endswith(":*/*/*/*")) or text(source) in {
            "*",
            "arn:aws:execute-api:*",
        }
        was = change.before.get("principal") == change.after.get("principal") and before == source
        if was:
            continue
        subject = reviewed.links.functions.of(change) or change.address
        if principal == "*":
            yield Hit(subject, "anybody may invoke the function", change.address)
        elif principal == GATEWAY and (unbound or wider):
            yield Hit(subject, "any API of any account may invoke the function", change.address)


def permission_gone(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    """Where the plan shows it: a route was allowed and is not, or is new and none of the permissions fits."""
    made = {
        reviewed.links.functions.of(each): each
        for each in reviewed.plan.of_type("aws_lambda_function")
        if each.after and each.verb in {Verb.ADD, None, Verb.CHANGE, Verb.REPLACE}
    }
    refused: dict[str, list[str]] = {}
    for key, route in sorted(reviewed.after.routes.items()):
        lambda_route = route.integration in {"AWS", "AWS_PROXY"} and "credentials" not in route.definition
        if lambda_route and route.target in made and not invocation.allowed(reviewed, route, "after"):
            old = reviewed.before.routes.get(key)
            was = old is not None and old.target == route.target
            known = (
                invocation.of_function(reviewed, route.target, "after") or made[route.target].verb is Verb.ADD
            )
            if (old and was and invocation.allowed(reviewed, old, "before")) or (not was and known):
                refused.setdefault(route.target, []).append(key)
    for function, keys in refused.items():
        what = f"the gateway may not invoke it for {', '.join(keys[:3])}"
        more = f" and {len(keys) - 3} more" if len(keys) > 3 else ""  # noqa: PLR2004 - as many as are named
        yield Hit(function, what + more, made[function].address)


def function_url_open(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in among.made_or_changed(reviewed, "aws_lambda_function_url"):
        now = change.after.get("authorization_type")
        if now == "NONE" != change.before.get("authorization_type"):
            subject = reviewed.links.functions.of(change) or change.address
            yield Hit(subject, "has a URL of its own that anybody may call", change.address)


def resource_policy_opened(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    for change in reviewed.plan.of_type(*_APIS):
        api_goes = change.type == _APIS[0] and change.verb is Verb.REMOVE
        if change.verb is None or api_goes or change.unknown.get("policy") is True:
            continue
        old, new = _policy(change.before), _policy(change.after)
        for what in _opened(set(old), set(new)):
            yield Hit(among.name(reviewed, change), what, change.address)


def _opened(old: set[Statement], new: set[Statement]) -> Iterator[str]:
    """Only where there was a policy: an API without one is open to whom its routes let in."""
    if not old:
        return
    if not new:
        yield "the resource policy is gone"
        return
    refusals = [sum(each.effect == "Deny" for each in side) for side in (old, new)]
    if refusals[1] < refusals[0]:
        yield from (f"no longer {each.words}" for each in sorted(old - new) if each.effect == "Deny")
    for each in sorted(new - old):
        if (
            each.effect == "Allow"
            and each.principal == "*"
            and not each.condition
            and refusals[1] <= refusals[0]
        ):
            yield f"{each.words}, without a condition"
        elif any(net in each.condition and not any(net in was.condition for was in old) for net in _ANYWHERE):
            yield f"{each.words}: from any address"


def _policy(values: Mapping[str, object]) -> tuple[Statement, ...]:
    body = openapi_routes.read(values.get("body"))
    of_body = body.rest.get("x-amazon-apigateway-policy") if body else None
    return statements.read(values.get("policy") or of_body)


def policy_near_limit(reviewed: Reviewed, _: date) -> Iterator[Hit]:
    yield from _function_policies(reviewed)
    for change in among.made_or_changed(reviewed, *_APIS):
        was, now = (len("".join(text(side.get("policy")).split())) for side in (change.before, change.after))
        if now > _API_POLICY * _NEAR >= was:
            yield Hit(among.name(reviewed, change), f"{now:,} of {_API_POLICY:,} characters", change.address)


def _function_policies(reviewed: Reviewed) -> Iterator[Hit]:
    """Lambda adds up the statements of all of a function's permissions."""
    sizes: dict[str, list[int]] = {}
    last: dict[str, str] = {}
    for change in reviewed.plan.of_type(PERMISSION):
        function = reviewed.links.functions.of(change)
        both = sizes.setdefault(function, [0, 0])
        for index, values in enumerate((change.before, change.after)):
            both[index] += _statement_size(values) if values else 0
        last[function] = change.address
    for function, (was, now) in sorted(sizes.items()):
        if now > _FUNCTION_POLICY * _NEAR >= was:
            what = f"its permissions take about {now:,} of {_FUNCTION_POLICY:,} bytes"
            yield Hit(function, what, last[function])


def _statement_size(values: Mapping[str, object]) -> int:
    """Bytes of the statement AWS keeps for a permission; ARNs not known yet are counted at usual lengths."""
    source = (
        text(values.get("source_arn")) or "arn:aws:execute-api:eu-central-1:123456789012:abcdefghij/*/*/*"
    )
    function = f"arn:aws:lambda:eu-central-1:123456789012:function:{text(values.get('function_name'))}"
    statement = {
        "Sid": text(values.get("statement_id")) or "terraform-20260101000000000000000000",
        "Effect": "Allow",
        "Principal": {"Service": text(values.get("principal"))},
        "Action": text(values.get("action")),
        "Resource": function,
        "Condition": {"ArnLike": {"AWS:SourceArn": source}},
    }
    return len(json.dumps(statement, separators=(",", ":"))) + 1


RULES = (
    Rule(
        "permission-wide",
        Severity.ERROR,
        "A function may be invoked too widely",
        "Without a source ARN any API Gateway, of any account, may invoke it.",
        "source_arn = the API's execution ARN, with stage, method and path.",
        permission_too_wide,
    ),
    Rule(
        "permission-gone",
        Severity.ERROR,
        "The gateway may not invoke a function",
        "Its routes answer 500.",
        "Keep a permission for the API's execution ARN while routes lead to the function.",
        permission_gone,
    ),
    Rule(
        "function-url-open",
        Severity.ERROR,
        "A function is open to the internet",
        "Its own URL goes round the gateway: no authorizer, throttle, validation or access log.",
        'authorization_type = "AWS_IAM", or no function URL.',
        function_url_open,
    ),
    Rule(
        "resource-policy-opened",
        Severity.ERROR,
        "The API's resource policy is opened",
        "Callers it kept out may call.",
        "Keep the condition or the principal.",
        resource_policy_opened,
    ),
    Rule(
        "policy-size",
        Severity.NOTE,
        "A policy is near its limit",
        "The next statement will be refused, in the middle of an apply.",
        "One permission for `/*/*` instead of one a method; wider paths in ARNs.",
        policy_near_limit,
    ),
)
