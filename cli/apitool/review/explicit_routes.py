"""The routes of a RestApi that is declared resource by resource: aws_api_gateway_resource, _method, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from apitool.review.references import References
from apitool.review.route import OPEN, Preflight, Route, Surface, preflight
from apitool.terraform.document import mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from apitool.review.plan_document import PlanDocument, ResourceChange

Side = Literal["before", "after"]
_RESOURCE = "aws_api_gateway_resource"
_METHOD = "aws_api_gateway_method"
_INTEGRATION = "aws_api_gateway_integration"
_RESPONSE = "aws_api_gateway_integration_response"
_FUNCTION = re.compile(r":function:([^:/]+)")
_HEADER = "method.response.header."
_DEEPEST = 30  # levels of resources; more is a loop


def surface(plan: PlanDocument, side: Side, function_key: Callable[[str], str]) -> Surface:
    """The routes on one side of the plan; those that Terraform does not manage are not seen."""
    api = _Side(plan, side, function_key)
    routes = {route.key: route for route in api.routes()}
    return Surface(routes, {each.path: each for each in api.preflights()})


@dataclass
class _Side:
    plan: PlanDocument
    side: Side
    function_key: Callable[[str], str]

    def __post_init__(self) -> None:
        self._references = References(self.plan, self.side)
        self._integrations = {self._spot(each): each for each in self._there(_INTEGRATION)}

    def routes(self) -> Iterator[Route]:
        for method in self._there(_METHOD):
            path, http_method = self._spot(method)
            integration = self._integrations.get((path, http_method))
            if not self._is_preflight(http_method, integration):
                yield self._route(path, http_method, method, integration)

    def preflights(self) -> Iterator[Preflight]:
        headers: dict[str, dict[str, str]] = {}
        for response in self._there(_RESPONSE):
            path, http_method = self._spot(response)
            if self._is_preflight(http_method, self._integrations.get((path, http_method))):
                parameters = mapping(self._values(response).get("response_parameters"))
                found = {
                    name.removeprefix(_HEADER).lower(): text(value) for name, value in parameters.items()
                }
                headers.setdefault(path, {}).update(found)
                headers[path]["address"] = response.address
        for path, found in headers.items():
            address = found.pop("address")
            yield preflight(path, found, address)

    def _route(
        self, path: str, http_method: str, method: ResourceChange, integration: ResourceChange | None
    ) -> Route:
        values, inner = self._values(method), self._values(integration) if integration else {}
        uri = text(inner.get("uri"))
        function = _FUNCTION.search(uri)
        return Route(
            http_method,
            path,
            self._authorization(method),
            api_key=values.get("api_key_required") is True,
            scopes=", ".join(sorted(map(str, sequence(values.get("authorization_scopes"))))),
            integration=text(inner.get("type")),
            integration_method=text(inner.get("integration_http_method")),
            target=self.function_key(function[1]) if function else uri or self._invoked(integration),
            timeout_ms=number(inner.get("timeout_milliseconds")) or 29_000,
            validation=self._named(method, "request_validator_id"),
            address=method.address,
        )

    def _authorization(self, method: ResourceChange) -> str:
        kind = text(self._values(method).get("authorization")) or OPEN
        name = self._named(method, "authorizer_id")
        return f"{kind} {name}" if name else kind

    def _named(self, method: ResourceChange, attribute: str) -> str:
        """The name of what an attribute refers to, its id where no name is known."""
        target = self._references.target(method, attribute)
        if target is not None:
            return text(self._values(target).get("name")) or target.address
        return text(self._values(method).get(attribute))

    def _invoked(self, integration: ResourceChange | None) -> str:
        """The function whose ARN is not known yet."""
        target = self._references.target(integration, "uri") if integration else None
        return text(self._values(target).get("function_name")) if target else ""

    def _spot(self, change: ResourceChange) -> tuple[str, str]:
        return self._path_of(change, "resource_id"), text(self._values(change).get("http_method"))

    def _path_of(self, change: ResourceChange, attribute: str, depth: int = 0) -> str:
        resource = self._references.target(change, attribute)
        if resource is None or resource.type != _RESOURCE or depth > _DEEPEST:
            return "/"
        parent = self._path_of(resource, "parent_id", depth + 1)
        return f"{parent.rstrip('/')}/{text(self._values(resource).get('path_part'))}"

    def _there(self, kind: str) -> Iterator[ResourceChange]:
        return (change for change in self.plan.of_type(kind) if self._values(change))

    def _values(self, change: ResourceChange) -> Mapping[str, object]:
        return change.before if self.side == "before" else change.after

    def _is_preflight(self, method: str, integration: ResourceChange | None) -> bool:
        return (
            method == "OPTIONS"
            and integration is not None
            and self._values(integration).get("type") == "MOCK"
        )
