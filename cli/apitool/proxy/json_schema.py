"""Bodies against models: the keywords of JSON schema draft 4 that API Gateway's models use.

Small on purpose, and exact about one thing: an unknown keyword restricts nothing. Formats are not checked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Schema = dict[str, Any]
Models = dict[str, Any]
"""Schemas by name: what `#/components/schemas/X`, `#/definitions/X` and AWS's own model URLs refer to."""

_DEEPEST = 64  # levels of schema below schema; a schema that refers to itself ends here
_TYPES: Mapping[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
}


def violation(value: object, schema: object, models: Models, *, at: str = "", depth: int = 0) -> str | None:
    """The JSON pointer of the first thing in `value` the schema does not allow; None when it is valid."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return None
    reference = schema.get("$ref")
    if isinstance(reference, str):
        target = models.get(reference.rpartition("/")[2])
        return violation(value, target, models, at=at, depth=depth + 1)
    if not _allowed_here(value, schema):
        return at or "/"
    for child, inner, name in _children(value, schema):
        found = violation(child, inner, models, at=f"{at}/{name}", depth=depth + 1)
        if found is not None:
            return found
    return None if _combined(value, schema, models, depth) else at or "/"


def _allowed_here(value: object, schema: Schema) -> bool:
    """Keywords about the value itself, not about what it holds."""
    kinds = schema.get("type")
    names = kinds if isinstance(kinds, list) else [kinds]
    if kinds is not None and not any(_is(value, str(name)) for name in names):
        return value is None and schema.get("nullable") is True
    if isinstance(schema.get("enum"), list) and value not in schema["enum"]:
        return False
    return _allowed_size(value, schema)


def _is(value: object, kind: str) -> bool:
    check = _TYPES.get(kind)
    return check is None or check(value)


def _allowed_size(value: object, schema: Schema) -> bool:
    match value:
        case bool() | None:
            return True
        case dict():
            return _object_allowed(value, schema)
        case list():
            return _within(len(value), schema.get("minItems"), schema.get("maxItems"))
        case str():
            fits = _within(len(value), schema.get("minLength"), schema.get("maxLength"))
            return fits and _patterned(value, schema)
        case int() | float():
            return _within(value, schema.get("minimum"), schema.get("maximum")) and _not_on_edge(
                value, schema
            )
        case _:
            return True


def _object_allowed(value: dict[str, Any], schema: Schema) -> bool:
    required = schema.get("required")
    if isinstance(required, list) and any(name not in value for name in map(str, required)):
        return False
    extra = value.keys() - _properties(schema).keys()
    if schema.get("additionalProperties") is False and extra:
        return False
    return _within(len(value), schema.get("minProperties"), schema.get("maxProperties"))


def _properties(schema: Schema) -> dict[str, Any]:
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _within(size: float, lowest: object, highest: object) -> bool:
    low = isinstance(lowest, (int, float)) and size < lowest
    high = isinstance(highest, (int, float)) and size > highest
    return not low and not high


def _not_on_edge(value: float, schema: Schema) -> bool:
    """Draft 4: `exclusiveMinimum` and `exclusiveMaximum` are booleans beside the limit."""
    on_minimum = schema.get("exclusiveMinimum") is True and value == schema.get("minimum")
    on_maximum = schema.get("exclusiveMaximum") is True and value == schema.get("maximum")
    return not on_minimum and not on_maximum


def _patterned(value: str, schema: Schema) -> bool:
    pattern = schema.get("pattern")
    if not isinstance(pattern, str):
        return True
    try:
        return re.search(pattern, value) is not None
    except re.error:
        return True  # an ECMAScript pattern Python does not know restricts nothing here


def _children(value: object, schema: Schema) -> Iterator[tuple[object, object, str]]:
    if isinstance(value, dict):
        properties = _properties(schema)
        rest = schema.get("additionalProperties")
        for name, child in value.items():
            yield child, properties.get(name, rest), name.replace("~", "~0").replace("/", "~1")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield child, schema.get("items"), str(index)


def _combined(value: object, schema: Schema, models: Models, depth: int) -> bool:
    def fits(inner: object) -> bool:
        return violation(value, inner, models, depth=depth + 1) is None

    def of(keyword: str) -> list[object]:
        written = schema.get(keyword)
        return written if isinstance(written, list) else []

    if not all(map(fits, of("allOf"))) or ("not" in schema and fits(schema["not"])):
        return False
    any_of, one_of = of("anyOf"), of("oneOf")
    return (not any_of or any(map(fits, any_of))) and (not one_of or sum(map(fits, one_of)) == 1)
