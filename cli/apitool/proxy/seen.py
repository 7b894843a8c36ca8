"""A JSON value in a few words, for messages: its JSON type, then as much of it as fits."""

from __future__ import annotations

import json

_WIDTH = 60  # characters of the value
_TYPES: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "list",
    dict: "object",
}


def seen(value: object) -> str:
    """`{"id": 1}` -> `object {"id": 1}`; null is just `null`. Never raises, whatever the value holds."""
    if value is None:
        return "null"
    kind = _TYPES.get(type(value), type(value).__name__)
    try:
        text = json.dumps(value, default=repr)
    except (ValueError, RecursionError):  # cycles, integers beyond Python's digit limit, very deep nesting
        return kind
    return f"{kind} {text if len(text) <= _WIDTH else text[: _WIDTH - 1] + '…'}"
