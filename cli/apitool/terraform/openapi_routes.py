"""The routes in a RestApi's OpenAPI body, as Terraform plans it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_INTEGRATION = "x-amazon-apigateway-integration"
_ANY = "x-amazon-apigateway-any-method"
_METHODS = frozenset({"get", "head", "post", "put", "patch", "delete", "options", "any", _ANY})
_FUNCTION = re.compile(r":function:([^:/]+)")


@dataclass(frozen=True, slots=True)
class Body:
    """`routes` by `GET /orders`: the operations that invoke a function. `preflight`: the paths whose OPTIONS
    the gateway answers. `rest`: everything else that shapes the API.
    """

    routes: Mapping[str, Mapping[str, object]]
    preflight: Mapping[str, object]
    rest: Mapping[str, object]


def read(body: object) -> Body | None:
    """A body as Terraform has it, JSON in a string; None when it is unknown until the apply, or not JSON."""
    try:
        document = json.loads(body) if isinstance(body, str) else None
    except ValueError:
        return None
    if not isinstance(document, dict):
        return None
    operations = {
        (_method(key), path): mapping(operation)
        for path, item in mapping(document.get("paths")).items()
        for key, operation in mapping(item).items()
        if key in _METHODS
    }
    preflight = {key: operation for key, operation in operations.items() if _is_preflight(key[0], operation)}
    return Body(
        routes={
            f"{method} {path}": operation
            for (method, path), operation in operations.items()
            if (method, path) not in preflight
        },
        preflight={path: operation for (_, path), operation in preflight.items()},
        rest={key: value for key, value in document.items() if key != "paths"},
    )


def function_of(operation: Mapping[str, object]) -> str | None:
    """The name on AWS of the function an operation invokes."""
    found = _FUNCTION.search(text(at(operation, _INTEGRATION, "uri")))
    return found[1] if found else None


def rest_changed(old: Body, new: Body) -> tuple[str, ...]:
    """What differs beside the paths: `binary media types`, `gateway responses`, `info`, …"""
    keys = old.rest.keys() | new.rest.keys()
    changed = {key for key in keys if old.rest.get(key) != new.rest.get(key)}
    return tuple(sorted(key.removeprefix("x-amazon-apigateway-").replace("-", " ") for key in changed))


def _method(key: str) -> str:
    return "ANY" if key == _ANY else key.upper()


def _is_preflight(method: str, operation: Mapping[str, object]) -> bool:
    return method == "OPTIONS" and text(at(operation, _INTEGRATION, "type")).upper() == "MOCK"
