"""Folders and wheels of this machine that requirements name: what they hold now, and what they are called.

uv remembers what it built of a folder by its pyproject.toml alone, and so would hand out yesterday's code.
"""

from __future__ import annotations

import hashlib
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.package import source
from apitool.package.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LEFT_BY_BUILDS = Selection.of((), ("/build/", "/dist/"))


def fingerprint(paths: Iterable[Path]) -> str | None:
    """A digest of names and contents; None where that can't be said, so that nothing may be reused."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            for name, content in _contents(path):
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
        except (OSError, UsageError):
            return None
    return digest.hexdigest()


def names(paths: Iterable[Path]) -> list[str]:
    """What the projects in the folders are called, where their pyproject.toml says it."""
    found = []
    for path in paths:
        with suppress(OSError, KeyError, TypeError, tomllib.TOMLDecodeError, UnicodeDecodeError):
            found.append(str(tomllib.loads((path / "pyproject.toml").read_text("utf-8"))["project"]["name"]))
    return found


def _contents(path: Path) -> Iterable[tuple[str, bytes]]:
    if not path.exists():
        return []
    if path.is_file():
        return [(path.name, path.read_bytes())]
    return ((file.name, file.read()) for file in source.walk(path, _LEFT_BY_BUILDS).files)
