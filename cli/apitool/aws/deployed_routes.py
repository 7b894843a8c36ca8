"""The routes a stage really serves, from GetExport: the snapshot its deployment made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.aws import export

if TYPE_CHECKING:
    from apitool.aws.account import Account

_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"


def read(account: Account, rest_api_id: str, stage: str) -> dict[str, str]:
    """Type of the integration by route: `{"GET /orders": "AWS_PROXY"}`, sorted."""
    return routes_of(export.document(account, rest_api_id, stage))


def routes_of(document: dict[str, Any]) -> dict[str, str]:
    """The routes of an OpenAPI document with API Gateway's extensions; exports write types in lower case."""
    found = {
        f"{'ANY' if method == _ANY else method.upper()} {path}": operation[_INTEGRATION]
        for path, methods in document.get("paths", {}).items()
        for method, operation in methods.items()
        if isinstance(operation, dict) and isinstance(operation.get(_INTEGRATION), dict)
    }
    return {route: str(found[route].get("type", "")).upper() for route in sorted(found)}


def is_preflight(route: str, integration: str) -> bool:
    """Whether it is what `cors` adds to a path: declared as no route."""
    return integration == "MOCK" and route.startswith("OPTIONS ")
