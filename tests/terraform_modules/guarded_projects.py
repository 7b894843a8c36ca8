"""The parts of projects of all shapes that say who may call and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

POOL = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"
AUTHORIZERS = {
    "staff": {"type": "token", "function": "b", "identity_validation": '^Bearer "\\w+" & <.+>$', "ttl": 60},
    "partner": {
        "type": "request",
        "function": "orders",
        "identity_sources": ["method.request.querystring.token", "context.identity.sourceIp"],
    },
    "anyone": {"type": "request", "function": "b", "identity_sources": [], "ttl": 0},
    "people": {"type": "cognito", "user_pools": [POOL], "scopes": ["orders/read"]},
    "everybody": {
        "type": "cognito",
        "user_pools": [POOL, f"{POOL}2"],
        "identity_sources": ["method.request.header.X-Token"],
        "identity_validation": ".*",
    },
    "signed": {"type": "iam"},
}
POOLED = ("people", "everybody")
PARAMETERS = (
    "method.request.header.X-Tenant",  # a mapping may take it too
    "method.request.querystring.page",
    "method.request.querystring.a-b.c",
)
RESPONSES = {
    "UNAUTHORIZED": {"status": 401, "headers": {"WWW-Authenticate": "'Bearer realm=\"ü\"'"}},
    "DEFAULT_4XX": {"headers": {"Access-Control-Allow-Origin": "method.request.header.Origin"}},
    "DEFAULT_5XX": {"templates": {"application/json": '{"id": "$context.requestId"}', "text/plain": ""}},
    "THROTTLED": {},
}


def guards(random: Random) -> dict[str, Any]:
    """Sections of the file."""
    responses = {kind: RESPONSES[kind] for kind in random.sample([*RESPONSES], random.randint(0, 4))}
    return {
        "authorizers": AUTHORIZERS,
        "models": {"Order": "src/order.json", "Nested": "src/nested.json"},
        "gateway_responses": responses,
    }


def guarded_api(random: Random) -> dict[str, Any]:
    """Settings of `[api]`."""
    return _some(
        random,
        {
            "authorizer": random.choice([*AUTHORIZERS, "none"]),
            "api_key": random.random() < 0.3,
            "api_key_source": random.choice(["HEADER", "AUTHORIZER"]),
            "validator": random.choice(["none", "body", "parameters", "all"]),
            "minimum_compression_size": random.choice([0, 1024]),
        },
    )


def guarded(random: Random, route: Any) -> Any:
    """The route with what it asks of its callers; `"GET /orders" = "orders"` stays short."""
    if isinstance(route, str):
        return route
    authorizer = random.choice([*AUTHORIZERS, "none"])
    asked = _some(random, {"authorizer": authorizer, "api_key": random.random() < 0.5})
    if asked.get("authorizer") in POOLED:
        asked |= _some(random, {"scopes": random.choice([[], ["orders/write", "orders/admin"]])})
    asked |= _some(random, {"validator": random.choice(["none", "body", "parameters", "all"])})
    if asked.get("validator") in {"body", "all"}:
        asked |= _some(random, {"model": random.choice(["Order", "Nested"])})
    some = random.sample(PARAMETERS, random.randint(0, 3))
    keys = random.sample([*PARAMETERS, "method.request.header.Accept"], random.randint(1, 3))
    more = {"required_parameters": some, "cache_key_parameters": keys}
    return {**route, **asked, **_some(random, more)}


def _some(random: Random, members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if random.random() < 0.5}
