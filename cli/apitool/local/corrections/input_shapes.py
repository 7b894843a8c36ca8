"""What the API's own model refuses of a call before anything else looks at it (recorded by LocalStack)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OPERATIONS = ("add", "remove", "move", "test", "replace", "copy")
_STATUS = re.compile(r"[1-5]\d\d")
_RESPONSE_TYPES = (  # in the order AWS lists them
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "MISSING_AUTHENTICATION_TOKEN",
    "BAD_REQUEST_BODY",
    "INVALID_SIGNATURE",
    "INVALID_API_KEY",
    "BAD_REQUEST_PARAMETERS",
    "AUTHORIZER_FAILURE",
    "UNAUTHORIZED",
    "INTEGRATION_TIMEOUT",
    "ACCESS_DENIED",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "WAF_FILTERED",
    "QUOTA_EXCEEDED",
    "THROTTLED",
    "API_CONFIGURATION_ERROR",
    "UNSUPPORTED_MEDIA_TYPE",
    "INTEGRATION_FAILURE",
    "EXPIRED_TOKEN",
)
_ENUMERATIONS = {  # by operation: a member of the body, and what it may be
    "PutIntegration": ("type", ("HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS")),
    "CreateDocumentationPart": (
        "location.type",
        (
            "RESPONSE_BODY",
            "RESPONSE",
            "METHOD",
            "MODEL",
            "AUTHORIZER",
            "RESPONSE_HEADER",
            "RESOURCE",
            "PATH_PARAMETER",
            "REQUEST_BODY",
            "QUERY_PARAMETER",
            "API",
            "REQUEST_HEADER",
        ),
    ),
}
_TEXTS = {  # by operation: tables whose values are text
    "PutIntegration": ("requestParameters", "requestTemplates"),
    "PutIntegrationResponse": ("responseParameters", "responseTemplates"),
    "PutGatewayResponse": ("responseParameters", "responseTemplates"),
}
_CLASSES = {  # what AWS calls values that are none
    bool: "java.lang.Boolean",
    int: "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
    float: "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
}
_METHOD = (
    "{0}/restapis/(?P<function_id>[^/]+)/resources/(?P<resource_id>[^/]+)/methods/(?P<method_name>[^/]+)"
)
for _responses in ("responses", "integration/responses"):  # moto's paths have nothing but digits there
    url_paths.setdefault(f"{_METHOD}/{_responses}/(?P<status_code>[^/]+)$", APIGatewayResponse.dispatch)


@correction(
    APIGatewayResponse, "call_action", "moto ignores patch operations and takes values that AWS does not know"
)
def call_action(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    action, body = response._get_action(), _json(response.body)  # noqa: SLF001 - moto's only name of the operation
    for name in _TEXTS.get(action, ()):
        for value in (body.get(name) or {}).values():
            if type(value) in _CLASSES:
                text = f"class {_CLASSES[type(value)]} can not be converted to an String"
                return response.error("SerializationException", text)
    errors = [*_of_body(action, body), *_of_path(response.path)]
    if errors:
        refused = refusals.invalid(errors)
        return response.error(refused.error_type, refused.message, refused.code)
    return original(response)


def _of_body(action: str, body: dict[str, Any]) -> Iterator[str]:
    given = f"{action[:1].lower()}{action[1:]}Input"
    for number, each in enumerate(body.get("patchOperations") or (), 1):
        if each.get("op") not in (None, *_OPERATIONS):
            yield refusals.not_one_of(each["op"], f"{given}.patchOperations.{number}.member.op", _OPERATIONS)
    if action in _ENUMERATIONS:
        member, allowed = _ENUMERATIONS[action]
        value: Any = body
        for name in member.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if value is not None and value not in allowed:
            yield refusals.not_one_of(value, f"{given}.{member}", allowed)


def _of_path(path: str) -> Iterator[str]:
    *_, kind, name = path.rsplit("/", 2)
    if "/methods/" in path and kind == "responses" and not _STATUS.fullmatch(name):
        yield (
            f"Value '{name}' at 'statusCode' failed to satisfy constraint: "
            f"Member must satisfy regular expression pattern: {_STATUS.pattern}"
        )
    if kind == "gatewayresponses" and name not in _RESPONSE_TYPES:
        yield refusals.not_one_of(name, "responseType", _RESPONSE_TYPES)


def _json(body: str | bytes | None) -> dict[str, Any]:
    """Of documents that are imported as YAML there is nothing to say here."""
    try:
        read = json.loads(body or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


CORRECTIONS = (call_action,)
