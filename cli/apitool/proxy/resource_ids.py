"""Ids like AWS's own, the same for the same thing in every run."""

from __future__ import annotations

import hashlib

_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def resource_id(path: str) -> str:
    """Six lower-case letters and digits, made from a path or a name."""
    number = int.from_bytes(hashlib.sha256(path.encode(errors="replace")).digest()[:8])
    digits = []
    for _ in range(6):
        number, digit = divmod(number, len(_ID_ALPHABET))
        digits.append(_ID_ALPHABET[digit])
    return "".join(digits)
