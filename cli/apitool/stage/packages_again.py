"""`apitool package` once more, without reading the project anew: half its time would go into that.

What apitool.toml declares of the functions is written down with the file's stamp, as `package/unchanged.py`
does it for sources. While the file is as it was, `build` can do all the rest. Only for the command without
options, in the project's own folder, and for a project that gave no warnings: nothing is lost by it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from apitool import __version__
from apitool.package import publication
from apitool.package.declaration import Declaration
from apitool.package.unchanged import settled
from apitool.stage import packages_shown, packaging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apitool.console import Console
    from apitool.project.model import Project

_COMMAND = ["package"]
_PATHS = ("source", "requirements")
_PATTERNS = ("include", "exclude")


class _Remembered(NamedTuple):
    """A `packaging.Sources`."""

    root: Path
    functions: Mapping[str, Declaration]
    embedded: bool


def answered(arguments: Sequence[str], console: Console) -> bool:
    """Do what these arguments ask for, if it is that command and the project is remembered; else False.

    Raises as `packaging.packages`.
    """
    if list(arguments) != _COMMAND or any(name.startswith("APITOOL_") for name in os.environ):
        return False
    remembered = _read(Path.cwd())
    if remembered is None:
        return False
    packages = packaging.packages(remembered, console, embedded=remembered.embedded)
    packages_shown.show(packages.values(), console)
    return True


def remember(project: Project, *, embedded: bool, read_at: int) -> None:
    """Write down what the project declares, unless its file may have changed since it was read.

    `read_at`: ns since 1970, before the file was opened.
    """
    stamp = _stamp(project.file)
    if stamp is None or not settled(stamp[0], read_at):
        return
    record = {
        "apitool": __version__,
        "file": stamp,
        "embedded": embedded,
        "functions": {
            name: {field: getattr(function, field) for field in Declaration._fields}
            for name, function in project.functions.items()
        },
    }
    with publication.aside(_file(project.root).parent) as (path, file):
        file.write(json.dumps(record, default=str).encode())
        file.flush()
        publication.publish(path, _file(project.root))


def _read(folder: Path) -> _Remembered | None:
    try:
        record = json.loads(_file(folder).read_bytes())
        if record["apitool"] != __version__ or record["file"] != _stamp(folder / "apitool.toml"):
            return None
        functions = {name: _declaration(said) for name, said in record["functions"].items()}
        return _Remembered(folder, functions, bool(record["embedded"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _declaration(said: Mapping[str, Any]) -> Declaration:
    paths = {name: said[name] and Path(said[name]) for name in _PATHS}
    patterns = {name: tuple(said[name]) for name in _PATTERNS}
    return Declaration(**{**said, **paths, **patterns})


def _stamp(file: Path) -> list[int] | None:
    """When it was last written, by whoever; its size; which file it is."""
    try:
        status = file.stat()
    except OSError:
        return None
    return [max(status.st_mtime_ns, status.st_ctime_ns), status.st_mtime_ns, status.st_size, status.st_ino]


def _file(root: Path) -> Path:
    return root / ".apitool" / "packages" / "declared.json"
