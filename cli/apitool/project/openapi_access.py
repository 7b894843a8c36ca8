"""The parts of the OpenAPI document that say who may call and what is refused.

The module makes the same in authorizers.tf, validation.tf and gateway_responses.tf. Extensions:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.project.access import asked_of
from apitool.project.schemas import REFERENCE, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.project.model import Authorizer, GatewayResponse, Project, Route

Json = dict[str, Any]
_API_KEY = "api_key"  # of the security scheme; no authorizer is called so
_PREFIX = "x-amazon-apigateway-"
_HEADER_SOURCE = "method.request.header."
_VALIDATORS = {"body": (True, False), "parameters": (False, True), "all": (True, True)}
"""Validators by name: whether they look at the body, and at the parameters."""
_DEFAULTS = ("DEFAULT_4XX", "DEFAULT_5XX")


def members(project: Project, uri_of: Callable[[str], str]) -> Json:
    """Members of the whole document; None for those it does not have. `uri_of` takes a function's key."""
    asked = [asked_of(project, route) for route in project.routes]
    keys = any(each.api_key for each in asked)
    checks = sorted({each.validator for each in asked} & _VALIDATORS.keys())
    components = {
        "schemas": schemas(project),
        "securitySchemes": _security_schemes(project, uri_of, keys=keys),
    }
    given = {name: value for name, value in components.items() if value}
    return {
        "components": given or None,
        f"{_PREFIX}request-validators": {name: _validator(name) for name in checks} or None,
        f"{_PREFIX}api-key-source": project.api.api_key_source if keys else None,
        f"{_PREFIX}minimum-compression-size": project.api.minimum_compression_size,
    }


def of_operation(project: Project, route: Route) -> Json:
    """Members of a route's operation; None for those that it does not have."""
    asked = asked_of(project, route)
    security: list[Json] = []
    if asked.authorizer is not None:
        security.append({asked.authorizer: list(asked.scopes)})
    if asked.api_key:
        security.append({_API_KEY: []})
    reference = {"$ref": f"{REFERENCE}{route.model}"}
    return {
        "security": security or None,
        f"{_PREFIX}request-validator": asked.validator if asked.validator in _VALIDATORS else None,
        "requestBody": {"content": {"application/json": {"schema": reference}}} if route.model else None,
    }


def gateway_responses(project: Project, cors_headers: dict[str, str]) -> Json | None:
    """CORS headers on all of them: a type with an answer of its own takes nothing from the defaults."""
    declared = project.gateway_responses
    kinds = {*declared, *(_DEFAULTS if cors_headers else ())}
    return {kind: _gateway_response(declared.get(kind), cors_headers) for kind in sorted(kinds)} or None


def _gateway_response(declared: GatewayResponse | None, cors_headers: dict[str, str]) -> Json:
    constants = {name: f"'{text}'" for name, text in cors_headers.items()}
    headers = constants | (declared.headers if declared else {})
    answer = {
        "statusCode": str(declared.status) if declared and declared.status else None,
        "responseParameters": {f"gatewayresponse.header.{name}": value for name, value in headers.items()},
        "responseTemplates": dict(declared.templates) if declared else None,
    }
    return {name: value for name, value in answer.items() if value}


def _validator(name: str) -> Json:
    body, parameters = _VALIDATORS[name]
    return {"validateRequestBody": body, "validateRequestParameters": parameters}


def _security_schemes(project: Project, uri_of: Callable[[str], str], *, keys: bool) -> Json:
    schemes = {name: _scheme(authorizer, uri_of) for name, authorizer in project.authorizers.items()}
    key = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    return {**schemes, **({_API_KEY: key} if keys else {})}


def _scheme(authorizer: Authorizer, uri_of: Callable[[str], str]) -> Json:
    headers = [
        source.removeprefix(_HEADER_SOURCE)
        for source in authorizer.identity_sources
        if source.startswith(_HEADER_SOURCE)
    ]
    return {
        "type": "apiKey",
        "in": "header",
        "name": headers[0] if headers else "Unused",  # what API Gateway's own export calls it
        f"{_PREFIX}authtype": _AUTHTYPES[authorizer.type],
        **({} if authorizer.type == "iam" else {f"{_PREFIX}authorizer": _authorizer(authorizer, uri_of)}),
    }


_AUTHTYPES = {"token": "custom", "request": "custom", "cognito": "cognito_user_pools", "iam": "awsSigv4"}


def _authorizer(authorizer: Authorizer, uri_of: Callable[[str], str]) -> Json:
    cognito = authorizer.type == "cognito"
    sources = ",".join(authorizer.identity_sources)
    declared = {
        "type": "cognito_user_pools" if cognito else authorizer.type,
        "authorizerUri": uri_of(authorizer.function) if authorizer.function else None,
        "authorizerResultTtlInSeconds": authorizer.ttl,
        "identitySource": sources or None,
        "identityValidationExpression": authorizer.identity_validation,
        "providerARNs": list(authorizer.user_pools) if cognito else None,
    }
    return {name: value for name, value in declared.items() if value is not None}
