"""Values fit to be shown: short, on one line, nothing that is or looks secret."""

from __future__ import annotations

import json

from apitool.terraform.redaction import without_secrets
from apitool.visible import visible_line

UNKNOWN = "(known after apply)"
_LONGEST = 160  # characters of one value


def value(given: object, unit: str = "") -> str | None:
    """None for what is not there: null, an empty text or list."""
    if given is None or given in ("", [], {}):
        return None
    if isinstance(given, bool):
        return "on" if given else "off"
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    words = given if isinstance(given, str) else _words(given)
    return f"{line(words)}{unit}"


def line(words: str) -> str:
    """Foreign text on one line."""
    safe = visible_line(without_secrets(words))
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 1]}…"


def _words(given: object) -> str:
    if isinstance(given, list) and all(isinstance(each, str) for each in given):
        return ", ".join(sorted(given))
    return json.dumps(given, sort_keys=True, ensure_ascii=False)
