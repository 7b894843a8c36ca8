"""Keys of a path item that are operations, and the verbs they stand for."""

from __future__ import annotations

from apitool.proxy.openapi import ANY_METHOD

_VERBS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"})


def verb(key: str) -> str | None:
    """`get` -> `GET`, AWS's extension -> `ANY`; None for a key of a path item that is no operation."""
    if key == ANY_METHOD:
        return "ANY"
    return key.upper() if key.upper() in _VERBS else None


def key(verb: str) -> str:
    return ANY_METHOD if verb == "ANY" else verb.lower()
