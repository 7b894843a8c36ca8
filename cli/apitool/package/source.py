"""The files of a source folder, as they go into the package.

Links are followed inside the folder and refused when they lead out of it: what lies outside is not reviewed
with the function. Everything refused is named in one error.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import ApitoolError, Problem, UsageError
from apitool.package import entry_names, exclusions
from apitool.package.selection import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.package.exclusions import Why
    from apitool.package.selection import Selection

MOST_PROBLEMS = 20  # named in one error
_READING = "make it readable for you, or move it out of the source folder"
_RENAME = "rename it"


class SourceFile(NamedTuple):
    """One file. `stamp` changes when anybody writes to it: inode, bytes, times of data and of inode (ns)."""

    name: str
    path: Path
    executable: bool
    stamp: tuple[int, int, int, int]

    @property
    def size(self) -> int:
        return self.stamp[1]

    def head(self, size: int) -> bytes:
        """The first bytes, as they are now."""
        with self.path.open("rb") as file:
            return file.read(size)

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


class SourceTree(NamedTuple):
    """The files of a source folder by name, and the secrets that were left out of it."""

    root: Path
    selection: Selection
    files: tuple[SourceFile, ...]
    left_out: tuple[str, ...] = ()

    def check_unchanged(self) -> None:
        """Raises ApitoolError if a file came, went or changed since the folder was walked."""
        now = {file.name: file.stamp for file in walk(self.root, self.selection).files}
        before = {file.name: file.stamp for file in self.files}
        for name in sorted(now.keys() | before.keys()):
            if now.get(name) != before.get(name):
                raise changed(name, "it was added, removed or written to")


def changed(name: str, seen: str) -> ApitoolError:
    return ApitoolError(
        f"`{name}` changed while it was being packaged", seen=seen, fix="run the command again"
    )


def walk(root: Path, selection: Selection = EVERYTHING) -> SourceTree:
    """The files under `root`, sorted by name; the same whatever order the file system lists them in.

    Raises UsageError naming what can't be packaged: links that lead out, devices, unreadable files, and names
    that are not UTF-8, or differ only in case.
    """
    if not root.is_dir():
        raise UsageError(
            f"the source folder `{root}` does not exist", fix="correct `source` in apitool.toml, or make it"
        )
    walked = _Walk(Path(os.path.realpath(root)), selection)
    files = sorted(walked.folder(root, "", (), None), key=lambda file: file.name)
    for first, second in entry_names.collisions(file.name for file in files):
        walked.refuse(second, f"it differs from `{first}` only in case or Unicode form", _RENAME)
    _raise_if_refused(root, walked.problems)
    return SourceTree(root, selection, tuple(files), tuple(sorted(walked.left_out)))


class _Walk:
    """One pass over a folder: what it left out and what it refused."""

    def __init__(self, real_root: Path, selection: Selection) -> None:
        self.real_root = real_root
        self.selection = selection
        self.left_out: list[str] = []
        self.problems: list[Problem] = []

    def folder(
        self, path: Path, prefix: str, inside: tuple[Path, ...], above: Why | None
    ) -> Iterator[SourceFile]:
        """The files of one folder.

        `inside` are the real folders it stands in, to notice a circle; `above` is why the folder itself is
        left out, when it is entered only for what patterns bring back.
        """
        try:
            entries = sorted(os.scandir(path), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            self.refuse(prefix.rstrip("/") or str(path), f"it can't be read: {error.strerror}", _READING)
            return
        here = (*inside, Path(os.path.realpath(path)))
        for entry in entries:
            name = prefix + entry_names.from_file_system(entry.name)
            try:
                yield from self._entry(entry, name, here, above)
            except OSError as error:
                self.refuse(name, f"it can't be read: {error.strerror}", _READING)

    def _entry(
        self, entry: os.DirEntry[str], name: str, inside: tuple[Path, ...], above: Why | None
    ) -> Iterator[SourceFile]:
        path, is_link = Path(entry.path), entry.is_symlink()
        is_folder = path.is_dir() if is_link else entry.is_dir()
        rules = (above, *self._rules(path, name, is_folder=is_folder, is_link=is_link))
        why = self.selection.why_not(name, rules, folder=is_folder)
        if why and not (is_folder and self.selection.enters(name, why)):
            if why == "secret" and above != "secret":
                self.left_out.append(name)
        elif wrong := entry_names.refusal(name):
            self.refuse(ascii(name)[1:-1], wrong, _RENAME)
        elif is_link and (astray := self._leads_astray(path, inside)):
            self.refuse(name, *astray)
        elif is_folder:
            yield from self.folder(path, f"{name}/", inside, why)
        elif stat.S_ISREG((status := path.stat()).st_mode):
            path.open("rb").close()
            yield SourceFile(name, path, bool(status.st_mode & stat.S_IXUSR), _stamp(status))
        else:
            self.refuse(name, "it is a pipe, socket or device", "move it out of the source folder")

    def _rules(self, path: Path, name: str, *, is_folder: bool, is_link: bool) -> list[Why | None]:
        """What the rules say to it by its own name and, for a link, by the name of what it points to."""
        rules = [exclusions.folder(path) if is_folder else exclusions.file(path, name)]
        real = Path(os.path.realpath(path))
        if is_link and real.is_relative_to(self.real_root):
            relative = real.relative_to(self.real_root)
            folders = [self.real_root / parent for parent in relative.parents][:-1]
            rules += [exclusions.folder(folder) for folder in folders]
            rules.append(exclusions.folder(real) if is_folder else exclusions.file(real, relative.as_posix()))
        return rules

    def _leads_astray(self, path: Path, inside: tuple[Path, ...]) -> tuple[str, str] | None:
        """Why a link can't be followed, and what to do about it; None if it can."""
        shown = f"a link to {path.readlink()}"
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: links in a circle, up to Python 3.12
            return f"it is {shown}, which leads nowhere", "remove or correct the link"
        if not real.is_relative_to(self.real_root):
            fix = "copy what it points to into the source folder, depend on it as a package, or `exclude` it"
            return f"it is {shown}, out of the source folder", fix
        if real in inside:
            return f"it is {shown}, a folder it stands in", "remove the link"
        return None

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
