"""Compiled code in a package, held to the runtime that will load it.

Wheels are chosen by their names; this looks at what is in them, and at what lies in the source folder, where
a `pip install --target` on another machine leaves its own binaries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import Problem, UsageError
from apitool.package import elf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.package.target import Target

MOST_PROBLEMS = 10  # named in one error
LOOKED_AT = 4  # bytes
_LIBRARY = re.compile(r".*\.(?:so|dylib|pyd)(?:\.[\d.]+)?$")
_PYTHON = re.compile(r".*\.cpython-3(\d+)[a-z]?-[^/]*\.so$")


class NamedBinary(NamedTuple):
    """A file of a package that is machine code. `system` is whose, when it isn't Linux's."""

    name: str
    binary: elf.Binary | None
    system: str | None = None


def starts_like_one(head: bytes) -> bool:
    """Whether a file with these first `LOOKED_AT` bytes may be machine code of any system."""
    return head == elf.MAGIC or head in elf.OTHER_SYSTEMS


def look(name: str, content: bytes) -> NamedBinary | None:
    """None for a file that is no machine code, or none for Linux and no library either."""
    if binary := elf.read(content):
        return NamedBinary(name, binary)
    if (system := elf.OTHER_SYSTEMS.get(content[:4])) and _LIBRARY.match(name):
        return NamedBinary(name, None, system)
    return None


def check(found: Iterable[NamedBinary], target: Target) -> None:
    """Raises UsageError naming what the runtime could not load."""
    problems = [problem for each in found if (problem := _problem(each, target))]
    if problems:
        first, *rest = problems
        more = rest[: MOST_PROBLEMS - 1]
        if unnamed := len(rest) - len(more):
            more.append(Problem(f"and {unnamed} more"))
        raise UsageError(first.what, seen=first.seen, fix=first.fix, more=more)


def for_another_python(names: Iterable[str], target: Target) -> list[str]:
    """Extension modules whose names say they are for another version of Python, which won't import them."""
    return [name for name in names if (found := _PYTHON.match(name)) and f"3.{found[1]}" != target.python]


def _problem(found: NamedBinary, target: Target) -> Problem | None:
    seen = _mismatch(found, target)
    if seen is None:
        return None
    fix = f'if nothing needs it: exclude = ["{found.name}"]; else install what it comes from for {target}'
    return Problem(f"`{found.name}` can't be loaded by {target}", seen=seen, fix=fix)


def _mismatch(found: NamedBinary, target: Target) -> str | None:
    binary = found.binary
    if binary is None:
        # Wheels for every system carry the libraries of all; Linux never looks at those of others.
        return f"it is built for {found.system}" if found.name.endswith(".so") else None
    if binary.cpu != target.cpu:
        return f"it is built for {binary.cpu}"
    if target.glibc and binary.musl:
        return "it is built for musl (Alpine Linux)"
    if target.glibc and binary.glibc and binary.glibc > target.glibc:
        return f"it asks for glibc {_dotted(binary.glibc)}, the runtime has {_dotted(target.glibc)}"
    return None


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
