"""Names that may stand in a package: ones every system reads alike, and none that leaves the folder."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PART = 255  # bytes; what Linux file systems take
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")


def from_file_system(name: str) -> str:
    """A name as the file system has it, read as UTF-8 whatever the locale; what isn't stays escaped."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def refusal(name: str) -> str | None:
    """Why `name` ("/" between its parts) can't stand in a package; None if it can."""
    try:
        longest = max(len(part.encode()) for part in name.split("/"))
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if _CONTROL.search(name) or "\\" in name or _DRIVE.match(name):
        return "its name has a backslash, a control character or a drive letter"
    if {"", ".", ".."} & set(name.split("/")):
        return "its name leads out of the package"
    if longest > LONGEST_PART:
        return f"a part of its name is longer than {LONGEST_PART} bytes"
    return None


def collisions(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs that differ only in case or in Unicode form: files as well as the folders they stand in.

    macOS and Windows keep one of the two, so the package would depend on where it was built.
    """
    seen: dict[str, str] = {}
    found: dict[tuple[str, str], None] = {}
    folders: set[str] = set()
    for name in names:
        for path in (*_new_folders(name, folders), name):
            first = seen.setdefault(_folded(path), path)
            if first != path:
                found[first, path] = None
    return list(found)


def _new_folders(name: str, known: set[str]) -> list[str]:
    """The folders it stands in, outermost first, as far as they are not `known`; then they are."""
    new = []
    folder = name.rpartition("/")[0]
    while folder and folder not in known:
        known.add(folder)
        new.append(folder)
        folder = folder.rpartition("/")[0]
    return new[::-1]


def _folded(path: str) -> str:
    return path if path.isascii() and path.islower() else unicodedata.normalize("NFC", path).casefold()
