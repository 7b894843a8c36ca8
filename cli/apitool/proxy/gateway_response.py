"""Answers the gateway makes itself: status, message and error type by response type, and customisation.

Statuses are those of GetGatewayResponses (recorded by LocalStack) except INTEGRATION_FAILURE, which lists 504
and answers 502 (recorded by stackd). Bodies of 5xx have a space after the colon, those of 4xx have none
(recorded: 36, 41, 42, 26 and 23 bytes).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.context import substitute
from apitool.proxy.mapped_values import mapped_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.api import GatewayResponse, RestApi
    from apitool.proxy.mapped_values import Sources
    from apitool.proxy.request import Headers

INTERNAL = "Internal server error"
_INTERNAL_TYPE = "InternalServerErrorException"
_HEADER = "gatewayresponse.header."
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Standard:
    """A response type before customisation. Some answer without a message, and one spells its key large."""

    status: int
    message: str | None
    error_type: str
    key: str = "message"


STANDARD: Mapping[str, Standard] = {
    # `{"Message":"User is not …"}`; the message says how it came to that (recorded by stackd).
    "ACCESS_DENIED": Standard(
        403, "User is not authorized to access this resource", "AccessDeniedException", key="Message"
    ),
    "API_CONFIGURATION_ERROR": Standard(500, INTERNAL, _INTERNAL_TYPE),
    # `{"message":null}`, 16 bytes, for output without a policy or with a nested context (recorded by stackd).
    "AUTHORIZER_CONFIGURATION_ERROR": Standard(500, None, "AuthorizerConfigurationException"),
    "AUTHORIZER_FAILURE": Standard(500, None, "AuthorizerConfigurationException"),
    "BAD_REQUEST_BODY": Standard(400, "Invalid request body", "BadRequestException"),
    "BAD_REQUEST_PARAMETERS": Standard(400, "Missing required request parameters", "BadRequestException"),
    "DEFAULT_5XX": Standard(500, INTERNAL, _INTERNAL_TYPE),
    "INTEGRATION_FAILURE": Standard(502, INTERNAL, _INTERNAL_TYPE),
    "INTEGRATION_TIMEOUT": Standard(504, "Endpoint request timed out", _INTERNAL_TYPE),
    "INVALID_API_KEY": Standard(403, "Forbidden", "ForbiddenException"),
    # Public reports of requests with another kind of Authorization header; the header's value follows on AWS.
    "INVALID_SIGNATURE": Standard(
        403,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
        "parameter. Authorization header requires 'SignedHeaders' parameter.",
        "IncompleteSignatureException",
    ),
    "MISSING_AUTHENTICATION_TOKEN": Standard(
        403, "Missing Authentication Token", "MissingAuthenticationTokenException"
    ),
    "QUOTA_EXCEEDED": Standard(429, "Limit Exceeded", "LimitExceededException"),
    "REQUEST_TOO_LARGE": Standard(413, "Request Too Long", "RequestTooLargeException"),
    "THROTTLED": Standard(429, "Too Many Requests", "TooManyRequestsException"),
    "UNAUTHORIZED": Standard(401, "Unauthorized", "UnauthorizedException"),
    "UNSUPPORTED_MEDIA_TYPE": Standard(415, "Unsupported Media Type", "BadRequestException"),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    status: int
    headers: Headers  # Content-Type, x-amzn-ErrorType, then customised ones
    body: bytes


@lru_cache(maxsize=256)
def default_body(status: int, message: str | None, key: str = "message") -> bytes:
    separators = (", ", ": ") if status >= SERVER_ERROR and message is not None else (",", ":")
    return json.dumps({key: message}, separators=separators).encode()


def customisation(api: RestApi, response_type: str, status: int) -> GatewayResponse | None:
    """The type's own customisation, else that of DEFAULT_4XX or DEFAULT_5XX."""
    default = "DEFAULT_5XX" if status >= SERVER_ERROR else "DEFAULT_4XX"
    return api.gateway_responses.get(response_type) or api.gateway_responses.get(default)


def render(
    api: RestApi | None,
    response_type: str,
    *,
    sources: Sources,
    status: int | None = None,
    message: str | None = None,
) -> Rendered:
    """The answer for a response type.

    Args:
        api: None when no stage was found, so that nothing can be customised.
        response_type: a key of `STANDARD`.
        sources: what response parameters and templates may refer to.
        status: the status of the error, where it is not the type's own (500 and 502 share a type).
        message: the message, where it is not the type's own.
    """
    standard = STANDARD[response_type]
    own_status = standard.status if status is None else status
    text = standard.message if message is None else message
    custom = customisation(api, response_type, own_status) if api else None
    sent = own_status if custom is None or custom.status is None else custom.status
    templates = custom.templates if custom else {}
    if templates:
        media_type, body = _templated(templates, sources)
    else:
        media_type, body = "application/json", default_body(own_status, text, standard.key)
    headers: Headers = (("Content-Type", media_type), ("x-amzn-ErrorType", standard.error_type))
    return Rendered(sent, _with_custom(headers, custom, sources), body)


def _templated(templates: Mapping[str, str], sources: Sources) -> tuple[str, bytes]:
    media_type = "application/json" if "application/json" in templates else next(iter(templates))
    text = substitute(templates[media_type], sources.context, sources.stage_variables, missing="")
    return media_type, text.encode(errors="replace")


def _with_custom(headers: Headers, custom: GatewayResponse | None, sources: Sources) -> Headers:
    """A customised header replaces one of the gateway's own of the same name."""
    added = {
        key.removeprefix(_HEADER): value
        for key, expression in (custom.parameters if custom else {}).items()
        if key.startswith(_HEADER) and (value := mapped_value(expression, sources)) is not None
    }
    replaced = {name.lower() for name in added}
    return (*((k, v) for k, v in headers if k.lower() not in replaced), *added.items())
