"""Everything that goes into one package, checked: the source, and the dependencies it asks for."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import Problem, UsageError
from apitool.package import archive, binaries, entry_names, handler, key_like, sizes, syntax
from apitool.package.kept_dependencies import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from apitool.package.bytecode import Compiler
    from apitool.package.kept_dependencies import Dependencies
    from apitool.package.recipe import Recipe
    from apitool.package.source import SourceTree
    from apitool.package.wanted import Wanted

LAYER_FOLDER = "python/"  # of a layer, Lambda puts /opt/python on sys.path


class Contents(NamedTuple):
    """The source of a function and its dependencies, none of whose names clash."""

    tree: SourceTree
    dependencies: Dependencies
    bytecode: Mapping[str, bytes] = MappingProxyType({})  # of the source, by name

    def with_bytecode(self, compiler: Compiler) -> Contents:
        """The same with its source compiled. Raises OSError when there is no room for that."""
        from tempfile import TemporaryDirectory  # noqa: PLC0415 - for few packages

        with TemporaryDirectory(prefix="apitool-") as folder:
            made = compiler.of_source(self.tree.files, Path(folder))
        taken = {file.name for file in self.tree.files}
        keeps = self.tree.selection.keeps
        return self._replace(
            bytecode={name: made[name] for name in sorted(made) if keeps(name) and name not in taken}
        )

    def source_sizes(self) -> list[tuple[str, int]]:
        """Name and bytes, unzipped, of the source files and their bytecode."""
        compiled = [(name, len(content)) for name, content in self.bytecode.items()]
        return [*((file.name, file.size) for file in self.tree.files), *compiled]

    def dependency_sizes(self) -> list[tuple[str, int]]:
        """Name and bytes, unzipped, of the files of dependencies."""
        keeps = self.tree.selection.keeps
        return [(entry.name, entry.size) for entry in self.dependencies.entries if keeps(entry.name)]

    def write(self, file: BinaryIO, *, dependencies: bool = True) -> str:
        """Write the zip; its SHA-256 in hex. Raises ApitoolError if the source changes meanwhile."""
        writer = archive.ArchiveWriter(file)
        if dependencies and self.dependencies.entries:
            writer.append(self.dependencies.zipped, self.dependencies.entries, self.tree.selection.keeps)
        for member in self.tree.files:
            writer.add(member.name, archive.pack(member.read()), executable=member.executable)
        for name, content in self.bytecode.items():
            writer.add(name, archive.pack(content), executable=False)
        writer.finish()
        self.tree.check_unchanged()
        return writer.sha256

    def write_layer(self, file: BinaryIO) -> str:
        """Write the dependencies alone, as Lambda unpacks a layer; the zip's SHA-256 in hex."""
        writer = archive.ArchiveWriter(file)
        writer.append(
            self.dependencies.zipped,
            self.dependencies.entries,
            self.tree.selection.keeps,
            below=LAYER_FOLDER,
        )
        writer.finish()
        return writer.sha256


def gather(recipe: Recipe, load: Callable[[Wanted], Dependencies]) -> Contents:
    """Cheap checks first, so that a typo doesn't wait for the network, which `load` may ask.

    Raises UsageError for what is wrong with the source or its requirements.
    """
    tree, target = recipe.tree, recipe.target
    sizes.check_unzipped(recipe.name, [(file.name, file.size) for file in tree.files])
    syntax.check(tree.files, target.python)
    called = handler.Handler(recipe.handler)
    in_source = handler.check(called, tree, target.python)
    binaries.check(_binaries_of(tree), target)
    needed = load(recipe.wanted) if recipe.wanted else NONE
    names = [entry.name for entry in needed.entries if tree.selection.keeps(entry.name)]
    if not in_source:
        handler.check_installed(called, tree, names)
    _check_apart(tree, names)
    _check_spelling(tree, names)
    binaries.check((each for each in needed.binaries if tree.selection.keeps(each.name)), target)
    return Contents(tree, needed)


def warnings(recipe: Recipe) -> Iterator[Problem]:
    """What can be packaged, and will hardly be what was meant."""
    yield from key_like.warnings(recipe.tree)
    names = (file.name for file in recipe.tree.files)
    for name in binaries.for_another_python(names, recipe.target):
        yield Problem(
            f"`{name}` can't be imported by Python {recipe.target.python}",
            seen="its name says it is for another version",
            fix="take it out of the source folder, and its package into the requirements",
        )


def _binaries_of(tree: SourceTree) -> Iterator[binaries.NamedBinary]:
    suspects = (file for file in tree.files if binaries.starts_like_one(file.head(binaries.LOOKED_AT)))
    return (found for file in suspects if (found := binaries.look(file.name, file.read())))


def _check_apart(tree: SourceTree, needed: list[str]) -> None:
    """A file may come from one side only: which of two would win is nothing to guess about."""
    both = sorted({file.name for file in tree.files} & set(needed))
    if both:
        others = f", and {len(both) - 1} more files" if len(both) > 1 else ""
        raise UsageError(
            f"`{both[0]}` is in the source folder and in a dependency{others}",
            seen=f"source folder: {tree.root}",
            fix="rename it, or take the package out of the requirements",
        )


def _check_spelling(tree: SourceTree, needed: list[str]) -> None:
    """The source alone was checked when it was walked."""
    together = [*(file.name for file in tree.files), *needed]
    if needed and (found := entry_names.collisions(together)):
        first, second = found[0]
        raise UsageError(
            f"`{first}` and `{second}` differ only in case or Unicode form",
            seen="at least one comes from a dependency; macOS and Windows keep one of the two",
            fix=f'leave one out, e.g. exclude = ["{second}"]',
        )
