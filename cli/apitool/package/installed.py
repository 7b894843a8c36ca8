"""The files uv installed, as they go into a package: without what names this machine, and without the SDK.

Left out because it depends on where the package is built, and nothing reads it at run time: console scripts
(`bin/`, with this machine's Python in the first line), bytecode unless it is asked for, and of a package's
metadata all but what entry points and `importlib.metadata` read. Bytecode outside `__pycache__` stays: there
it is all there is.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.package import entry_names, selection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Every Python runtime of Lambda has these three, matched to each other: 25 MB unzipped, a tenth of the limit.
# Not their dependencies (urllib3, jmespath, six, python-dateutil): other packages need those in versions of
# their own, and what the runtime has of them is nobody's promise.
SDK = frozenset({"boto3", "botocore", "s3transfer"})
_UNUSED = re.compile(
    r"bin/|\.lock$|(?:.*/)?__pycache__/"
    r"|[^/]+\.dist-info/(?!(?:METADATA|entry_points\.txt|top_level\.txt)$)"
)
_DIST_INFO = re.compile(r"(?P<name>[^/-]+)-[^/]*\.dist-info$")


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """A file of a dependency. `size` in bytes."""

    name: str
    path: Path
    executable: bool
    size: int


def files(
    folder: Path, provided: Collection[str] = SDK, bytecode: str | None = None
) -> Iterator[InstalledFile]:
    """Every file that goes in, sorted by name; with `bytecode` ("cpython-313") that of such a Python, too."""
    found = dict(sorted(_below(folder, "")))
    for name, path in found.items():
        source = selection.source_of_bytecode(name, bytecode) if bytecode else name
        if source in found and not _UNUSED.match(source) and _distribution(name) not in provided:
            status = path.stat()
            yield InstalledFile(name, path, bool(status.st_mode & stat.S_IXUSR), status.st_size)


def left_out(folder: Path, provided: Collection[str] = SDK) -> tuple[str, ...]:
    """Which packages of `provided` were installed, and so are left out, as "boto3"."""
    tops = {_distribution(entry.name) for entry in os.scandir(folder)}
    return tuple(sorted(tops & set(provided)))


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    for entry in os.scandir(folder):
        name = prefix + entry_names.from_file_system(entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), f"{name}/")
        else:
            yield name, Path(entry.path)


def _distribution(name: str) -> str:
    """The top folder a file stands in; for metadata the package it is about."""
    top = name.partition("/")[0]
    about = _DIST_INFO.match(top)
    return about["name"] if about else top
