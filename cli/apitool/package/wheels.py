"""Wheels for a target into a folder, by uv.

What has a wheel for anything compiled is taken as a wheel or refused: building it here would run this
machine's compiler against this machine's C library. What was only ever published as source is built, and
refused unless the result is pure Python.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from apitool.package import built_here, installation, no_wheel, uv, uv_environment, uv_failures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from apitool.package.installation import Installation
    from apitool.package.requirements import Requirements
    from apitool.package.target import Target

_NEEDS_BUILDING = re.compile(
    r"Wheels are required for `([^`]+)` because building from source is disabled"
    r"|Building source distributions (?:for `([^`]+)` )?is disabled(?:, but attempted to build `([^`]+)`)?"
)
MOST_BUILDS = 20  # packages without any wheel in one set of requirements


def argv(
    wanted: Installation, target: Target, into: Path, *, built: Iterable[str] = (), index: Iterable[str] = ()
) -> list[str]:
    """The command line. It follows dependencies: a lock that lacks one fails here and not in the Lambda.

    `built` are the names of packages that may be built from source.
    """
    command = ["pip", "install", "--target", str(into), "--no-editable", *uv.COMMON]
    if target.platform:
        command += ["--python-version", target.python, "--python-platform", target.platform]
    if "--only-binary" not in wanted.arguments:
        command += ["--only-binary", ":all:"]
    for name in (*wanted.projects, *built):
        command += ["--no-binary", name]
    for name in wanted.projects:
        command += ["--refresh-package", name]
    return [*command, *wanted.arguments, *index]


def install(
    requirements: Requirements, target: Target, into: Path, progress: Callable[[str], None] = lambda _: None
) -> tuple[str, ...]:
    """Put what `requirements` ask for into the folder `into`; the names of what had to be built.

    Raises ApitoolError: no wheel for the target, no such version, a wrong hash, an index out of reach.
    """
    built: list[str] = []
    for wanted in installation.of(requirements):
        built += _install(wanted, requirements, target, into, progress)
    if target.platform:
        built_here.check(into, target)
    return tuple(built)


def _install(
    wanted: Installation,
    requirements: Requirements,
    target: Target,
    into: Path,
    progress: Callable[[str], None],
) -> list[str]:
    built: list[str] = []
    index = uv_environment.index_arguments(os.environ)
    progress(_doing(requirements, target, built))
    while True:
        done = uv.run(
            argv(wanted, target, into, built=built, index=index),
            cwd=wanted.cwd,
            given=wanted.given,
            ticking=lambda seconds: progress(f"{_doing(requirements, target, built)}, {seconds} s"),
        )
        if not done.returncode:
            return built
        built.append(_next_to_build(done.stderr, built, requirements, target, wanted.cwd))
        progress(_doing(requirements, target, built))


def _next_to_build(
    stderr: str, built: list[str], requirements: Requirements, target: Target, cwd: Path
) -> str:
    """The package that failed the run because it has no wheel, if building it is worth a try; else raises."""
    found = _NEEDS_BUILDING.search(re.sub(r"\s+", " ", stderr))
    name: str | None = next(filter(None, found.groups()), None) if found else None
    missing = uv_failures.missing_wheel(stderr)
    hopeless = name is None or name in built or len(built) == MOST_BUILDS
    if missing and (hopeless or no_wheel.is_compiled(missing, cwd)):
        raise no_wheel.explained(missing, requirements, target, cwd)
    if name is None or hopeless:
        raise uv_failures.explained(stderr, requirements.path, target)
    return name


def _doing(requirements: Requirements, target: Target, built: list[str]) -> str:
    if built:
        return f"building {built[-1]}, which has no wheel, from source"
    verb = "installing" if requirements.locked else "resolving"
    return f"{verb} {requirements.path.name} for {target}"
