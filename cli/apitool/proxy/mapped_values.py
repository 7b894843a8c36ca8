"""Mapping expressions of parameters: `'static'`, `method.request.header.X`, `integration.response.body.a`, …

Gateway responses, integration requests and integration responses share them (AWS documentation, "API Gateway
API request and response data mapping reference").
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen
from apitool.proxy.mapping.jsonpath import MISSING, PathError, find
from apitool.proxy.velocity.values import java_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.request import Headers, Request

_FROM_REQUEST = "method.request."
_FROM_RESPONSE = "integration.response."


@dataclass(frozen=True, slots=True)
class EndpointAnswer:
    """What an integration's endpoint answered."""

    headers: Headers = ()
    body: bytes = b""


@frozen(slots=True)
class Sources:
    """What an expression can refer to. `context` is keyed without `$context.`."""

    request: Request
    headers: Headers = ()  # of the request, as the event has them
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)
    answer: EndpointAnswer | None = None  # for `integration.response.…`


def static_value(expression: str) -> str | None:
    """`'*'` -> `*`; None when the expression is not a quoted constant."""
    quoted = len(expression) > 1 and expression.startswith("'") and expression.endswith("'")
    return expression[1:-1] if quoted else None


def mapped_value(expression: str, sources: Sources) -> str | None:
    """The value of an expression, several joined by commas; None when it refers to nothing."""
    values = mapped_values(expression, sources)
    return ",".join(values) if values else None


def mapped_values(expression: str, sources: Sources) -> list[str]:
    """Every value of an expression; only the `multivalue…` ones can have more than one."""
    static = static_value(expression)
    if static is not None:
        return [static]
    if expression.startswith(_FROM_REQUEST):
        return _of_request(expression.removeprefix(_FROM_REQUEST), sources)
    if expression.startswith(_FROM_RESPONSE) and sources.answer is not None:
        answer = sources.answer
        return _of_message(expression.removeprefix(_FROM_RESPONSE), answer.headers, answer.body)
    for prefix, table in (("context.", sources.context), ("stageVariables.", sources.stage_variables)):
        if expression.startswith(prefix):
            return _listed(table.get(expression.removeprefix(prefix)))
    return []


def _of_request(rest: str, sources: Sources) -> list[str]:
    place, _, name = rest.partition(".")
    request = sources.request
    match place:
        case "path":
            return _listed(sources.path_parameters.get(name))
        case "querystring":
            return request.query.get(name, [])[-1:]
        case "multivaluequerystring":
            return list(request.query.get(name, []))
        case _:
            return _of_message(rest, sources.headers, request.body)


def _of_message(rest: str, headers: Headers, body: bytes) -> list[str]:
    """A header, or the body: of a request, or of an endpoint's answer."""
    place, _, name = rest.partition(".")
    match place:
        case "header" | "multivalueheader":
            wanted = name.lower()
            values = [value for key, value in headers if key.lower() == wanted]
            return values[-1:] if place == "header" else values
        case "body":
            return _of_body(name, body)
        case _:
            return []


def _of_body(path: str, body: bytes) -> list[str]:
    """The whole body, or what a JSONPath finds in it; a body that is not JSON holds nothing."""
    if not path:
        return [body.decode(errors="replace")] if body else []
    try:
        found = find(json.loads(body), path)
    except (ValueError, RecursionError, PathError):
        return []
    return [] if found is MISSING or found is None else [java_text(found)]


def _listed(value: str | None) -> list[str]:
    return [] if value is None else [value]
