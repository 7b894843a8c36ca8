"""PutIntegrationResponse, UpdateIntegrationResponse and what is said of those that are not there.

Recorded by LocalStack, TestApigatewayIntegrationResponse.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.exceptions import MethodNotFoundException
from moto.apigateway.models import APIGatewayBackend, IntegrationResponse
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import integrations, mappings, refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Member, Patchable, Table, asked_of, change

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Integration

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
    APIGatewayResponse,
    "put_integration_response",
    "moto lets two answer one pattern, maps headers that no method response has, and changes the integration "
    "of an imported document, whose own words are served on",
)
def put_integration_response(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    _, _, api_id, _, resource_id, _, verb, _, _, status = response.path.split("/")
    method = response.backend.get_method(api_id, resource_id, verb)  # raises AWS's 404s
    if method.method_integration is None:
        raise refusals.NotFound(refusals.NO_INTEGRATION)
    asked = json.loads(response.body or "{}")
    for media_type in asked.get("responseTemplates") or {}:
        if "/" not in media_type:
            raise refusals.BadRequestException(refusals.INVALID_CONTENT_TYPE.format(media_type=media_type))
    mappings.check_response(method, status, asked.get("responseParameters") or {})
    _check_pattern(method.method_integration, status, asked.get("selectionPattern") or "")
    integrations.of_single_calls(method)
    return original(response)


@correction(APIGatewayResponse, "update_integration_response", "moto has no UpdateIntegrationResponse")
def update_integration_response(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, resource_id, _, verb, _, _, status = response.path.split("/")
    known = response.backend.get_integration_response(api_id, resource_id, verb, status)
    changed = _PATCHABLE.patched(known, asked_of(response))
    method = response.backend.get_method(api_id, resource_id, verb)
    mappings.check_response(method, status, changed["response_parameters"] or {})
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


def _check_pattern(integration: Integration, status_code: str, pattern: str) -> None:
    for code, other in (integration.integration_responses or {}).items():
        if code != status_code and (other.selection_pattern or "") == pattern:
            raise refusals.ConflictException(refusals.TAKEN_PATTERN.format(pattern=pattern or "default"))


CORRECTIONS = (
    put_integration_response,
    update_integration_response,
    delete_integration_response,
    to_json,
)
