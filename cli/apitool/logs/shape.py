"""JSON as the log has it, perhaps cut off: its top-level members, and its shape without its values."""

from __future__ import annotations

import json
from dataclasses import dataclass

from apitool.proxy.execution_log import TRUNCATED

_DECODER = json.JSONDecoder()
_STANDINS: dict[str, object] = {'"': "", "{": {}, "[": [], "t": True, "f": False, "n": None}
_MOST_KEYS = 8  # shown of one object
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """`value` is all there is of it. `cut`: it broke off, and the last member is a stand-in of its type."""

    value: object
    cut: bool = False


def parse(text: str) -> Seen | None:
    """Read JSON that may end in ` [TRUNCATED]`; None when it is no JSON as far as it goes."""
    try:
        return Seen(json.loads(text))
    except (ValueError, RecursionError):
        pass
    if not text.endswith(TRUNCATED) or not text.startswith("{"):
        return None
    return Seen(_members(text.removesuffix(TRUNCATED)), cut=True)


def describe(value: object, depth: int = 0) -> str:
    """`{"item": "tea", "n": 2}` -> `{item: string(3), n: number}`: what kind of thing, never what it says."""
    if isinstance(value, dict):
        if depth >= _DEEPEST:
            return f"object({len(value)})"
        shown = [f"{key}: {describe(member, depth + 1)}" for key, member in list(value.items())[:_MOST_KEYS]]
        return "{" + ", ".join([*shown, *(["…"] if len(value) > _MOST_KEYS else [])]) + "}"
    if isinstance(value, list):
        return f"[{len(value)} of {describe(value[0], depth + 1)}]" if value else "[]"
    if isinstance(value, str):
        return f"string({len(value)})"
    return "null" if value is None else "boolean" if isinstance(value, bool) else "number"


def of_text(text: str) -> str:
    """A body as its shape: what of JSON, or how many characters of something else."""
    found = parse(text) if text else None
    if found is None:
        cut = ", cut" if text.endswith(TRUNCATED) else ""
        return f"({len(text.removesuffix(TRUNCATED))} characters{cut})" if text else ""
    return describe(found.value) + (TRUNCATED if found.cut else "")


def _members(text: str) -> dict[str, object]:
    """The members of an object as far as they go; one whose value broke off has a value of its type."""
    found: dict[str, object] = {}
    at = 1
    while True:
        at = _blank(text, at)
        try:
            key, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found
        at = _blank(text, at)
        if not isinstance(key, str) or text[at : at + 1] != ":":
            return found
        at = _blank(text, at + 1)
        try:
            found[key], at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            if text[at : at + 1]:
                found[key] = _STANDINS.get(text[at], 0)
            return found
        at = _blank(text, at)
        if text[at : at + 1] != ",":
            return found
        at += 1


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at
