"""Query strings as API Gateway decodes them: form style, in order of appearance."""

from __future__ import annotations

from urllib.parse import unquote_plus


def decode_query(raw: str) -> dict[str, list[str]]:
    """Every value of every key. `%2B` is `+`, `+` a space (recorded); `x` and `x=` are empty strings.

    `;` splits too: AWS lists it under known issues ("results in the data being split").
    """
    values: dict[str, list[str]] = {}
    for pair in raw.replace(";", "&").split("&"):
        if not pair:
            continue
        key, _, value = pair.partition("=")
        values.setdefault(_decoded(key), []).append(_decoded(value))
    return values


def _decoded(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text
