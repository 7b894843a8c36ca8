"""Running uv: which program, with which environment, and what it said."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from uv import find_uv_bin

from apitool.errors import ApitoolError
from apitool.package import child_process, uv_environment

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence

COMMON = ("--python", sys.executable, "--no-progress", "--color", "never", "--no-python-downloads")


def run(
    arguments: Sequence[str],
    *,
    cwd: Path,
    given: str | None = None,
    ticking: Callable[[int], None] = lambda _: None,
) -> subprocess.CompletedProcess[str]:
    """Run uv to its end, whatever that is. `given` is its input; `ticking` hears the seconds once a second.

    Raises ApitoolError if it can't be started or was killed.
    """
    program = _program()
    try:
        # In `cwd` relative paths count from there, and uv looks for uv.toml.
        done = child_process.run([program, *arguments], uv_environment.of(os.environ), cwd, ticking, given)
    except OSError as error:
        raise _broken(f"{program}: {error.strerror}") from error
    if done.returncode < 0:
        raise ApitoolError(
            "uv was stopped before it was done",
            seen=signal.strsignal(-done.returncode) or f"signal {-done.returncode}",
            fix="run the command again; if it ends so again, look at disk space, limits and memory here",
        )
    return done


def version() -> str:
    """E.g. `0.9.7, /usr/bin/uv`. Raises ApitoolError when it can't be run."""
    said = run(("--version",), cwd=Path.cwd()).stdout
    return f"{said.removeprefix('uv ').strip()}, {_program()}"


def _program() -> str:
    try:
        return os.fsdecode(find_uv_bin())
    except FileNotFoundError as error:
        raise _broken(str(error).splitlines()[0]) from None


def _broken(seen: str) -> ApitoolError:
    return ApitoolError("uv did not run", seen=seen, fix="install apitool's dependencies again")
