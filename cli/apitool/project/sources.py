"""Rules about the disk: the files that `apitool.toml` names are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.project.draft import Draft, FunctionDraft
    from apitool.project.scan import KeyPath

_MOST_NAMES = 1_000  # of a folder's entries compared for a suggestion


def errors(draft: Draft, root: Path) -> Iterator[Finding]:
    for name, function in draft.get("functions", {}).items():
        key = ("functions", name)
        yield from _source(key, function, root)
        yield from _requirements(key, function, root)


def _source(key: KeyPath, function: FunctionDraft, root: Path) -> Iterator[Finding]:
    if (source := function.get("source")) is None:
        return
    folder = root / source
    if not stands(folder, "dir"):
        what = f"`{shown.dotted((*key, 'source'))}` is no folder"
        yield Finding((*key, "source"), what, f'"{shown.text(source)}"', near_entry(folder))
    elif (handler := function.get("handler")) is not None:
        yield from _handler(key, handler, folder)


def _handler(key: KeyPath, handler: str, folder: Path) -> Iterator[Finding]:
    """`pkg.app.handler` is in pkg/app.py, or in pkg/app/__init__.py when the module is a package."""
    module = handler.rpartition(".")[0].replace("/", ".").replace(".", "/")
    if not stands(folder / f"{module}.py", "file") and not stands(folder / module / "__init__.py", "file"):
        what = f"`{shown.dotted((*key, 'handler'))}`: there is no {module}.py in the source folder"
        yield Finding((*key, "handler"), what, f'"{handler}"', near_entry(folder / f"{module}.py"))


def _requirements(key: KeyPath, function: FunctionDraft, root: Path) -> Iterator[Finding]:
    requirements = function.get("requirements")
    if requirements is not None and not stands(root / requirements, "file"):
        what = f"`{shown.dotted((*key, 'requirements'))}` is no file"
        yield Finding(
            (*key, "requirements"), what, f'"{shown.text(requirements)}"', near_entry(root / requirements)
        )


def stands(path: Path, kind: str) -> bool:
    """Whether it is there, a `dir` or a `file`."""
    try:
        return path.is_dir() if kind == "dir" else path.is_file()
    except (OSError, ValueError):  # too long for the system, or unreadable on the way
        return False


def near_entry(path: Path) -> str:
    """The entry of the same folder that has almost this name, or the plain advice to make it."""
    try:
        entries = [entry.name for entry, _ in zip(path.parent.iterdir(), range(_MOST_NAMES), strict=False)]
    except (OSError, ValueError):
        entries = []
    near = closest(path.name, entries)
    return f"did you mean `{shown.text(near)}`?" if near else "paths count from the folder of apitool.toml"
