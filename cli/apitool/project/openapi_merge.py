"""The user's OpenAPI document with everything the project says filled in.

The same as terraform/modules/rest_api/document.tf makes of its input `openapi`. What the project says wins;
what it does not say stays as the document has it.
"""

from __future__ import annotations

from typing import Any

from apitool.proxy.openapi import ANY_METHOD, INTEGRATION, VERBS

Json = dict[str, Any]
_METHODS = (*VERBS, ANY_METHOD)
_MERGED = ("x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-request-validators")
_BINARY = "x-amazon-apigateway-binary-media-types"


def merged_paths(document: Json, ours: dict[str, Json]) -> dict[str, Json]:
    """The operations of both by path and key; path-level parameters stand on the operations afterwards."""
    found: dict[str, Json] = {}
    for path, item in document.get("paths", {}).items():
        found[path] = {
            key: _merged_operation(_with_parameters(item, item[key]), ours.get(path, {}).get(key))
            for key in item
            if key in _METHODS
        }
    return found


def merged(document: Json, ours: Json) -> Json:
    """The whole document; `paths` of `ours` are merged already."""
    components = {
        name: {**document.get("components", {}).get(name, {}), **ours.get("components", {}).get(name, {})}
        for name in {**document.get("components", {}), **ours.get("components", {})}
    }
    tables = {
        name: {**document.get(name, {}), **ours.get(name, {})}
        for name in _MERGED
        if name in document or name in ours
    }
    return {
        **document,
        **ours,
        **tables,
        **({"components": components} if components else {}),
        "openapi": document["openapi"],
        "info": {**ours["info"], **document.get("info", {}), **_named(ours["info"])},
        _BINARY: ours[_BINARY] or document.get(_BINARY, []),
    }


def _named(info: Json) -> Json:
    """The title is the RestApi's name; a description of the project's wins, the version is the document's."""
    return {name: info[name] for name in ("title", "description") if name in info}


def _with_parameters(item: Json, operation: Json) -> Json:
    own = operation.get("parameters", [])
    names = {_name(each) for each in own}
    shared = [each for each in item.get("parameters", []) if _name(each) not in names]
    return {**operation, "parameters": [*shared, *own]}


def _merged_operation(theirs: Json, ours: Json | None) -> Json:
    if ours is None:
        return theirs
    names = {_name(each) for each in theirs["parameters"]}
    added = [each for each in ours["parameters"] if _name(each) not in names]
    return {
        **theirs,
        **ours,
        "parameters": [*theirs["parameters"], *added],
        "responses": _responses(theirs.get("responses", {}), ours),
    }


def _responses(theirs: Json, ours: Json) -> Json:
    """A mapped answer needs the statuses and headers it is mapped to; a proxy's are the document's affair."""
    maps = not ours[INTEGRATION]["type"].endswith("_PROXY")
    if not maps and theirs:
        return theirs
    mapped = {
        status: _with_headers(theirs[status], response) if status in theirs else response
        for status, response in ours["responses"].items()
    }
    return {**theirs, **mapped}


def _with_headers(theirs: Json, ours: Json) -> Json:
    return {**theirs, "headers": {**theirs.get("headers", {}), **ours.get("headers", {})}}


def _name(parameter: Json) -> str:
    return parameter.get("$ref") or f"{parameter.get('in')} {parameter.get('name')}"
