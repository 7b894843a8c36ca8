"""Projects whose routes come from an OpenAPI document of the user's own, in combinations."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.terraform_modules import many_projects

PATHS = ("/", "/orders", "/orders/{id}", "/files/{proxy+}")
METHODS = ("get", "post", "options", "x-amazon-apigateway-any-method")
OWN = {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer"}}
TENANT = {"name": "X-Tenant", "in": "header", "required": True, "schema": {"type": "string"}}
IDENTIFIER = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9]+$"},
}
RESPONSES = {
    "200": {"description": "Fine", "headers": {"X-B": {"schema": {"type": "string"}}}},
    "default": {"description": "Else"},
}


def document(seed: int) -> dict[str, Any]:
    """The document; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - cases, not secrets
    paths = {path: _item(random, path) for path in random.sample(PATHS, random.randint(1, 4))}
    return {
        "openapi": random.choice(["3.0.1", "3.0.3"]),
        "info": many_projects._some(random, {"title": "Theirs", "description": "Theirs", "version": "7"}),
        "paths": paths,
        **many_projects._some(
            random,
            {
                "components": {
                    "schemas": {"Order": {"type": "object"}},
                    "parameters": {"Page": PAGE},
                },
                "tags": [{"name": "orders"}],
                "x-amazon-apigateway-binary-media-types": ["image/png"],
                "x-amazon-apigateway-gateway-responses": {"THROTTLED": {"statusCode": "503"}},
                "x-amazon-apigateway-request-validators": {"theirs": {"validateRequestBody": True}},
                "x-amazon-apigateway-policy": {"Version": "2012-10-17", "Statement": []},
            },
        ),
    }


def project(seed: int) -> dict[str, Any]:
    """The `apitool.toml` beside it: some operations by `[routes]`."""
    random = Random(seed + 10_000)  # noqa: S311
    routes = {}
    for path, item in document(seed)["paths"].items():
        for key in item:
            route = f"{'ANY' if key == METHODS[-1] else key.upper()} {path}"
            if key in METHODS and random.random() < 0.5:
                routes[route] = many_projects._route(random, route, len(routes))
    made = many_projects.project(seed)
    return {**made, "openapi": "openapi.json", "routes": routes}


def _item(random: Random, path: str) -> dict[str, Any]:
    methods = random.sample(METHODS, random.randint(1, 3))
    shared = [each for each in (PAGE, IDENTIFIER if "{id}" in path else TENANT) if random.random() < 0.5]
    return {
        **many_projects._some(random, {"summary": "A path", "parameters": shared}),
        **{method: _operation(random, f"{method}{path}") for method in methods},
    }


def _operation(random: Random, name: str) -> dict[str, Any]:
    integration = random.choice([{"x-amazon-apigateway-integration": OWN}, {"x-apitool-function": "orders"}])
    identifier = "".join(each for each in name if each.isalnum())
    return {
        **integration,
        **many_projects._some(
            random,
            {
                "operationId": identifier,
                "summary": "An operation",
                "parameters": [random.choice([PAGE, TENANT])],
                "responses": RESPONSES,
                "security": [],
            },
        ),
    }
