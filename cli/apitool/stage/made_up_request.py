"""A request to a route, made up of what the route asks for: required parameters, a body its model takes, a
caller its authorizer would let in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apitool.project.client_request import client_request, json_body
from apitool.project.given_caller import anybody
from apitool.proxy.routing import match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.project.model import Route
    from apitool.proxy.api import Method
    from apitool.proxy.caller import Caller
    from apitool.proxy.request import Request
    from apitool.proxy.stage import DeployedStage

_VARIABLE = re.compile(r"\{[^{}]+\}")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_DEEPEST = 8  # levels of a model; one that refers to itself ends here
_SIMPLE: Mapping[str, Any] = {"boolean": True, "null": None}


def made_up_request(stage: DeployedStage, route: Route) -> tuple[Request, Caller]:
    method = "GET" if route.method == "ANY" else route.method
    path = _VARIABLE.sub("1", route.path)
    found = match(stage.api, method, path)
    asked = _asked(found.method, "header") if found else []
    if found and found.method.api_key_required:
        asked.append("X-Api-Key")
    schema = found.method.body_schema if found else None
    body = json_body(example(schema or {"type": "object"}, stage.api.models)) if method in _WITH_BODY else b""
    request = client_request(
        stage,
        method,
        path,
        query=[(name, "1") for name in (_asked(found.method, "querystring") if found else ())],
        headers=[(name, "1") for name in asked],
        body=body,
        content_type="application/json" if body else None,
    )
    return request, anybody(stage, request)


def _asked(method: Method, place: str) -> list[str]:
    start = f"method.request.{place}."
    return [key.removeprefix(start) for key in method.required_parameters if key.startswith(start)]


def example(schema: Any, models: Mapping[str, Any], depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """A value the schema takes, as small as can be; patterns and formats are not looked at."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return {}
    if isinstance(reference := schema.get("$ref"), str):
        return example(models.get(reference.rpartition("/")[2]), models, depth + 1)
    for key in ("default", "example"):
        if key in schema:
            return schema[key]
    for key in ("enum", "oneOf", "anyOf", "allOf"):
        if isinstance(several := schema.get(key), list) and several:
            return several[0] if key == "enum" else example(several[0], models, depth + 1)
    return _of_type(schema, models, depth)


def _of_type(schema: Mapping[str, Any], models: Mapping[str, Any], depth: int) -> Any:  # noqa: ANN401 - JSON
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    match kind:
        case "object":
            members = schema.get("properties") or {}
            needed = schema.get("required") or ()
            return {name: example(members.get(name), models, depth + 1) for name in needed}
        case "array":
            return [example(schema.get("items"), models, depth + 1)] * int(schema.get("minItems") or 0)
        case "string":
            return "x" * max(1, int(schema.get("minLength") or 0))
        case "integer" | "number":
            return schema.get("minimum", schema.get("maximum", 1))
        case _:
            return _SIMPLE.get(str(kind), {})
