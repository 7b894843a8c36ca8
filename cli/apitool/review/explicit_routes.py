"""The routes of a RestApi that is declared resource by resource: aws_api_gateway_resource, _method, …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review import explicit_definition as definition
from apitool.review import validation
from apitool.review.resource_paths import ResourcePaths
from apitool.review.route import OPEN, Preflight, Route, Surface, preflight
from apitool.terraform.document import mapping, number, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.apis import Apis
    from apitool.review.functions import Functions
    from apitool.review.plan_document import PlanDocument, ResourceChange
    from apitool.review.references import References, Side

_METHOD = "aws_api_gateway_method"
_INTEGRATION = "aws_api_gateway_integration"
_RESPONSES = ("aws_api_gateway_integration_response", "aws_api_gateway_method_response")
_AUTHORIZER = ("aws_api_gateway_authorizer",)
_HEADER = "method.response.header."
Spot = tuple[str, str, str]  # API, path, method


class ExplicitRoutes:
    """On one side of a plan; routes that Terraform does not manage are not seen."""

    def __init__(
        self, plan: PlanDocument, side: Side, references: References, apis: Apis, functions: Functions
    ) -> None:
        self._plan, self._side, self._references = plan, side, references
        self._apis, self._functions = apis, functions
        self._paths = ResourcePaths(plan, side, references)
        self._integrations = {self._spot(each): each for each in self._there(_INTEGRATION)}
        self._responses: dict[Spot, list[ResourceChange]] = {}
        for each in self._there(*_RESPONSES):
            self._responses.setdefault(self._spot(each), []).append(each)

    def surface(self) -> Surface:
        routes = {route.key: route for route in self._routes()}
        return Surface(routes, {each.key: each for each in self._preflights()})

    def _routes(self) -> Iterator[Route]:
        for method in self._there(_METHOD):
            spot = self._spot(method)
            integration = self._integrations.get(spot)
            if not self._is_preflight(spot, integration):
                yield self._route(spot, method, integration)

    def _preflights(self) -> Iterator[Preflight]:
        for spot, responses in self._responses.items():
            if not self._is_preflight(spot, self._integrations.get(spot)):
                continue
            headers: dict[str, str] = {}
            for response in responses:
                if response.type == _RESPONSES[0]:
                    headers |= definition.headers(self._values(response))
            yield preflight(spot[1], headers, responses[0].address, self._apis.label(spot[0]))

    def _route(self, spot: Spot, method: ResourceChange, integration: ResourceChange | None) -> Route:
        values, inner = self._values(method), self._values(integration) if integration else {}
        return Route(
            spot[2],
            spot[1],
            self._authorization(method),
            api_key=values.get("api_key_required") is True,
            scopes=", ".join(sorted(map(str, sequence(values.get("authorization_scopes"))))),
            integration=text(inner.get("type")),
            integration_method=text(inner.get("integration_http_method")),
            target=self._target(integration),
            timeout_ms=number(inner.get("timeout_milliseconds")) or 29_000,
            validation=self._validation(method),
            definition=definition.of(method, integration, self._responses.get(spot, ()), self._side),
            api=self._apis.label(spot[0]),
            identity=spot[0],
            address=method.address,
        )

    def _authorization(self, method: ResourceChange) -> str:
        kind = text(self._values(method).get("authorization")) or OPEN
        target = self._references.target(method, "authorizer_id", _AUTHORIZER)
        if target is None:
            name = text(self._values(method).get("authorizer_id"))
        else:
            name = text(self._values(target).get("name")) or target.address
        return f"{kind} {name}" if name and kind != OPEN else kind

    def _validation(self, method: ResourceChange) -> str:
        validator = self._references.target(method, "request_validator_id", (validation.VALIDATOR,))
        if validator is None:
            return text(self._values(method).get("request_validator_id"))
        return validation.of_resource(self._values(validator))

    def _target(self, integration: ResourceChange | None) -> str:
        if integration is None:
            return ""
        uri = text(self._values(integration).get("uri"))
        if not uri:
            return self._functions.invoked(integration, "uri") if self._side == "after" else ""
        return self._functions.label(uri) if ":function:" in uri else uri

    def _spot(self, change: ResourceChange) -> Spot:
        method = text(self._values(change).get("http_method"))
        return self._apis.of(change, self._side), self._paths.of(change, "resource_id"), method

    def _there(self, *types: str) -> Iterator[ResourceChange]:
        return (change for change in self._plan.of_type(*types) if self._values(change))

    def _values(self, change: ResourceChange) -> Mapping[str, object]:
        return mapping(change.before if self._side == "before" else change.after)

    def _is_preflight(self, spot: Spot, integration: ResourceChange | None) -> bool:
        kind = self._values(integration).get("type") if integration else None
        return spot[2] == "OPTIONS" and kind == "MOCK"
