"""What a function depends on, as one file of the user's says it, and how much that pins.

`locked` means that every file to be installed is named by its hash, so the outcome can't change. Paths to
folders or wheels on this machine can change behind a file that stays the same: `local_paths` names them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INCLUDE = re.compile(r"(?:-r|-c|--requirement|--constraint)[ =]*(\S+)")
_EDITABLE = re.compile(r"(?:-e|--editable)[ =]*")
_FILE_URL = re.compile(r"(?:\S+ *@ *)?file:(?://)?")
_LOCAL = re.compile(r"\.{0,2}/|\S+\.whl\b|\.$")
_COMMENT = re.compile(r"(^|\s)#.*$")
# Not compiled before they are needed, which in a project with a requirements file they aren't.
_PATH_IN_TOML = r'\b(?:path|directory|editable) *= *"([^"]+)"'
_WORKSPACE = r"\bworkspace *= *true"


class Form(StrEnum):
    """What kind of file it is."""

    REQUIREMENTS = "requirements.txt"
    PYLOCK = "pylock.toml"
    UV_LOCK = "uv.lock"
    POETRY_LOCK = "poetry.lock"
    PYPROJECT = "pyproject.toml"


class Requirements(NamedTuple):
    """`texts` is all that decides: the file itself first, then what it includes.

    `project` is the folder of the pyproject.toml that a lock is for.
    """

    path: Path
    texts: tuple[str, ...]
    form: Form = Form.REQUIREMENTS
    project: Path | None = None

    @property
    def empty(self) -> bool:
        return self.form is Form.REQUIREMENTS and not any(self._lines())

    @property
    def locked(self) -> bool:
        """Whether it has hashes. pip and uv then demand one for everything, dependencies included."""
        if self.form is Form.REQUIREMENTS:
            return any("--hash" in line for line in self._lines())
        return self.form is not Form.PYPROJECT

    @property
    def local_paths(self) -> tuple[Path, ...]:
        """Folders and wheels of this machine it names, the project's own folder left out."""
        found = self._paths_of_lines() if self.form is Form.REQUIREMENTS else self._paths_of_toml()
        base = self.path.parent
        own = {(self.project or base).resolve()} if self.form is not Form.REQUIREMENTS else set()
        return tuple(
            path for path in dict.fromkeys((base / each).resolve() for each in found) if path not in own
        )

    def _paths_of_lines(self) -> Iterator[str]:
        for line in self._lines():
            bare = _EDITABLE.sub("", line)
            if url := _FILE_URL.match(bare):
                yield _without_extras(bare[url.end() :])
            elif bare != line or _LOCAL.match(bare):
                yield _without_extras(bare)

    @property
    def traceable(self) -> bool:
        """Whether `local_paths` are all of them; only a lock says where the members of a workspace are."""
        return self.form is not Form.PYPROJECT or not re.search(_WORKSPACE, self.texts[0])

    def _paths_of_toml(self) -> Iterator[str]:
        yield from re.findall(_PATH_IN_TOML, self.texts[0])

    def _lines(self) -> list[str]:
        return [line for text in self.texts for line in lines(text)]


def read(path: Path) -> Requirements:
    """A requirements file. Raises UsageError when it, or one it includes, is missing or not UTF-8."""
    return Requirements(path, tuple(_texts(path, set())))


def text_of(path: Path) -> str:
    """Raises UsageError when the file is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(
            f"the requirements file `{path}` does not exist",
            fix="correct the path, or take it out if the function needs nothing",
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"the requirements file `{path}` is not UTF-8", fix="save it as UTF-8") from None


def lines(text: str) -> list[str]:
    """Lines without comments, continued ones joined, blank ones dropped."""
    joined = re.sub(r"\\\r?\n", " ", text)
    stripped = (_COMMENT.sub("", line).strip() for line in joined.splitlines())
    return [line for line in stripped if line]


def _texts(path: Path, seen: set[Path]) -> Iterator[str]:
    if path.resolve() in seen:
        return
    seen.add(path.resolve())
    text = text_of(path)
    yield text
    for line in lines(text):
        if (included := _INCLUDE.match(line)) and "://" not in included[1]:
            yield from _texts(path.parent / included[1], seen)


def _without_extras(path: str) -> str:
    """`./lib[fast] ; python_version > "3.8" --hash=…` -> `./lib`."""
    return re.split(r"\[| ;|\s--?\w|;", path, maxsplit=1)[0].strip()
