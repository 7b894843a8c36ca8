"""A method of moto's as an OpenAPI operation, for methods made by single calls, without a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moto.apigateway.models import Integration, Method

ANY_METHOD = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
_VERBS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"})


def verb(key: str) -> str | None:
    """`get` -> `GET`, AWS's extension -> `ANY`; None for a key of a path item that is no operation."""
    if key == ANY_METHOD:
        return "ANY"
    return key.upper() if key.upper() in _VERBS else None


def key(verb: str) -> str:
    return ANY_METHOD if verb == "ANY" else verb.lower()


def described(method: Method) -> dict[str, Any]:
    operation: dict[str, Any] = {"responses": {}}
    if method.operation_name:
        operation["operationId"] = method.operation_name
    if method.method_integration is not None:
        operation[INTEGRATION] = _integration(method.method_integration)
    return operation


def _integration(integration: Integration) -> dict[str, Any]:
    responses = integration.integration_responses or {}
    known = {
        "type": integration.integration_type,
        "uri": integration.uri,
        "httpMethod": integration.http_method,
        "passthroughBehavior": integration.passthrough_behaviour,
        "timeoutInMillis": integration.timeout_in_millis,
        "requestParameters": integration.request_parameters,
        "requestTemplates": integration.request_templates,
        "responses": {
            response.selection_pattern or "default": {
                "statusCode": str(response.status_code),
                "responseParameters": response.response_parameters or {},
                "responseTemplates": response.response_templates or {},
            }
            for response in responses.values()
        },
    }
    return {name: value for name, value in known.items() if value}
