"""What was saved: a function's source, or something that decides what is served at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import DefaultFilter, awatch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    State = Mapping[Path, tuple[int, int]]

_TOGETHER = 50  # ms; an editor writes one file in several steps
_STEP = 20  # ms
_QUIET = 500  # ms without a change; after the first of them the watcher is known to be up
_IGNORED = (*DefaultFilter.ignore_dirs, ".apitool")


async def saved(paths: Iterable[Path], known: State) -> AsyncIterator[frozenset[Path]]:
    """The files that changed, each time some did. Bytecode, editors' own files and `.apitool` don't count.

    `known` is the `state` of the paths when they were read: what was saved before the watcher was up is
    noticed too.
    """
    watched = sorted({path for path in paths if path.exists()})
    filter_ = DefaultFilter(ignore_dirs=_IGNORED)
    compared = False
    async for changes in awatch(
        *watched,
        watch_filter=filter_,
        debounce=_TOGETHER,
        step=_STEP,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
    ):
        changed = frozenset(Path(path) for _, path in changes)
        if not compared:
            compared = True
            changed |= _differing(known, state(watched))
        if changed:
            yield changed


def state(paths: Iterable[Path]) -> State:
    """Time and size of every file at or below the paths."""
    found: dict[Path, tuple[int, int]] = {}
    for path in paths:
        for file in _files(path):
            try:
                status = file.stat()
            except OSError:  # gone meanwhile
                continue
            found[file] = (status.st_mtime_ns, status.st_size)
    return found


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        yield path
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if name not in _IGNORED]
        yield from (Path(folder, name) for name in files if not name.endswith((".pyc", ".swp", "~")))


def _differing(before: State, now: State) -> frozenset[Path]:
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
