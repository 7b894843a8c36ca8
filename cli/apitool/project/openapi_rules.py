"""What API Gateway's import refuses of an OpenAPI document, or takes and fails on later.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html, "Important notes
for REST APIs".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonpointer import unescape

from apitool.project import shown
from apitool.proxy.openapi import ANY_METHOD, INTEGRATION, VERBS, DocumentError, rest_api
from apitool.proxy.paths import reserved_path_problem, resource_path_problems, sibling_problems, with_parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.scan import KeyPath

FUNCTION = "x-apitool-function"
METHOD_KEYS = (*VERBS, ANY_METHOD)
_MODEL_NAME = re.compile(r"[A-Za-z0-9]+")
_MOST_RESOURCES = 300  # of one RestApi, the root included
_LAMBDA = ("AWS", "AWS_PROXY")


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """As `finding.Finding`, with a path into the OpenAPI document."""

    path: KeyPath
    what: str
    seen: str | None = None
    fix: str | None = None


def errors(data: dict[str, Any]) -> list[DocumentFinding]:
    """Everything wrong with the document by itself; of one that is no OpenAPI 3.0 only that."""
    version = data.get("openapi")
    if not isinstance(version, str) or not re.fullmatch(r"3\.0(\.\d+)?", version):
        seen = shown.value(version if version is not None else data.get("swagger", "none"))
        fix = "write it as OpenAPI 3.0; API Gateway imports no 3.1"
        return [DocumentFinding(("openapi",), "the document is not OpenAPI 3.0", seen, fix)]
    if not isinstance(data.get("paths"), dict) or not data["paths"]:
        return [DocumentFinding(("paths",), "the document has no paths")]
    found = [*_paths(data["paths"]), *_references(data), *_models(data)]
    return found or list(_shapes(data))


def operations(data: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """`GET /orders` -> the path and the key of its operation; well-formed ones only."""
    return {
        f"{'ANY' if key == ANY_METHOD else key.upper()} {path}": (path, key)
        for path, item in data.get("paths", {}).items()
        if isinstance(item, dict)
        for key in METHOD_KEYS
        if isinstance(item.get(key), dict)
    }


def _paths(paths: dict[str, Any]) -> Iterator[DocumentFinding]:
    for path, item in paths.items():
        reserved = reserved_path_problem(path)
        for problem in (*resource_path_problems(path), *((reserved,) if reserved else ())):
            yield DocumentFinding(("paths", path), f"path `{shown.text(path)}`: {problem.aws_text}")
        if not isinstance(item, dict):
            yield DocumentFinding(("paths", path), f"path `{shown.text(path)}` is no object")
            continue
        if "trace" in item:
            what = f"path `{shown.text(path)}`: API Gateway has no method TRACE"
            yield DocumentFinding(("paths", path, "trace"), what, fix="remove it")
        yield from _integrations(path, item)
    for problem in sibling_problems(paths):
        what = f"path `{shown.text(problem.path)}`: {problem.aws_text}"
        yield DocumentFinding(("paths", problem.path), what, fix="give both parameters one name")
    total = len(with_parents(paths))
    if total > _MOST_RESOURCES:
        what = f"a RestApi has at most {_MOST_RESOURCES} resources, one for each part of a path"
        yield DocumentFinding(("paths",), what, f"{total} resources")


def _integrations(path: str, item: dict[str, Any]) -> Iterator[DocumentFinding]:
    for key in METHOD_KEYS:
        operation = item.get(key)
        written = operation.get(INTEGRATION) if isinstance(operation, dict) else None
        if not isinstance(written, dict):
            continue
        method = str(written.get("httpMethod", ""))
        if str(written.get("type", "")).upper() in _LAMBDA and method.upper() != "POST":
            what = f"`{key.upper()} {shown.text(path)}` invokes Lambda by another method than POST"
            where = ("paths", path, key, INTEGRATION, "httpMethod")
            yield DocumentFinding(
                where, what, shown.value(method), "httpMethod: POST, or every call is a 500"
            )


def _references(data: dict[str, Any]) -> Iterator[DocumentFinding]:
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and not _leads(data, reference):
                what = "a `$ref` leads nowhere in this document"
                fix = "API Gateway follows none into other files: write it here, below `components`"
                yield DocumentFinding((*path, "$ref"), what, shown.value(reference), fix)
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), inner) for index, inner in enumerate(value)]


def _leads(data: Any, reference: str) -> bool:  # noqa: ANN401 - JSON of any shape
    if not reference.startswith("#/"):
        return False
    for part in reference.removeprefix("#/").split("/"):
        name = unescape(part)
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True


def _models(data: dict[str, Any]) -> Iterator[DocumentFinding]:
    components = data.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    for name in schemas if isinstance(schemas, dict) else ():
        if not _MODEL_NAME.fullmatch(name):
            what = f"the schema `{shown.text(name)}`: API Gateway's models have names of A-Z a-z 0-9 only"
            fix = f"`{''.join(re.findall(r'[A-Za-z0-9]+', name)) or 'Model'}`"
            yield DocumentFinding(("components", "schemas", name), what, fix=fix)


def _shapes(data: dict[str, Any]) -> Iterator[DocumentFinding]:
    """What the local gateway can't read of API Gateway's extensions."""
    try:
        rest_api(data)
    except DocumentError as error:
        parts = error.pointer.split("/")[1:]
        path = tuple(unescape(part) for part in parts)
        yield DocumentFinding(path, error.what, error.seen)
