"""An OpenAPI 3 document as PutRestApi takes it -> the RestApi it declares.

Reads what shapes the data plane: `x-amazon-apigateway-integration`, `-any-method`, `-binary-media-types`,
`-gateway-responses`, `-minimum-compression-size`, `-policy`, `-api-key-source`, `operationId` (->
operationName), `security` with its authorizers. A document that is not shaped like one raises
`DocumentError` with a JSON pointer to the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from jsonpointer import JsonPointer

from apitool.proxy.api import (
    DEFAULT_TIMEOUT_MS,
    ApiKeySource,
    ContentHandling,
    GatewayResponse,
    Integration,
    IntegrationResponse,
    Method,
    Passthrough,
    Resource,
    RestApi,
)
from apitool.proxy.openapi_security import (
    api_key_required,
    authorization_of,
    authorizer_of,
    required_schemes,
    required_scopes,
)
from apitool.proxy.paths import resource_path_problems, with_parents
from apitool.proxy.resource_ids import resource_id

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY_METHOD = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
VERBS = ("get", "put", "post", "delete", "options", "head", "patch")

Json = dict[str, Any]
_Word = TypeVar("_Word", bound=str)
_Default = TypeVar("_Default", bound=str | None)


class DocumentError(ValueError):
    """The document can't be served. `pointer` is a JSON pointer into it, `seen` what stands there."""

    def __init__(self, what: str, pointer: str, seen: str) -> None:
        super().__init__(f"{what} at `{pointer or '/'}`: {seen}")
        self.what, self.pointer, self.seen = what, pointer, seen


def rest_api(document: Mapping[str, Any], *, resource_ids: Mapping[str, str] | None = None) -> RestApi:
    """The RestApi a document declares.

    Args:
        document: the parsed OpenAPI 3 document.
        resource_ids: ids the control plane gave out, by path; others are derived from the path.

    Raises:
        DocumentError: something is not shaped as OpenAPI or its AWS extensions say.
    """
    whole = dict(document)
    ids = resource_ids or {}
    paths = _table(whole, "paths")
    methods = {path: _methods(whole, path) for path in paths}
    return RestApi(
        resources=tuple(
            Resource(path, ids.get(path) or resource_id(path), methods.get(path, {}))
            for path in with_parents(paths)
        ),
        binary_media_types=_strings(whole, "x-amazon-apigateway-binary-media-types"),
        gateway_responses=_gateway_responses(whole),
        minimum_compression_size=_integer(whole, "x-amazon-apigateway-minimum-compression-size"),
        models=_table(whole, "components", "schemas"),
        policy=_table(whole, "x-amazon-apigateway-policy") or None,
        api_key_source=_one_of(get_args(ApiKeySource), "HEADER", whole, "x-amazon-apigateway-api-key-source"),
    )


def _methods(document: Json, path: str) -> dict[str, Method]:
    for problem in resource_path_problems(path):
        raise DocumentError(problem.aws_text, _pointer("paths", path), problem.part)
    item = _table(document, "paths", path)
    verbs = [verb for verb in (*VERBS, ANY_METHOD) if verb in item]
    found = (_method(document, path, verb) for verb in verbs)
    return {method.verb: method for method in found}


def _method(document: Json, path: str, verb: str) -> Method:
    operation = _table(document, "paths", path, verb)
    authorization, identity_header = authorization_of(document, operation)
    integration = INTEGRATION in operation
    name = operation.get("operationId")
    validator = _validator(document, operation)
    return Method(
        verb="ANY" if verb == ANY_METHOD else verb.upper(),
        integration=_integration(document, path, verb) if integration else None,
        operation_name=name if isinstance(name, str) else None,
        authorization=authorization,
        identity_header=identity_header,
        authorizer=authorizer_of(document, operation),
        scopes=required_scopes(document, operation),
        api_key_required=api_key_required(document, operation),
        security=required_schemes(document, operation),
        validates_parameters=validator.get("validateRequestParameters") is True,
        required_parameters=_required_parameters(_table(document, "paths", path), operation),
        validates_body=validator.get("validateRequestBody") is True,
        body_schema=_body_schema(operation),
    )


def _integration(document: Json, path: str, verb: str) -> Integration:
    at = ("paths", path, verb, INTEGRATION)
    written = _table(document, *at)
    timeout = _integer(document, *at, "timeoutInMillis")
    return Integration(
        type=str(written.get("type", "")).upper(),
        uri=str(written.get("uri") or ""),
        http_method=str(written.get("httpMethod") or "").upper(),
        timeout_ms=DEFAULT_TIMEOUT_MS if timeout is None else timeout,
        request_parameters=_text_map(document, *at, "requestParameters"),
        request_templates=_text_map(document, *at, "requestTemplates"),
        responses=_integration_responses(document, at),
        passthrough=_one_of(get_args(Passthrough), "WHEN_NO_MATCH", document, *at, "passthroughBehavior"),
        content_handling=_one_of(get_args(ContentHandling), None, document, *at, "contentHandling"),
        cache_key_parameters=_strings(document, *at, "cacheKeyParameters"),
        credentials=str(written.get("credentials") or ""),
    )


def _integration_responses(document: Json, at: tuple[str, ...]) -> tuple[IntegrationResponse, ...]:
    written = _table(document, *at, "responses")
    return tuple(
        IntegrationResponse(
            pattern=pattern,
            status=_status(document, *at, "responses", pattern, "statusCode") or 200,
            parameters=_text_map(document, *at, "responses", pattern, "responseParameters"),
            templates=_text_map(document, *at, "responses", pattern, "responseTemplates"),
            content_handling=_one_of(
                get_args(ContentHandling), None, document, *at, "responses", pattern, "contentHandling"
            ),
        )
        for pattern in written
    )


def _gateway_responses(document: Json) -> dict[str, GatewayResponse]:
    key = "x-amazon-apigateway-gateway-responses"
    return {
        kind: GatewayResponse(
            type=kind,
            status=_status(document, key, kind, "statusCode"),
            parameters=_text_map(document, key, kind, "responseParameters"),
            templates=_text_map(document, key, kind, "responseTemplates"),
        )
        for kind in _table(document, key)
    }


def _validator(document: Json, operation: Json) -> Json:
    """The validator that holds for the operation, its own or the document's; empty when there is none."""
    key = "x-amazon-apigateway-request-validator"
    name = operation.get(key, document.get(key))
    validators = _table(document, "x-amazon-apigateway-request-validators")
    validator = validators.get(name) if isinstance(name, str) else None
    return validator if isinstance(validator, dict) else {}


def _body_schema(operation: Json) -> Json | None:
    schema = _at(operation, ("requestBody", "content", "application/json", "schema"))
    return schema if isinstance(schema, dict) else None


def _required_parameters(item: Json, operation: Json) -> tuple[str, ...]:
    """Those of the path item, each replaced by the operation's own of the same name and place (OpenAPI)."""
    places = {"header": "header", "query": "querystring", "path": "path"}
    known: dict[tuple[str, str], Json] = {}
    for written in (item.get("parameters"), operation.get("parameters")):
        for parameter in written if isinstance(written, list) else ():
            if isinstance(parameter, dict):
                known[str(parameter.get("in")), str(parameter.get("name"))] = parameter
    return tuple(
        f"method.request.{places[place]}.{name}"
        for (place, name), parameter in known.items()
        if parameter.get("required") is True and place in places
    )


def _at(document: Json, at: tuple[str, ...]) -> object:
    value: object = document
    for key in at:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _table(document: Json, *at: str) -> Json:
    value = _at(document, at)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DocumentError("Expected an object", _pointer(*at), type(value).__name__)
    return cast("Json", value)


def _text_map(document: Json, *at: str) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in _table(document, *at).items()}


def _strings(document: Json, *at: str) -> tuple[str, ...]:
    value = _at(document, at)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DocumentError("Expected a list of strings", _pointer(*at), type(value).__name__)
    return tuple(value)


def _integer(document: Json, *at: str) -> int | None:
    value = _at(document, at)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise DocumentError("Expected an integer", _pointer(*at), repr(value))


def _one_of(known: tuple[_Word, ...], default: _Default, document: Json, *at: str) -> _Word | _Default:
    """One of AWS's words, in whatever case it is written."""
    value = _at(document, at)
    if value is None:
        return default
    found = next((word for word in known if word == str(value).upper()), None)
    if found is None:
        raise DocumentError(f"Expected one of {', '.join(known)}", _pointer(*at), repr(value))
    return found


def _status(document: Json, *at: str) -> int | None:
    """AWS writes status codes as strings and takes numbers as well."""
    value = _at(document, at)
    if value is None:
        return None
    if isinstance(value, (int, str)) and str(value).isascii() and str(value).isdigit():
        return int(value)
    raise DocumentError("Expected a status code", _pointer(*at), repr(value))


def _pointer(*parts: str) -> str:
    pointer: str = JsonPointer.from_parts(parts).path
    return pointer
