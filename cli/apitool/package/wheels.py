"""Running uv: wheels for a target into a folder, without building anything.

What can't be installed as a wheel isn't built: a build on this machine would run this machine's compiler
against this machine's C library, and run code of the package while at it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from uv import find_uv_bin

from apitool.errors import ApitoolError
from apitool.package import pip_settings, uv_failures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.package.requirements import Requirements
    from apitool.package.target import Target

# These would change what is installed where, behind the arguments' back.
NOT_OURS = (
    "UV_TARGET", "UV_SYSTEM_PYTHON", "UV_PYTHON", "UV_NO_BINARY", "UV_NO_DEPS", "UV_REQUIRE_HASHES",
    "UV_COMPILE_BYTECODE", "PYTHONPATH", "PYTHONHOME",
)  # fmt: skip


def argv(
    program: str, requirements: Requirements, target: Target, into: Path, *, no_index: bool = False
) -> list[str]:
    """The command line. It follows dependencies: a lock that lacks one fails here and not in the Lambda."""
    command = [program, "pip", "install", "--target", str(into), "--requirement", str(requirements.path)]
    command += ["--python", sys.executable, "--only-binary", ":all:"]
    command += ["--no-progress", "--color", "never", "--no-python-downloads"]
    if target.platform:
        command += ["--python-version", target.python, "--python-platform", target.platform]
    if requirements.locked:
        command.append("--require-hashes")
    if no_index:
        command.append("--no-index")
    return command


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The user's own, with what pip is configured to ask. Raises UsageError if that can't be read."""
    kept = {name: value for name, value in environ.items() if name not in NOT_OURS}
    return kept | pip_settings.for_uv(_pip(environ), environ)


def install(requirements: Requirements, target: Target, into: Path) -> None:
    """Put what `requirements` ask for into the folder `into`.

    Raises ApitoolError: no wheel for the target, no such version, a wrong hash, an index out of reach.
    """
    program = _program()
    no_index = pip_settings.no_index(_pip(os.environ), os.environ)
    try:
        done = subprocess.run(
            argv(program, requirements, target, into, no_index=no_index),
            env=environment(os.environ),
            cwd=requirements.path.parent,  # where relative paths in it count from, and uv looks for uv.toml
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise _broken(f"{program}: {error.strerror}") from error
    if done.returncode < 0:
        raise _broken(f"it was stopped by signal {-done.returncode}")
    if done.returncode:
        raise uv_failures.explained(done.stderr, requirements.path, target)


def _pip(environ: Mapping[str, str]) -> dict[str, str]:
    return pip_settings.read(environ, pip_settings.config_files(environ))


def _program() -> str:
    try:
        return os.fsdecode(find_uv_bin())
    except FileNotFoundError as error:
        raise _broken(str(error).splitlines()[0]) from None


def _broken(seen: str) -> ApitoolError:
    return ApitoolError("uv did not run", seen=seen, fix="install apitool's dependencies again")
