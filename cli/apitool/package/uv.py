"""Running uv: which program, with which environment, and what it said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from uv import find_uv_bin

from apitool.errors import ApitoolError
from apitool.package import pip_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

# These would change what is installed where, behind the arguments' back.
NOT_OURS = (
    "UV_TARGET", "UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_NO_BINARY", "UV_ONLY_BINARY", "UV_NO_BUILD",
    "UV_NO_DEPS", "UV_REQUIRE_HASHES", "UV_COMPILE_BYTECODE", "UV_PROJECT", "UV_WORKING_DIR",
    "PYTHONPATH", "PYTHONHOME",
)  # fmt: skip
COMMON = ("--python", sys.executable, "--no-progress", "--color", "never", "--no-python-downloads")
TICK = 1.0  # seconds between two words about a run that takes long


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The user's own, with what pip is configured to ask. Raises UsageError if that can't be read."""
    kept = {name: value for name, value in environ.items() if name not in NOT_OURS}
    return kept | pip_settings.for_uv(_pip(environ), environ)


def index_arguments(environ: Mapping[str, str]) -> list[str]:
    """The one setting of pip's that uv takes by argument only."""
    return ["--no-index"] if pip_settings.no_index(_pip(environ), environ) else []


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
    started = time.monotonic()
    try:
        with subprocess.Popen(
            [program, *arguments],
            env=environment(os.environ),
            cwd=cwd,  # where relative paths count from, and uv looks for uv.toml
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            out, err = _ended(process, given, lambda: ticking(round(time.monotonic() - started)))
    except OSError as error:
        raise _broken(f"{program}: {error.strerror}") from error
    if process.returncode < 0:
        raise ApitoolError(
            "uv was stopped before it was done",
            seen=signal.strsignal(-process.returncode) or f"signal {-process.returncode}",
            fix="run the command again; if it ends so again, look at disk space, limits and memory here",
        )
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _ended(process: subprocess.Popen[str], given: str | None, tick: Callable[[], None]) -> tuple[str, str]:
    try:
        while True:
            try:
                return process.communicate(given, timeout=TICK)
            except subprocess.TimeoutExpired:
                given = None  # under way already
                tick()
    except BaseException:  # interrupted: it must not write on after we are gone
        process.kill()
        raise


def _pip(environ: Mapping[str, str]) -> dict[str, str]:
    return pip_settings.read(environ, pip_settings.config_files(environ))


def _program() -> str:
    try:
        return os.fsdecode(find_uv_bin())
    except FileNotFoundError as error:
        raise _broken(str(error).splitlines()[0]) from None


def _broken(seen: str) -> ApitoolError:
    return ApitoolError("uv did not run", seen=seen, fix="install apitool's dependencies again")
