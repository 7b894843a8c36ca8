"""Everything that goes into one package, checked: the source, and the dependencies it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.package import archive, dependencies, handler, requirements, source, syntax

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from apitool.package.dependencies import Dependencies
    from apitool.package.source import SourceTree
    from apitool.package.target import Target
    from apitool.project.model import Function


@dataclass(frozen=True, slots=True)
class Contents:
    """The source of a function and its dependencies, none of whose names clash."""

    tree: SourceTree
    dependencies: Dependencies

    def sizes(self) -> list[tuple[str, int]]:
        """Name and bytes, unzipped, of every file."""
        members: list[tuple[str, int]] = [(file.name, file.size) for file in self.tree.files]
        return members + [(entry.name, entry.size) for entry in self.dependencies.entries]

    def write(self, file: BinaryIO) -> None:
        """Write the zip. Raises ApitoolError if the source changes meanwhile."""
        writer = archive.ArchiveWriter(file)
        if self.dependencies.entries:
            writer.append(self.dependencies.zipped)
        for member in self.tree.files:
            writer.add(member.name, archive.pack(member.read()), executable=member.executable)
        writer.finish()
        self.tree.check_unchanged()


def gather(
    function: Function, root: Path, target: Target, load: Callable[[requirements.Requirements], Dependencies]
) -> Contents:
    """Cheap checks first, so that a typo doesn't wait for the network, which `load` may ask.

    Raises UsageError for what is wrong with the source or its requirements.
    """
    tree = source.walk(root / function.source)
    syntax.check(tree.files, target.python)
    called = handler.Handler(function.handler)
    in_source = handler.check(called, tree, target.python)
    file = _requirements_file(function, root)
    needed = load(requirements.read(file)) if file else dependencies.NONE
    if not in_source:
        handler.check_installed(called, tree, [entry.name for entry in needed.entries])
    _check_apart(tree, needed)
    return Contents(tree, needed)


def _requirements_file(function: Function, root: Path) -> Path | None:
    if function.requirements:
        return root / function.requirements
    usual = root / function.source / "requirements.txt"
    return usual if usual.exists() else None


def _check_apart(tree: SourceTree, needed: Dependencies) -> None:
    """A file may come from one side only: which of two would win is nothing to guess about."""
    both = sorted({file.name for file in tree.files} & {entry.name for entry in needed.entries})
    if both:
        others = f", and {len(both) - 1} more files" if len(both) > 1 else ""
        raise UsageError(
            f"`{both[0]}` is in the source folder and in a dependency{others}",
            seen=f"source folder: {tree.root}",
            fix="rename it, or take the package out of the requirements",
        )
