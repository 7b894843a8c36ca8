"""Which Terraform runs: APITOOL_TERRAFORM, the project's `.tools/`, the PATH; at least 1.11, before 2.

1.11 is the first whose S3 backend locks natively for good (`use_lockfile`).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.terraform import version
from apitool.terraform.version import Answer, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "APITOOL_TERRAFORM"
TOOLS = ".tools"
OLDEST = (1, 11)
BEFORE = (2, 0)
INSTALL = "python -m apitool.terraform.release"


@dataclass(frozen=True, slots=True)
class Binary:
    """A Terraform that will do."""

    path: Path
    version: str


def find(project: Path, environ: Mapping[str, str], cache: Path | None = None) -> Binary:
    """The first Terraform that will do. `cache` is a file that remembers versions between runs.

    Raises:
        UsageError: the one named in APITOOL_TERRAFORM will not do.
        ApitoolError: there is none; says what is wrong with each that was found.
    """
    if named := environ.get(VARIABLE):
        try:
            return _usable(Path(named).expanduser(), cache)
        except Unusable as error:
            raise UsageError(
                f"{VARIABLE} names a Terraform that will not do",
                seen=f"`{named}` {error}",
                fix=f"name a Terraform {_RANGE}, or unset {VARIABLE}",
            ) from None
    return _first_usable(project, environ, cache)


def _first_usable(project: Path, environ: Mapping[str, str], cache: Path | None) -> Binary:
    wrong = []
    for candidate in candidates(project, environ):
        try:
            return _usable(candidate, cache)
        except Unusable as error:
            wrong.append(f"`{candidate}` {error}")
    raise ApitoolError(
        f"no Terraform {_RANGE}",
        seen="; ".join(wrong) or f"no `terraform` in {project / TOOLS} or on the PATH",
        fix=f"`{INSTALL}` fetches one into {TOOLS}/; or install it and put it on the PATH",
    )


_RANGE = f">= {'.'.join(map(str, OLDEST))}, < {BEFORE[0]}"


def candidates(project: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Files called `terraform` that exist, best first; executable or not."""
    folders = [project / TOOLS, *map(Path, filter(None, environ.get("PATH", "").split(os.pathsep)))]
    for folder in dict.fromkeys(folders):
        if (folder / "terraform").is_file():
            yield folder / "terraform"


def _usable(path: Path, cache: Path | None) -> Binary:
    if not path.is_file():
        raise Unusable("does not exist" if not path.exists() else "is no file")
    if not os.access(path, os.X_OK):
        raise Unusable("is not executable")
    answer = version.ask(path.absolute(), cache)
    if answer.product != "Terraform":
        raise Unusable(f"is {answer.product} {answer.version}, which is another product")
    if not _in_range(answer):
        raise Unusable(f"is Terraform {answer.version}")
    return Binary(path.absolute(), answer.version)


def _in_range(answer: Answer) -> bool:
    found = re.match(r"(\d+)\.(\d+)", answer.version)
    return found is not None and OLDEST <= (int(found[1]), int(found[2])) < BEFORE
