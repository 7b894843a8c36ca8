"""Integration request parameters, and the headers of a method response."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from apitool.proxy.mapped_values import mapped_value, mapped_values

if TYPE_CHECKING:
    from apitool.proxy.api import Integration, IntegrationResponse
    from apitool.proxy.mapped_values import EndpointAnswer, Sources
    from apitool.proxy.mapping.overrides import Overrides
    from apitool.proxy.request import Headers

_TO_ENDPOINT = "integration.request."
_TO_CLIENT = "method.response.header."


@dataclass(slots=True)
class RequestParameters:
    """What is set on the request to the endpoint, names as declared."""

    header: dict[str, list[str]] = field(default_factory=dict)
    path: dict[str, list[str]] = field(default_factory=dict)
    querystring: dict[str, list[str]] = field(default_factory=dict)


def request_parameters(integration: Integration, sources: Sources) -> RequestParameters:
    """Mapped parameters; one that refers to nothing is not sent (recorded, LocalStack for HTTP_PROXY)."""
    found = RequestParameters()
    tables = {"header": found.header, "path": found.path, "querystring": found.querystring}
    for target, expression in integration.request_parameters.items():
        place, _, name = target.removeprefix(_TO_ENDPOINT).partition(".")
        values = [value for value in mapped_values(expression, sources) if value]
        if place in tables and values:
            tables[place][name] = values
    return found


def overridden(parameters: RequestParameters, overrides: Overrides) -> RequestParameters:
    """With what the request template set in `$context.requestOverride` on top."""
    return RequestParameters(
        header={**parameters.header, **overrides.request_values("header")},
        path={**parameters.path, **overrides.request_values("path")},
        querystring={**parameters.querystring, **overrides.request_values("querystring")},
    )


def response_headers(
    response: IntegrationResponse, sources: Sources, answer: EndpointAnswer, overrides: Overrides
) -> Headers:
    """Headers mapped from the endpoint's answer, then those of `$context.responseOverride`."""
    known = replace(sources, answer=answer)
    headers = {
        target.removeprefix(_TO_CLIENT): [value]
        for target, expression in response.parameters.items()
        if target.startswith(_TO_CLIENT) and (value := mapped_value(expression, known))
    }
    for name, values in overrides.response_headers.items():
        taken = next((key for key in headers if key.lower() == name.lower()), name)
        headers.pop(taken, None)
        headers[name] = values
    return tuple((name, value) for name, values in headers.items() for value in values)
