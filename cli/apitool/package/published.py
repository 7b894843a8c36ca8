"""Which files an index has of a package, asked through uv, which knows the user's index and its passwords."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.package import uv, uv_environment

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.package.target import Target

# Wheels for Pythons below the lower bound are not listed; some packages have no release for the oldest.
LOWER_BOUNDS = ("3.8", "3.10", "3.12")


@dataclass(frozen=True, slots=True)
class Wheel:
    """Its tags, as the file name has them; `platforms` are alternatives."""

    python: str
    abi: str
    platforms: tuple[str, ...]

    @property
    def pure(self) -> bool:
        return self.platforms == ("any",)


def wheels(requirement: str, cwd: Path) -> list[Wheel] | None:
    """The wheels of what `requirement` ("a==1") resolves to, for any platform; None if it doesn't resolve."""
    for bound in LOWER_BOUNDS:
        asked = ["--universal", "--format", "pylock.toml", "--python-version", bound]
        if (lock := _compiled(requirement, cwd, *asked)) is not None:
            packages = tomllib.loads(lock).get("packages", [])
            return [
                tags for package in packages for wheel in package.get("wheels", []) if (tags := _tags(wheel))
            ]
    return None


def nearest(name: str, version: str, target: Target, cwd: Path) -> str | None:
    """The version with a wheel for `target` that is next to `version`, later ones first."""
    asked = ["--only-binary", ":all:", "--python-version", target.python]
    asked += ["--python-platform", target.platform] if target.platform else []
    for requirement, resolution in ((f"{name}>{version}", "lowest"), (f"{name}<{version}", "highest")):
        found = _compiled(requirement, cwd, *asked, "--resolution", resolution)
        if found and (pin := re.search(r"==\s*([^\s;]+)", found)):
            return pin[1]
    return None


def _compiled(requirement: str, cwd: Path, *asked: str) -> str | None:
    command = ["pip", "compile", "-", "--no-deps", "--no-header", "--no-annotate", "--quiet", *uv.COMMON]
    done = uv.run(
        [*command, *asked, *uv_environment.index_arguments(os.environ)], cwd=cwd, given=f"{requirement}\n"
    )
    return None if done.returncode else done.stdout


def _tags(wheel: dict[str, Any]) -> Wheel | None:
    name = wheel.get("name") or str(wheel.get("url") or wheel.get("path")).rpartition("/")[2]
    parts = name.removesuffix(".whl").split("-")
    return Wheel(parts[-3], parts[-2], tuple(parts[-1].split("."))) if len(parts) >= 5 else None  # noqa: PLR2004 - name, version, three tags
