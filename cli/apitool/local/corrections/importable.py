"""What moto's importer needs to see of an OpenAPI document; everything else would stop it or mislead it.

It takes every key of a path item for a method (`parameters` stops it, ANY becomes a method called like AWS's
extension) and passes on an integration's `uri` and `httpMethod` only if they are there, though it needs both.
"""

from __future__ import annotations

from typing import Any

from apitool.local.corrections.operations import verb
from apitool.proxy.openapi import INTEGRATION

Document = dict[str, Any]


def importable(document: Document) -> Document:
    """Paths, methods and integrations only. The document itself is left as it is."""
    return {
        "openapi": str(document.get("openapi", "3.0.1")),
        "paths": {path: _item(item) for path, item in document["paths"].items()},
    }


def merged(existing: Document, update: Document) -> Document:
    """PutRestApi with `mode=merge`: operations and top-level keys of the update win, the rest stays."""
    paths = {
        path: {**existing["paths"].get(path, {}), **update["paths"].get(path, {})}
        for path in {**existing["paths"], **update["paths"]}
    }
    return {**existing, **update, "paths": paths}


def _item(item: Document) -> Document:
    return {name.lower(): _operation(value) for key, value in item.items() if (name := verb(key)) is not None}


def _operation(operation: Document) -> Document:
    kept: Document = {"responses": {code: {} for code in operation.get("responses", {})}}
    if written := operation.get(INTEGRATION):
        kept[INTEGRATION] = {
            **written,
            "type": str(written.get("type", "")).upper(),
            "uri": written.get("uri") or "",
            "httpMethod": written.get("httpMethod") or "POST",
        }
    return kept
