"""A route -> its operation in the OpenAPI document: parameters, method responses, the integration.

The same as terraform/modules/rest_api/integrations.tf makes; a test holds the two equal. Maps are in the
order of their keys, as HCL writes them: API Gateway takes the first of several templates or patterns.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from apitool.project.integrations import path_variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.project.model import ResponseOptions, Route, Template

Json = dict[str, Any]

INTEGRATION = "x-amazon-apigateway-integration"
_SOURCE = re.compile(
    r"method\.request\.(header|querystring|multivalueheader|multivaluequerystring)\.(.+)", re.DOTALL
)
_PLACES = {
    "header": "header",
    "multivalueheader": "header",
    "querystring": "query",
    "multivaluequerystring": "query",
}
_PASSED_ON = {"AWS_PROXY": "What the function returned", "HTTP_PROXY": "What the endpoint returned"}


def operation(route: Route, function_uri: str | None, role: str | None = None) -> Json:
    """The operation; `function_uri` is what an integration with a function calls, `role` the ARN of the role
    that is made for one without.
    """
    return given(
        {
            "operationId": route.operation_name,
            "parameters": [*path_parameters(route.path), *_declared_parameters(route)],
            "responses": _method_responses(route),
            INTEGRATION: integration(route, function_uri, role),
        }
    )


def integration(route: Route, function_uri: str | None, role: str | None = None) -> Json:
    kind = route.integration
    return given(
        {
            "type": kind,
            "httpMethod": _http_method(route),
            "uri": function_uri if route.function else route.uri,
            "credentials": route.credentials or role,
            "connectionType": "VPC_LINK" if route.vpc_link else None,
            "connectionId": route.vpc_link,
            "timeoutInMillis": None if kind == "MOCK" else route.timeout_ms,
            "requestParameters": _request_parameters(route) or None,
            "requestTemplates": _request_templates(route) or None,
            "passthroughBehavior": route.passthrough_behavior,
            "contentHandling": _content_handling(route),
            "responses": _integration_responses(route),
            "cacheKeyParameters": list(route.cache_key_parameters) or None,
        }
    )


def path_parameters(path: str) -> list[Json]:
    return [_parameter(name, "path", required=True) for name in path_variables(path)]


def given(members: Json) -> Json:
    return {name: value for name, value in members.items() if value is not None}


def _http_method(route: Route) -> str | None:
    match route.integration:
        case "AWS" | "AWS_PROXY" if route.function:
            return "POST"  # how Lambda is invoked, whatever the route's method
        case "AWS":
            called = "POST" if ":action/" in (route.uri or "") else route.method
            return route.http_method or called
        case "MOCK":
            return None
        case _:
            return route.http_method or route.method


def _declared_parameters(route: Route) -> list[Json]:
    """What a request has to carry, and what a mapping or the cache takes from it: each once."""
    required = _parameters_of(route.required_parameters)
    taken = (*route.request_parameters.values(), *route.cache_key_parameters)
    found = {*required, *_parameters_of(taken)}
    return [_parameter(name, place, required=(place, name) in required) for place, name in sorted(found)]


def _parameters_of(sources: Iterable[str]) -> set[tuple[str, str]]:
    found = (_SOURCE.fullmatch(source) for source in sources)
    return {(_PLACES[match[1]], match[2]) for match in found if match}


def _parameter(name: str, place: str, *, required: bool) -> Json:
    return {"name": name, "in": place, "required": required, "schema": {"type": "string"}}


def _request_parameters(route: Route) -> dict[str, str]:
    known = set(path_variables(route.path))
    filled = {
        f"integration.request.path.{name}": f"method.request.path.{name}"
        for name in path_variables(route.uri or "")
        if name in known
    }
    event = {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}
    return {**filled, **route.request_parameters, **(event if route.invocation_type == "Event" else {})}


def _request_templates(route: Route) -> dict[str, str]:
    if route.integration == "MOCK" and not route.request_templates:
        return {"application/json": json.dumps({"statusCode": _mock_status(route)}, separators=(",", ":"))}
    return _texts(route.request_templates)


def _content_handling(route: Route) -> str | None:
    """A template needs text, and with `*/*` among the binary types a MOCK would get bytes, and be a 500."""
    return route.content_handling or ("CONVERT_TO_TEXT" if route.integration == "MOCK" else None)


def _mock_status(route: Route) -> int:
    """The status that a MOCK without a template answers: of the default response, else of the first."""
    defaults = [each.status for each in route.responses if each.pattern is None]
    return [*defaults, *(each.status for each in route.responses), 200][0]


def _texts(templates: dict[str, Template]) -> dict[str, str]:
    return {name: templates[name].text or "" for name in sorted(templates)}


def _method_responses(route: Route) -> Json:
    if route.integration in _PASSED_ON:
        return {"200": {"description": _PASSED_ON[route.integration]}}
    responses = {str(each.status): _method_response(each) for each in route.responses}
    return responses or {"200": {"description": _MAPPED}}


_MAPPED = "Mapped by the gateway"


def _method_response(response: ResponseOptions) -> Json:
    headers = {name: {"schema": {"type": "string"}} for name in sorted(response.headers)}
    return given({"description": _MAPPED, "headers": headers or None})


def _integration_responses(route: Route) -> Json | None:
    if route.integration in _PASSED_ON:
        return None
    if not route.responses:
        return {"default": {"statusCode": "200"}}
    by_pattern = {each.pattern or "default": _integration_response(each) for each in route.responses}
    return dict(sorted(by_pattern.items()))


def _integration_response(response: ResponseOptions) -> Json:
    parameters = {f"method.response.header.{name}": value for name, value in response.headers.items()}
    return given(
        {
            "statusCode": str(response.status),
            "responseParameters": parameters or None,
            "responseTemplates": _texts(response.templates) or None,
            "contentHandling": response.content_handling,
        }
    )
