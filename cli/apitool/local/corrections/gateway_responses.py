"""UpdateGatewayResponse, and gateway responses as AWS shows them: every type is there, set or not.

Recorded by LocalStack, TestApiGatewayGatewayResponse. A type that is not set is shown as its default, or as
DEFAULT_4XX or DEFAULT_5XX where its family is set.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import APIGatewayBackend, GatewayResponse
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Member, Patchable, Table, asked_of, change

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import RestAPI

_STATUSES = {
    "ACCESS_DENIED": "403",
    "API_CONFIGURATION_ERROR": "500",
    "AUTHORIZER_CONFIGURATION_ERROR": "500",
    "AUTHORIZER_FAILURE": "500",
    "BAD_REQUEST_BODY": "400",
    "BAD_REQUEST_PARAMETERS": "400",
    "DEFAULT_4XX": None,
    "DEFAULT_5XX": None,
    "EXPIRED_TOKEN": "403",
    "INTEGRATION_FAILURE": "504",
    "INTEGRATION_TIMEOUT": "504",
    "INVALID_API_KEY": "403",
    "INVALID_SIGNATURE": "403",
    "MISSING_AUTHENTICATION_TOKEN": "403",
    "QUOTA_EXCEEDED": "429",
    "REQUEST_TOO_LARGE": "413",
    "RESOURCE_NOT_FOUND": "404",
    "THROTTLED": "429",
    "UNAUTHORIZED": "401",
    "UNSUPPORTED_MEDIA_TYPE": "415",
    "WAF_FILTERED": "403",
}
_TEMPLATES = {"application/json": '{"message":$context.error.messageString}'}
_PATCHABLE = Patchable(
    members={"/statusCode": Member("status_code")},
    tables={
        name: Table(attribute, refusals.INVALID_PARAMETER, value_needed=True)
        for name, attribute in (
            ("responseParameters", "response_parameters"),
            ("responseTemplates", "response_templates"),
        )
    },
)


@correction(APIGatewayResponse, "update_gateway_response", "moto has no UpdateGatewayResponse")
def update_gateway_response(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    _, _, api_id, _, kind = response.path.split("/")
    api = response.backend.get_rest_api(api_id)
    known = api.gateway_responses.get(kind) or _unset(kind)
    change(known, _PATCHABLE.patched(known, asked_of(response)))
    api.gateway_responses[kind] = known
    return 200, {}, json.dumps(known.to_json())


@correction(APIGatewayResponse, "put_gateway_response", "moto answers 200, where AWS answers 201")
def put_gateway_response(
    original: Callable[..., Any], response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    *_, body = original(response)
    return 201, {"status": 201}, body


@correction(APIGatewayResponse, "delete_gateway_response", "moto answers 200, where AWS answers 202")
def delete(original: Callable[..., Any], response: APIGatewayResponse) -> tuple[int, dict[str, int], str]:
    original(response)
    return 202, {"status": 202}, ""


@correction(APIGatewayBackend, "get_gateway_response", "moto knows only types that were set")
def get_gateway_response(
    _original: Callable[..., GatewayResponse],
    backend: APIGatewayBackend,
    rest_api_id: str,
    response_type: str,
) -> GatewayResponse:
    return _shown(backend.get_rest_api(rest_api_id), response_type)


@correction(APIGatewayBackend, "get_gateway_responses", "moto knows only types that were set")
def get_gateway_responses(
    _original: Callable[..., list[GatewayResponse]], backend: APIGatewayBackend, rest_api_id: str
) -> list[GatewayResponse]:
    api = backend.get_rest_api(rest_api_id)
    return [_shown(api, kind) for kind in _STATUSES]


@correction(APIGatewayBackend, "delete_gateway_response", "moto deletes one that was not set")
def delete_gateway_response(
    original: Callable[..., None], backend: APIGatewayBackend, rest_api_id: str, response_type: str
) -> None:
    if response_type not in backend.get_rest_api(rest_api_id).gateway_responses:
        raise refusals.NotFound(refusals.NO_GATEWAY_RESPONSE)
    original(backend, rest_api_id, response_type)


@correction(GatewayResponse, "to_json", "AWS fills in what a type is not set to")
def to_json(original: Callable[..., dict[str, Any]], response: GatewayResponse) -> dict[str, Any]:
    filled = {
        **original(response),
        "statusCode": response.status_code or _STATUSES.get(response.response_type),
        "responseParameters": response.response_parameters or {},
        "responseTemplates": response.response_templates or _TEMPLATES,
    }
    return {key: value for key, value in filled.items() if value is not None}


def _shown(api: RestAPI, kind: str) -> GatewayResponse:
    own: GatewayResponse | None = api.gateway_responses.get(kind)
    if own is not None:
        return own
    family = "DEFAULT_5XX" if (_STATUSES[kind] or "").startswith("5") else "DEFAULT_4XX"
    of_family = api.gateway_responses.get(family) if _STATUSES[kind] else None
    shown = _unset(kind)
    if of_family is not None:
        shown.status_code = of_family.status_code
        shown.response_parameters = of_family.response_parameters
        shown.response_templates = of_family.response_templates
    shown.default_response = True
    return shown


def _unset(kind: str) -> GatewayResponse:
    nothing = cast("Any", None)  # as moto keeps what was not asked for, whatever it says of types
    return GatewayResponse(kind, nothing, nothing, nothing)


CORRECTIONS = (
    put_gateway_response,
    update_gateway_response,
    delete,
    get_gateway_response,
    get_gateway_responses,
    delete_gateway_response,
    to_json,
)
