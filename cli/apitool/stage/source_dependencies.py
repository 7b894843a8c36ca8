"""Dependencies of a function that runs from its source: the package's own, unpacked once for this machine."""

from __future__ import annotations

import compileall
import hashlib
import io
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.package import declared

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.package.requirements import Requirements
    from apitool.project.model import Project


def installed(project: Project, name: str, progress: Callable[[str], None]) -> Path | None:
    """The folder a function's dependencies are in; None when it has none.

    Raises:
        ApitoolError: its requirements can't be read or resolved.
    """
    function = project.functions[name]
    requirements = declared.find(function, project.root)
    if requirements is None or requirements.empty:
        return None
    return _resolved(project, name, requirements, progress)


def _resolved(
    project: Project, name: str, requirements: Requirements, progress: Callable[[str], None]
) -> Path | None:
    # 50 ms, which a project without requirements starts sooner
    from apitool.package import dependencies  # noqa: PLC0415
    from apitool.package.selection import Selection  # noqa: PLC0415
    from apitool.package.target import Target  # noqa: PLC0415
    from apitool.package.wanted import Wanted  # noqa: PLC0415

    function = project.functions[name]
    selection = Selection.of(function.include, function.exclude)
    wanted = Wanted(name, requirements, Target.host(), bundle_sdk=function.bundle_sdk, selection=selection)
    unpacked = project.root / ".apitool" / "serve" / "dependencies"
    key = wanted.key
    if key is not None and (unpacked / key).is_dir():
        return unpacked / key
    packages = project.root / ".apitool" / "packages" / "dependencies"
    zipped = dependencies.load(wanted, packages, progress, refresh=False).zipped
    if not zipped:
        return None
    return _unpacked(zipped, unpacked / (key or hashlib.sha256(zipped).hexdigest()[:32]))


def _unpacked(zipped: bytes, folder: Path) -> Path:
    """Made aside and renamed: it is there whole, compiled, or not at all."""
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".unpacking-"))
    try:
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            archive.extractall(aside)
        compileall.compile_dir(aside, quiet=2, stripdir=str(aside), prependdir=str(folder))
        aside.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another serve was first
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder
