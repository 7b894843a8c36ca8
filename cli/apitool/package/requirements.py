"""A requirements file, with the files it includes: what it says, and how much that pins.

`locked` means that every file to be installed is named by hash, so the outcome can't change. `portable` means
that everything comes from an index; paths to folders or wheels on this machine can change behind our back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INCLUDE = re.compile(r"(?:-r|-c|--requirement|--constraint)[ =]*(\S+)")
_LOCAL = re.compile(r"(?:-e|--editable)\b|\.{0,2}/|\S+\.whl\b|(?:\S+ *@ *)?file:")
_COMMENT = re.compile(r"(^|\s)#.*$")


@dataclass(frozen=True, slots=True)
class Requirements:
    """`texts` holds the file itself first, then what it includes, in the order met."""

    path: Path
    texts: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not any(_lines(text) for text in self.texts)

    @property
    def locked(self) -> bool:
        """Whether it has hashes. pip and uv then demand one for everything, dependencies included."""
        return any("--hash" in line for text in self.texts for line in _lines(text))

    @property
    def portable(self) -> bool:
        return not any(_LOCAL.match(line) for text in self.texts for line in _lines(text))


def read(path: Path) -> Requirements:
    """Raises UsageError when the file, or one it includes, is missing or not UTF-8."""
    return Requirements(path, tuple(_texts(path, set())))


def _texts(path: Path, seen: set[Path]) -> Iterator[str]:
    if path.resolve() in seen:
        return
    seen.add(path.resolve())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(
            f"the requirements file `{path}` does not exist",
            fix="correct the path, or take it out if the function needs nothing",
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"the requirements file `{path}` is not UTF-8", fix="save it as UTF-8") from None
    yield text
    for line in _lines(text):
        if (included := _INCLUDE.match(line)) and "://" not in included[1]:
            yield from _texts(path.parent / included[1], seen)


def _lines(text: str) -> list[str]:
    """Lines without comments, continued ones joined, blank ones dropped."""
    joined = re.sub(r"\\\r?\n", " ", text)
    stripped = (_COMMENT.sub("", line).strip() for line in joined.splitlines())
    return [line for line in stripped if line]
