"""The files of a source folder, as they go into the package.

Links are followed inside the folder and refused when they lead out of it: what lies outside is not reviewed
with the function. Everything refused is named in one error.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, Problem, UsageError
from apitool.package import entry_names, exclusions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.package.exclusions import Why

MOST_PROBLEMS = 20  # named in one error
_READING = "make it readable for you, or move it out of the source folder"
_RENAME = "rename it"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file. `stamp` changes when anybody writes to it: inode, bytes, times of data and of inode (ns)."""

    name: str
    path: Path
    executable: bool
    stamp: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        return self.stamp[1]

    def read(self) -> bytes:
        """The content, as it was when the folder was walked.

        Raises ApitoolError when the file was changed or removed since.
        """
        try:
            with self.path.open("rb") as file:
                content = file.read()
                now = _stamp(os.fstat(file.fileno()))
        except FileNotFoundError:
            raise changed(self.name, "it is gone") from None
        if now != self.stamp or len(content) != self.size:
            raise changed(self.name, "its size or time is another now")
        return content


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The files of a source folder by name, and the secrets that were left out of it."""

    root: Path
    files: tuple[SourceFile, ...]
    left_out: tuple[str, ...] = ()

    def check_unchanged(self) -> None:
        """Raises ApitoolError if a file came, went or changed since the folder was walked."""
        now = {file.name: file.stamp for file in walk(self.root).files}
        before = {file.name: file.stamp for file in self.files}
        for name in sorted(now.keys() | before.keys()):
            if now.get(name) != before.get(name):
                raise changed(name, "it was added, removed or written to")


def changed(name: str, seen: str) -> ApitoolError:
    return ApitoolError(
        f"`{name}` changed while it was being packaged", seen=seen, fix="run the command again"
    )


def walk(root: Path) -> SourceTree:
    """The files under `root`, sorted by name; the same whatever order the file system lists them in.

    Raises UsageError naming what can't be packaged: links that lead out, devices, unreadable files, and names
    that are not UTF-8, or differ only in case.
    """
    if not root.is_dir():
        raise UsageError(
            f"the source folder `{root}` does not exist", fix="correct `source` in apitool.toml, or make it"
        )
    walked = _Walk(Path(os.path.realpath(root)))
    files = sorted(walked.folder(root, "", ()), key=lambda file: file.name)
    for first, second in entry_names.collisions(file.name for file in files):
        walked.refuse(second, f"it differs from `{first}` only in case or Unicode form", _RENAME)
    _raise_if_refused(root, walked.problems)
    return SourceTree(root, tuple(files), tuple(sorted(walked.left_out)))


@dataclass(slots=True)
class _Walk:
    """One pass over a folder: what it left out and what it refused."""

    real_root: Path
    left_out: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def folder(self, path: Path, prefix: str, inside: tuple[Path, ...]) -> Iterator[SourceFile]:
        """The files of one folder; `inside` are the real folders it stands in, to notice a circle."""
        try:
            entries = sorted(os.scandir(path), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            self.refuse(prefix.rstrip("/") or str(path), f"it can't be read: {error.strerror}", _READING)
            return
        real = Path(os.path.realpath(path))
        for entry in entries:
            name = prefix + entry_names.from_file_system(entry.name)
            if wrong := entry_names.refusal(name):
                self.refuse(ascii(name)[1:-1], wrong, _RENAME)
            else:
                yield from self._entry(Path(entry.path), name, (*inside, real))

    def _entry(self, path: Path, name: str, inside: tuple[Path, ...]) -> Iterator[SourceFile]:
        if path.is_symlink() and not self._stays_inside(path, name, inside):
            return
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if not self._left_out(exclusions.folder(path), name):
                    yield from self.folder(path, f"{name}/", inside)
            elif not stat.S_ISREG(status.st_mode):
                self.refuse(name, "it is a pipe, socket or device", "move it out of the source folder")
            elif not self._left_out(exclusions.file(path, name), name):
                path.open("rb").close()
                yield SourceFile(name, path, bool(status.st_mode & stat.S_IXUSR), _stamp(status))
        except OSError as error:
            self.refuse(name, f"it can't be read: {error.strerror}", _READING)

    def _stays_inside(self, path: Path, name: str, inside: tuple[Path, ...]) -> bool:
        """Whether a link can be followed. What it points to is left out by its own name, too."""
        shown = f"a link to {path.readlink()}"
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: links in a circle, up to Python 3.12
            self.refuse(name, f"it is {shown}, which leads nowhere", "remove or correct the link")
            return False
        if not real.is_relative_to(self.real_root):
            fix = "copy what it points to into the source folder, or depend on it by requirements.txt"
            self.refuse(name, f"it is {shown}, out of the source folder", fix)
            return False
        if real in inside:
            self.refuse(name, f"it is {shown}, a folder it stands in", "remove the link")
            return False
        relative = real.relative_to(self.real_root)
        folders = [self.real_root / parent for parent in relative.parents][:-1]
        reasons = [exclusions.folder(folder) for folder in folders]
        if real.is_file():
            reasons.append(exclusions.file(real, relative.as_posix()))
        return not self._left_out(next(filter(None, reasons), None), name)

    def _left_out(self, why: Why | None, name: str) -> bool:
        if why == "secret":
            self.left_out.append(name)
        return why is not None

    def refuse(self, name: str, seen: str, fix: str) -> None:
        self.problems.append(Problem(f"`{name}` can't be packaged", seen=seen, fix=fix))


def _stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _raise_if_refused(root: Path, problems: list[Problem]) -> None:
    if not problems:
        return
    first, *rest = problems
    more = rest[: MOST_PROBLEMS - 1]
    if unnamed := len(rest) - len(more):
        more.append(Problem(f"and {unnamed} more in `{root}`"))
    raise UsageError(first.what, seen=first.seen, fix=first.fix, more=more)
