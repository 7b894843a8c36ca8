"""The routes of a RestApi that is declared by an OpenAPI body."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.review import validation
from apitool.review.route import OPEN, Route, Surface, preflight
from apitool.terraform import openapi_routes
from apitool.terraform.document import at, mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.review.functions import Functions
    from apitool.review.plan_document import ResourceChange

_INTEGRATION = "x-amazon-apigateway-integration"
_HEADER = "method.response.header."
_VALIDATOR = "x-amazon-apigateway-request-validator"
_TOLD = {"security", _VALIDATOR, _INTEGRATION}
_TOLD_OF_INTEGRATION = {"type", "httpMethod", "uri", "timeoutInMillis"}


def surface(body: object, change: ResourceChange, api: str, functions: Functions) -> Surface | None:
    """Of the API `change` whose body it is. None when there is none, or none is known before the apply.

    `api`: what tells its routes apart from those of the plan's other APIs.
    """
    read = openapi_routes.read(body)
    if read is None:
        return None
    made = (_route(key, operation, read.rest, functions) for key, operation in read.routes.items())
    routes = [replace(route, api=api, identity=change.address, address=change.address) for route in made]
    preflights = [
        preflight(path, _headers(mapping(operation)), change.address, api)
        for path, operation in read.preflight.items()
    ]
    return Surface({route.key: route for route in routes}, {each.key: each for each in preflights})


def _route(
    key: str, operation: Mapping[str, object], rest: Mapping[str, object], functions: Functions
) -> Route:
    method, _, path = key.partition(" ")
    integration = mapping(operation.get(_INTEGRATION))
    authorization, api_key, scopes = _security(operation, rest)
    function = openapi_routes.function_of(operation)
    return Route(
        method,
        path,
        authorization,
        api_key=api_key,
        scopes=scopes,
        integration=text(integration.get("type")).upper(),
        integration_method=text(integration.get("httpMethod")).upper(),
        target=functions.label(function) if function else text(integration.get("uri")),
        timeout_ms=number(integration.get("timeoutInMillis")) or 29_000,
        validation=_validation(operation, rest),
        definition=_definition(operation),
    )


def _validation(operation: Mapping[str, object], rest: Mapping[str, object]) -> str:
    name = text(operation.get(_VALIDATOR) or rest.get(_VALIDATOR))
    validator = at(rest, f"{_VALIDATOR}s", name)
    return validation.of_body(mapping(validator)) if validator else name


def _security(operation: Mapping[str, object], rest: Mapping[str, object]) -> tuple[str, bool, str]:
    """Authorization, whether a key is needed, scopes."""
    authorization, api_key, scopes = OPEN, False, ""
    schemes = mapping(at(rest, "components", "securitySchemes")) or mapping(rest.get("securityDefinitions"))
    for requirement in sequence(operation.get("security", rest.get("security"))):
        for name, wanted in mapping(requirement).items():
            kind = text(at(schemes.get(name), "x-amazon-apigateway-authtype")).lower()
            if not kind and text(at(schemes.get(name), "name")).lower() == "x-api-key":
                api_key = True
            else:
                authorization = "AWS_IAM" if kind == "awssigv4" else f"authorizer {name}"
                scopes = ", ".join(sorted(map(str, sequence(wanted))))
    return authorization, api_key, scopes


def _headers(operation: Mapping[str, object]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for response in mapping(at(operation, _INTEGRATION, "responses")).values():
        for name, value in mapping(at(response, "responseParameters")).items():
            headers[name.removeprefix(_HEADER).lower()] = text(value)
    return headers


def _definition(operation: Mapping[str, object]) -> dict[str, str]:
    """What else there is to the operation: what it is called → its value as one text to compare."""
    integration = mapping(operation.get(_INTEGRATION))
    found = {_words(key): value for key, value in operation.items() if key not in _TOLD}
    for key, value in integration.items():
        if key not in _TOLD_OF_INTEGRATION:
            name = _words(key)
            found[f"integration {name}" if name in found else name] = value
    empty: tuple[object, ...] = (None, "", [], {})
    return {name: json.dumps(value, sort_keys=True) for name, value in found.items() if value not in empty}


def _words(key: str) -> str:
    """`requestTemplates` as `request templates`."""
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", key.removeprefix("x-amazon-apigateway-")).lower()
