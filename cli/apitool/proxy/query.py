"""Query strings as API Gateway decodes them: form style, in order of appearance."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

# `;` splits too: AWS lists it under known issues ("results in the data being split").
_SEPARATOR = re.compile("[&;]")


def decode_query(raw: str) -> dict[str, list[str]]:
    """Every value of every key. `%2B` is `+`, `+` a space (recorded); `x` and `x=` are empty strings."""
    values: dict[str, list[str]] = {}
    for pair in _SEPARATOR.split(raw):
        if not pair:
            continue
        key, _, value = pair.partition("=")
        values.setdefault(unquote_plus(key), []).append(unquote_plus(value))
    return values
