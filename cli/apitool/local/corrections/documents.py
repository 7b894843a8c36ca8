"""The OpenAPI documents moto's importer would lose: each RestApi's own, and each deployment's snapshot.

Keyed weakly by moto's own objects, so that nothing has to be cleaned up: state is moto's, and goes with it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from apitool.local.corrections import operations

if TYPE_CHECKING:
    from moto.apigateway.models import Deployment, Integration, Method, Resource, RestAPI

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """An operation as it was imported. It speaks for a method until another integration is put on it."""

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
    document["paths"] = {
        path: item
        for resource in api.resources.values()
        if (item := _item(raw, path := resource.get_path(), resource))
    }
    return document


def _item(raw: Document, path: str, resource: Resource) -> Document:
    item = deepcopy(
        {
            key: value
            for key, value in raw.get("paths", {}).get(path, {}).items()
            if operations.verb(key) is None
        }
    )
    for verb, method in resource.resource_methods.items():
        known = OPERATIONS.get(method)
        if known is not None and known.integration is method.method_integration:
            item[known.key] = deepcopy(known.operation)
        else:
            item[operations.key(verb)] = operations.described(method)
    return item
