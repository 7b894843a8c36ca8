"""UpdateMethodResponse, and method responses that are not there.

Recorded by LocalStack, TestApigatewayMethodResponse.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, MethodResponse
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Patchable, Table, asked_of, change, flag

if TYPE_CHECKING:
    from collections.abc import Callable

_PATCHABLE = Patchable(
    tables={
        "responseParameters": Table("response_parameters", refusals.INVALID_PARAMETER, flag),
        "responseModels": Table("response_models", refusals.INVALID_MEDIA_TYPE),
    }
)


@correction(APIGatewayBackend, "put_method_response", "moto puts another in its place")
def put_method_response(  # noqa: PLR0917 - moto's signature
    original: Callable[..., MethodResponse],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    response_code: str,
    *rest: object,
    **asked: object,
) -> MethodResponse:
    method = backend.get_method(function_id, resource_id, method_type)
    if response_code in method.method_responses:
        raise refusals.ConflictException(refusals.TAKEN_RESPONSE)
    return original(backend, function_id, resource_id, method_type, response_code, *rest, **asked)


@correction(APIGatewayResponse, "update_method_response", "moto has no UpdateMethodResponse")
def update_method_response(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    _, _, api_id, _, resource_id, _, verb, _, status = response.path.split("/")
    known: Any = response.backend.get_method_response(api_id, resource_id, verb, status)  # never None, below
    change(known, _PATCHABLE.patched(known, asked_of(response)))
    return 201, {"status": 201}, json.dumps(known.to_json())  # 201 it is (recorded)


@correction(APIGatewayBackend, "get_method_response", "moto answers 500 for one that is not there")
def get_method_response(  # noqa: PLR0917 - moto's signature
    original: Callable[..., MethodResponse | None],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    response_code: str,
) -> MethodResponse:
    found = original(backend, function_id, resource_id, method_type, response_code)
    if found is None:
        raise refusals.NotFound(refusals.INVALID_STATUS)
    return found


CORRECTIONS = (put_method_response, update_method_response, get_method_response)
