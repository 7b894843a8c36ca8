"""Files that are whole or not there, and one build of a thing at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

PREFIX = "unfinished-"
LONGEST_BUILD = 3600  # seconds; an unfinished file older than that is nobody's any more


@contextmanager
def aside(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in `folder`, readable by its owner only, removed at the end unless it was renamed."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    path = folder / f"{PREFIX}{os.urandom(8).hex()}"
    try:
        with open(path, "x+b", opener=_for_its_owner) as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sweep(folder: Path) -> None:
    """Remove the files that killed builds left behind."""
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if path.is_file() and time.time() - path.stat().st_mtime > LONGEST_BUILD:
                path.unlink()


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish_named_by_content(path: Path, final: Path, sha256: str) -> None:
    """As `publish`; what is there already and whole stays, so that nobody's record of it is out of date."""
    if not (final.is_file() and digest(final) == sha256):
        publish(path, final)


def publish(path: Path, final: Path) -> None:
    """Give a finished file its name: who reads `final` sees the old file or the new one, nothing between.

    Through a power failure that holds only for who checks what is read, as everybody here does: waiting for
    the disk takes longer than all the rest of a build.
    """
    path.replace(final)


@contextmanager
def alone(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file; `waiting` is called once if somebody else has it.

    The system lets go of it when the process ends, however it ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    told = False
    while True:
        with lock.open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waiting()
                told = True
                fcntl.flock(file, fcntl.LOCK_EX)
            if _is_at(file, lock):
                yield
                return


def _is_at(file: BinaryIO, path: Path) -> bool:
    """Whether the open file still has its name: one swept away while we waited for it locks nothing."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def sweep_lock(lock: Path) -> None:
    """Remove a lock file, unless somebody holds it."""
    with suppress(OSError), lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        lock.unlink()


def sweep_workspace(folder: Path, key: str) -> None:
    """Remove what a build that was killed at its very end left there, unless somebody is at work in it."""
    path = folder / f"{PREFIX}{key}"
    if path.is_dir():
        import shutil  # noqa: PLC0415 - as below

        with suppress(OSError), (folder / f"{key}.lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def workspace(folder: Path, key: str) -> Iterator[Path]:
    """An empty folder for the holder of the lock on `key`; what a killed build left there goes first."""
    import shutil  # noqa: PLC0415 - with what it brings along 2 ms, which a kept result need not pay

    path = folder / f"{PREFIX}{key}"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
