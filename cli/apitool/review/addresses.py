"""Terraform's addresses: `module.a["x"].aws_y.z[0]` in its parts."""

from __future__ import annotations

import re

_KEY = r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]"
_INDEX = re.compile(_KEY)
_OWN_INDEX = re.compile(rf"({_KEY})$")
_TEXT_KEY = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
_PART = re.compile(rf"(?:[^.\[]|{_KEY})+")


def parts(address: str) -> list[str]:
    """At its dots, not at those inside a key."""
    return _PART.findall(address)


def bare(address: str) -> str:
    """Without any key: as it stands in the configuration."""
    return _INDEX.sub("", address)


def own_index(address: str) -> str:
    """`["x"]` or `[0]` at its end, else empty."""
    found = _OWN_INDEX.search(address)
    return found[1] if found else ""


def module_of(address: str) -> str:
    """`module.a["x"].` with its dot, empty in the root module."""
    own = ".".join(parts(address)[-2:])
    return address[: len(address) - len(own)]


def key(address: str) -> str:
    """The last text key, of the resource or of a module around it; empty without one."""
    keys = _TEXT_KEY.findall(address)
    return keys[-1] if keys else ""
