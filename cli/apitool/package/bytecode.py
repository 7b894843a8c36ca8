"""Bytecode beside the source, for the Python of the runtime.

A function can't write where its code is, so every cold start compiles anew what it imports. Made by an
interpreter of that version, with `compileall`, and never checked against the source at import (PEP 552,
unchecked hash). The bytes depend on the compiler: another release may write others.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import ApitoolError, UsageError
from apitool.package import child_process, uv
from apitool.package.target import minor

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Sequence

    from apitool.package.source import SourceFile
    from apitool.package.target import Target

FOLDER = "__pycache__"
# What one process has compiled before shows in the bytes that Python 3.10 writes; later ones don't mind.
FIRST_FOR_MANY_PROCESSES = 11  # minor version of Python 3
# The class of an exception and its text, as compileall prints them; SyntaxError and the like are no failure.
_FAILED = re.compile(r"^(?:OSError|PermissionError|MemoryError): .*$", re.MULTILINE)
_WHO = """\
import json, sys
version = ".".join(map(str, sys.version_info[:3]))
print(json.dumps([version, sys.version_info.releaselevel, sys.implementation.cache_tag]))
"""


class Compiler(NamedTuple):
    """An interpreter of the runtime's Python. `tag` stands in the names of what it writes ("cpython-313")."""

    program: str
    version: str
    tag: str

    def of(self, source: str) -> str:
        """Name of the bytecode of a source file: `a/b.py` -> `a/__pycache__/b.cpython-313.pyc`."""
        folder, _, name = source.rpartition("/")
        return f"{folder}{'/' if folder else ''}{FOLDER}/{name.removesuffix('.py')}.{self.tag}.pyc"

    def compile(self, folder: Path, ticking: Callable[[int], None] = lambda _: None) -> None:
        """Write the bytecode of all that is below `folder`; `ticking` hears the seconds once a second.

        What doesn't compile is left without: a dependency's templates and tests for other Pythons, for the
        source itself was checked. Raises ApitoolError when the interpreter could not do its work.
        """
        processes = "0" if int(self.version.split(".")[1]) >= FIRST_FOR_MANY_PROCESSES else "1"
        hashed = ("--invalidation-mode", "unchecked-hash")
        done = _python(
            [self.program, "-m", "compileall", "-q", "-f", "-j", processes, *hashed, "-s", folder, folder],
            ticking,
        )
        failed = _FAILED.search(done.stdout) or re.search(r"\S[^\n]*\s*\Z", done.stderr)
        if failed or done.returncode < 0:
            seen = failed[0].strip() if failed else f"signal {-done.returncode}"
            raise ApitoolError(
                f"{self.program} could not compile what goes in",
                seen=seen,
                fix=f"check space and permissions of `{folder.parent}`",
            )

    def of_source(self, files: Iterable[SourceFile], folder: Path) -> dict[str, bytes]:
        """The bytecode of the source files, by name. It is made in the empty `folder`, never beside them.

        Raises ApitoolError when a file was changed meanwhile.
        """
        names = []
        for file in files:
            if file.name.endswith(".py"):
                path = folder / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())
                names.append(self.of(file.name))
        self.compile(folder)
        return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def compiler(target: Target, function: str) -> Compiler:
    """The one that runs this, or one that uv finds.

    Raises UsageError naming the function when there is none.
    """
    for program in _candidates(target):
        found = _about(program)
        if found and found.version.startswith(f"{target.python}."):
            return found
    raise UsageError(
        f"there is no Python {target.python} here to compile `{function}` with",
        seen="`bytecode = true` in apitool.toml, and uv finds none",
        fix=f"`uv python install {target.python}`, put one on the PATH, or take `bytecode` out",
    )


def _candidates(target: Target) -> Iterable[str]:
    if sys.version_info.minor == minor(target.python):
        yield sys.executable
    found = uv.run(
        ("python", "find", "--no-project", "--no-python-downloads", f"cpython@{target.python}"),
        cwd=Path.cwd(),
    )
    if not found.returncode:
        yield found.stdout.strip()


def _about(program: str) -> Compiler | None:
    """None for one that doesn't run, or isn't released: what that writes, the release may not read."""
    try:
        version, level, tag = json.loads(_python([program, "-c", _WHO]).stdout)
    except (OSError, ValueError):
        return None
    return Compiler(program, version, tag) if level == "final" and tag else None


def _python(
    command: Sequence[str | Path], ticking: Callable[[int], None] = lambda _: None
) -> subprocess.CompletedProcess[str]:
    """Run it by itself: no site, and nothing in the environment that would change what it writes."""
    program, *arguments = map(str, command)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    quiet = environment | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return child_process.run([program, "-S", *arguments], quiet, Path("/"), ticking)
