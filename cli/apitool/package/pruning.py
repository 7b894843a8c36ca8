"""Old packages and dependencies that nobody needs any more.

A package stays while a stage's variables or records name it, since that may be deployed or planned; beyond
those the last few of each function stay, and whatever was made or used lately, by another run perhaps.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from apitool.package import publication, unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEEP = 5  # packages of each function beside the named ones, and sets of dependencies
YOUNG = 3600  # seconds; as long as the longest build
_PACKAGE = re.compile(r"([a-z0-9-]+)-[0-9a-f]{16}\.zip")


def prune(out: Path, mentions: Iterable[Path], used: Iterable[str] = ()) -> None:
    """Tidy up the folder of packages.

    `mentions` are files with names of packages that stay, `used` are such names.
    """
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for path in out.glob("*.zip"):
        if found := _PACKAGE.fullmatch(path.name):
            groups[found[1]].append(path)
    doomed = [path for some in groups.values() for path in _beyond(some)]
    if doomed:
        records = (path for path in (out / unchanged.FOLDER).glob("*.json") if _is_young(path))
        named = {*_named(mentions), *_named(records), *used}
        _remove(path for path in doomed if path.name not in named)
    for record in _beyond((out / unchanged.FOLDER).glob("*.json"), KEEP * (len(groups) + 1)):
        _remove([record])
    _prune_dependencies(out / "dependencies")


def _prune_dependencies(cache: Path) -> None:
    for path in cache.glob(f"{publication.PREFIX}*"):
        if not _is_young(path):
            publication.sweep_workspace(cache, path.name.removeprefix(publication.PREFIX))
    for path in _beyond(cache.glob("*.json")):
        _remove([path, path.with_suffix(".zip")])
        publication.sweep_lock(path.with_suffix(".lock"))


def _beyond(paths: Iterable[Path], keep: int = KEEP) -> list[Path]:
    """All but the newest `keep`, and none that is young."""
    dated: list[tuple[float, Path]] = []
    for path in paths:
        with suppress(FileNotFoundError):  # another run tidies up, too
            dated.append((path.stat().st_mtime, path))
    newest_first = sorted(dated, reverse=True)
    return [path for _, path in newest_first[keep:] if not _is_young(path)]


def _is_young(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < YOUNG
    except FileNotFoundError:
        return False


def _named(mentions: Iterable[Path]) -> set[str]:
    names: set[str] = set()
    for path in mentions:
        with suppress(OSError):
            names.update(found[0] for found in _PACKAGE.finditer(path.read_text("utf-8", "replace")))
    return names


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()
