"""PutIntegrationResponse, UpdateIntegrationResponse and what is said of those that are not there.

Recorded by LocalStack, TestApigatewayIntegrationResponse.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.exceptions import MethodNotFoundException
from moto.apigateway.models import APIGatewayBackend, IntegrationResponse
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import integrations, refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Member, Patchable, Table, asked_of, change

if TYPE_CHECKING:
    from collections.abc import Callable

_PATCHABLE = Patchable(
    members={
        "/selectionPattern": Member("selection_pattern"),
        "/contentHandling": Member("content_handling"),
    },
    tables={
        "responseParameters": Table("response_parameters", refusals.INVALID_PARAMETER),
        "responseTemplates": Table("response_templates", refusals.INVALID_MEDIA_TYPE, empty={}),
    },
)


@correction(
    APIGatewayBackend,
    "put_integration_response",
    "moto changes the integration of an imported document, whose own words are served on",
)
def put_integration_response(
    original: Callable[..., IntegrationResponse],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    *rest: object,
    **asked: object,
) -> IntegrationResponse:
    backend.get_integration(function_id, resource_id, method_type)  # raises AWS's 404s
    integrations.of_single_calls(backend.get_method(function_id, resource_id, method_type))
    return original(backend, function_id, resource_id, method_type, *rest, **asked)


@correction(APIGatewayResponse, "update_integration_response", "moto has no UpdateIntegrationResponse")
def update_integration_response(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, resource_id, _, verb, _, _, status = response.path.split("/")
    known = response.backend.get_integration_response(api_id, resource_id, verb, status)
    changed = _PATCHABLE.patched(known, asked_of(response))
    method = response.backend.get_method(api_id, resource_id, verb)
    made = integrations.of_single_calls(method).get_integration_response(status)
    change(made, changed)
    return 200, {}, json.dumps(made.to_json())


@correction(APIGatewayBackend, "delete_integration_response", "moto answers 500 for one that is not there")
def delete_integration_response(
    _original: Callable[..., IntegrationResponse],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    status_code: str,
) -> IntegrationResponse:
    try:
        known = backend.get_integration_response(function_id, resource_id, method_type, status_code)
    except MethodNotFoundException as error:
        raise refusals.NotFound(refusals.INVALID_INTEGRATION) from error
    method = backend.get_method(function_id, resource_id, method_type)
    integrations.of_single_calls(method).delete_integration_response(status_code)
    return known


@correction(
    IntegrationResponse, "to_json", "moto shows templates that are not there, and hides empty patterns"
)
def to_json(_original: Callable[..., dict[str, Any]], response: IntegrationResponse) -> dict[str, Any]:
    shown = {
        "statusCode": response.status_code,
        "selectionPattern": response.selection_pattern,
        "contentHandling": response.content_handling or None,
        "responseParameters": response.response_parameters or None,
        "responseTemplates": response.response_templates or None,
    }
    return {key: value for key, value in shown.items() if value is not None}


CORRECTIONS = (
    put_integration_response,
    update_integration_response,
    delete_integration_response,
    to_json,
)
