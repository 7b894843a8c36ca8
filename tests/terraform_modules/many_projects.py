"""Projects of all shapes, as files: what shapes the OpenAPI body, in combinations nobody would write down."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.terraform_modules.guarded_projects import guarded, guarded_api, guards

PATHS = ("/", "/orders", "/orders/{id}", "/orders/{id}/lines.v2", "/files/{proxy+}", "/a-b_c/{x.y}/{z+}")
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "ANY", "HEAD", "PATCH")
INTEGRATIONS = ("AWS_PROXY", "AWS", "HTTP_PROXY", "HTTP", "MOCK")
URIS = ("https://example.com", "http://${stageVariables.host}/v1", "https://example.com/x?a=%20&b=ü")
TYPES = ("application/json", "text/plain", "application/vnd.api+json", "$default", "image/png")
TEXTS = (
    "{}",
    "{\"a\": $input.json('$')}",
    '#set($x = 1)\n$x \\ " <&> ü \t',
    "",
    '"quoted"',
    "${context.stage}",
)
PATTERNS = (".*\\[400\\].*", "5\\d{2}", "default|other", 'a "quote" <b>', "ü.*", "404")
SOURCES = ("'constant, with = signs'", "context.requestId", "stageVariables.color")
METHOD_SOURCES = (
    "method.request.header.X-Tenant",
    "method.request.querystring.page",
    "method.request.multivaluequerystring.tag",
    "method.request.multivalueheader.Accept",
    "method.request.body",
    "method.request.body.a.b[0]",
)
ROLE = "arn:aws:iam::123456789012:role/${stageVariables.role}"
CALLER = "arn:aws:iam::*:user/*"
TARGETS = (
    "integration.request.header.X-Tenant",
    "integration.request.querystring.page",
    "integration.request.header.X-Constant",
)


def project(seed: int) -> dict[str, Any]:
    """`apitool.toml` as data; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - cases, not secrets
    keys = sorted({f"{random.choice(METHODS)} {random.choice(PATHS)}" for _ in range(random.randint(1, 9))})
    random.shuffle(keys)
    return {
        "name": "orders",
        "region": random.choice(["eu-central-1", "us-east-1"]),
        "functions": {name: {"source": "src", "handler": "app.handler"} for name in ("orders", "b")},
        "routes": {key: guarded(random, _route(random, key, index)) for index, key in enumerate(keys)},
        "api": {**_api(random), **guarded_api(random)},
        "tables": {name: {"hash_key": "id"} for name in ("orders", "lines-2")},
        "stages": {"dev": {"local": True}},
        **guards(random),
    }


def _api(random: Random) -> dict[str, Any]:
    cors = {
        "allow_origin": random.choice(["*", "https://app.example.com"]),
        **_some(random, {"allow_methods": ["GET", "POST"], "allow_headers": ["X-A", "*"], "max_age": 0}),
    }
    return _some(
        random,
        {
            "description": random.choice(["Orders", 'with "quotes", ü and <tags>', ""]),
            "binary_media_types": ["image/png", "*/*"],
            "cors": cors,
        },
    )


def _route(random: Random, key: str, index: int) -> Any:
    if random.random() < 0.2:
        return "orders"
    kind = random.choice(INTEGRATIONS)
    route: dict[str, Any] = {"integration": kind} if kind != "AWS_PROXY" or random.random() < 0.5 else {}
    route |= _some(random, {"operation_name": f"operation.{index}"})
    if kind != "MOCK":
        route |= _some(random, {"timeout_ms": random.randint(50, 29_000)})
    serves = kind == "AWS" and random.random() < 0.5
    if serves:
        route |= _service(random, key)
    elif kind.startswith("AWS"):
        route["function"] = random.choice(["orders", "b"])
        route |= _some(random, {"credentials": ROLE})
    if kind.startswith("HTTP"):
        variables = "/{id}/{id}" if "{id}" in key else ""
        route["uri"] = random.choice(URIS).replace("/v1", f"/v1{variables}")
        route |= _some(random, {"http_method": random.choice(METHODS), "vpc_link": "a1b2c3"})
    if kind in {"AWS", "HTTP", "HTTP_PROXY"}:
        route |= _some(random, {"request_parameters": _parameters(random, key)})
    if kind == "AWS" and not serves:
        route |= _some(random, {"invocation_type": random.choice(["Event", "RequestResponse"])})
    if kind in {"AWS", "HTTP", "MOCK"}:
        route |= _mappings(random)
    return route


def _service(random: Random, key: str) -> dict[str, Any]:
    """Another service of AWS, and with whose permissions."""
    variable = "{id}" if "{id}" in key else "x"
    uri, tables = random.choice(
        [
            ("dynamodb:action/PutItem", ["orders"]),
            ("dynamodb:action/Query", ["orders", "lines-2"]),
            (f"s3:path/${{stageVariables.bucket}}/{variable}", []),
            ("sqs:path/123456789012/orders", []),
            ("states:action/StartExecution", []),
        ]
    )
    statement = {
        "actions": ["sqs:SendMessage", "s3:GetObject"],
        "resources": ["arn:aws:sqs:eu-central-1:123456789012:orders"],
        **_some(random, {"conditions": {"StringEquals": {"aws:SourceVpc": ["vpc-1"]}}}),
    }
    own = {"statements": [statement], **({"tables": tables} if tables else {})}
    return {
        "uri": f"arn:aws:apigateway:eu-central-1:{uri}",
        **(own if random.random() < 0.6 else {"credentials": random.choice([ROLE, CALLER])}),
        **_some(random, {"http_method": random.choice(METHODS)}),
    }


def _mappings(random: Random) -> dict[str, Any]:
    return _some(
        random,
        {
            "request_templates": _templates(random),
            "passthrough_behavior": random.choice(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]),
            "content_handling": random.choice(["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]),
            "responses": _responses(random),
        },
    )


def _responses(random: Random) -> list[dict[str, Any]]:
    statuses = random.sample([200, 202, 400, 404, 500, 599], random.randint(0, 4))
    patterns: list[str | None] = [*random.sample(PATTERNS, 4)]
    patterns.insert(random.randint(0, 3), None)
    return [
        {
            "status": status,
            **({"pattern": pattern} if pattern else {}),
            **_some(
                random,
                {
                    "headers": {"X-A": random.choice(SOURCES), "Cache-Control": "'no-store'"},
                    "templates": _templates(random),
                    "content_handling": random.choice(["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]),
                },
            ),
        }
        for status, pattern in zip(statuses, patterns, strict=False)
    ]


def _templates(random: Random) -> dict[str, str]:
    return {name: random.choice(TEXTS) for name in random.sample(TYPES, random.randint(0, 3))}


def _parameters(random: Random, key: str) -> dict[str, str]:
    sources = [*SOURCES, *METHOD_SOURCES, *(["method.request.path.id"] if "{id}" in key else [])]
    targets = [*TARGETS, "integration.request.path.id"]
    return {target: random.choice(sources) for target in random.sample(targets, random.randint(0, 4))}


def _some(random: Random, members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if random.random() < 0.5}
