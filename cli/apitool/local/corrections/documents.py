"""The OpenAPI documents moto's importer would lose: each RestApi's own, and each deployment's snapshot.

Keyed weakly by moto's own objects, so that nothing has to be cleaned up: state is moto's, and goes with it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from apitool.local.corrections import operations
from apitool.local.corrections.described import described, integrated, referred_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from moto.apigateway.models import Deployment, Integration, Method, Resource, RestAPI

Document = dict[str, Any]
_VALIDATORS = "x-amazon-apigateway-request-validators"


@dataclass(frozen=True, slots=True)
class Imported:
    """An operation as it was imported. It speaks for the method; for its integration until another is put."""

    key: str  # in the path item, e.g. `get` or `x-amazon-apigateway-any-method`
    operation: Document
    integration: Integration | None


RAW: WeakKeyDictionary[RestAPI, Document] = WeakKeyDictionary()
OPERATIONS: WeakKeyDictionary[Method, Imported] = WeakKeyDictionary()
SNAPSHOTS: WeakKeyDictionary[Deployment, Document] = WeakKeyDictionary()


def imported(api: RestAPI, document: Document) -> None:
    """Remember the document an API was just made from."""
    RAW[api] = document
    for resource in api.resources.values():
        item = document["paths"].get(resource.get_path(), {})
        for key, operation in item.items():
            method = resource.resource_methods.get(operations.verb(key) or "")
            if method is not None:
                OPERATIONS[method] = Imported(key, operation, method.method_integration)


def current(api: RestAPI) -> Document:
    """The API as it stands: the imported document, with what single calls changed since."""
    raw = RAW.get(api, {})
    document = deepcopy({key: value for key, value in raw.items() if key != "paths"})
    document.setdefault("openapi", "3.0.1")
    document.setdefault("info", {"title": api.name, "version": "1.0"})
    _add_referred_to(document, api)
    document["paths"] = {
        path: item
        for resource in api.resources.values()
        if (item := _item(api, path := resource.get_path(), resource))
    }
    return document


def _add_referred_to(document: Document, api: RestAPI) -> None:
    """What methods made by single calls refer to; names of the imported document win."""
    if all(method in OPERATIONS for each in api.resources.values() for method in _methods(each)):
        return
    schemes, schemas, validators = referred_to(api)
    components = document.setdefault("components", {})
    components["securitySchemes"] = {**schemes, **components.get("securitySchemes", {})}
    components["schemas"] = {**schemas, **components.get("schemas", {})}
    document[_VALIDATORS] = {**validators, **document.get(_VALIDATORS, {})}


def _methods(resource: Resource) -> Iterable[Method]:
    return resource.resource_methods.values()


def _item(api: RestAPI, path: str, resource: Resource) -> Document:
    raw = RAW.get(api, {})
    item = deepcopy(
        {
            key: value
            for key, value in raw.get("paths", {}).get(path, {}).items()
            if operations.verb(key) is None
        }
    )
    for verb, method in resource.resource_methods.items():
        known = OPERATIONS.get(method)
        if known is not None:
            item[known.key] = deepcopy(known.operation)
            if known.integration is not method.method_integration:
                item[known.key] |= integrated(method)
        else:
            item[operations.key(verb)] = described(method, api)
    return item
