"""`java.lang.String`, as far as templates use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST = 200_000_000  # characters a replacement could come to at most, before it is even tried
_REPLACEMENT = re.compile(r"\\(.)|\$(\d)|(\\)", re.DOTALL)


def _java_replacement(text: str) -> str:
    r"""Java's `$1` and `\x` -> Python's `\g<1>` and an escaped x."""

    def of(found: re.Match[str]) -> str:
        return f"\\g<{found[2]}>" if found[2] else (found[1] or "").replace("\\", "\\\\")

    return _REPLACEMENT.sub(of, text)


def _replace(text: str, old: str, new: str) -> str:
    if (len(text) + 1) * len(new) > _MOST:
        raise ValueError("the result could be too large")
    return text.replace(old, new)


def _replace_all(text: str, pattern: str, replacement: str, count: int = 0) -> str:
    if (len(text) + 1) * len(replacement) > _MOST:
        raise ValueError("the result could be too large")
    return re.sub(pattern, _java_replacement(replacement), text, count=count)


def _split(text: str, pattern: str, limit: int = 0) -> list[object]:
    """Java drops empty strings at the end unless there is a limit."""
    parts = re.split(pattern, text, maxsplit=max(limit - 1, 0)) if limit != 1 else [text]
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return list(parts)


def _substring(text: str, start: int, end: int | None = None) -> str:
    last = len(text) if end is None else end
    if not 0 <= start <= last <= len(text):
        raise IndexError(f"from {start} to {last} of {len(text)} characters")
    return text[start:last]


STRING: Mapping[str, Callable[..., object]] = {
    "charAt": lambda text, index: _substring(text, index, index + 1),
    "compareTo": lambda text, other: (text > other) - (text < other),
    "concat": lambda text, other: text + other,
    "contains": lambda text, part: part in text,
    "endsWith": lambda text, part: text.endswith(part),
    "equalsIgnoreCase": lambda text, other: isinstance(other, str) and text.lower() == other.lower(),
    "indexOf": lambda text, part, start=0: text.find(part, start),
    "isEmpty": lambda text: not text,
    "lastIndexOf": lambda text, part: text.rfind(part),
    "length": len,
    "matches": lambda text, pattern: re.fullmatch(pattern, text) is not None,
    "replace": _replace,
    "replaceAll": _replace_all,
    "replaceFirst": lambda text, pattern, new: _replace_all(text, pattern, new, 1),
    "split": _split,
    "startsWith": lambda text, part: text.startswith(part),
    "substring": _substring,
    "toLowerCase": lambda text: text.lower(),
    "toUpperCase": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
}
