"""The routes of a RestApi that is declared by an OpenAPI body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.review.route import OPEN, Route, Surface, preflight
from apitool.terraform import openapi_routes
from apitool.terraform.document import at, mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_INTEGRATION = "x-amazon-apigateway-integration"
_HEADER = "method.response.header."
_TOLD = {"security", "parameters", "responses", "x-amazon-apigateway-request-validator", _INTEGRATION}


def surface(body: object, address: str, function_key: Callable[[str], str]) -> Surface | None:
    """None when the body is not known before the apply, or there is none."""
    read = openapi_routes.read(body)
    if read is None:
        return None
    routes = {
        key: _route(key, operation, read.rest, address, function_key)
        for key, operation in read.routes.items()
    }
    preflights = {
        path: preflight(path, _headers(mapping(operation)), address)
        for path, operation in read.preflight.items()
    }
    return Surface(routes, preflights)


def _route(
    key: str,
    operation: Mapping[str, object],
    rest: Mapping[str, object],
    address: str,
    function_key: Callable[[str], str],
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
        target=function_key(function) if function else text(integration.get("uri")),
        timeout_ms=number(integration.get("timeoutInMillis")) or 29_000,
        validation=text(
            operation.get("x-amazon-apigateway-request-validator")
            or rest.get("x-amazon-apigateway-request-validator")
        ),
        definition=_definition(operation),
        address=address,
    )


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


def _definition(operation: Mapping[str, object]) -> str:
    """What else there is to the operation, as one text to compare; never shown."""
    integration = mapping(operation.get(_INTEGRATION))
    rest = {key: value for key, value in operation.items() if key not in _TOLD}
    told = {"type", "httpMethod", "uri", "timeoutInMillis"}
    inner = {key: value for key, value in integration.items() if key not in told}
    return json.dumps([rest, inner, operation.get("parameters")], sort_keys=True)
