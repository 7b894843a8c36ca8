"""What is packed for one function, into zips named by their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.package import contents, dependencies, publication, sizes, test_files
from apitool.package.package import Package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from apitool.package.bytecode import Compiler
    from apitool.package.kept_dependencies import Dependencies
    from apitool.package.recipe import Recipe
    from apitool.package.target import Target
    from apitool.package.wanted import Wanted

NAME_LENGTH = 16  # hexadecimal digits of the digest in the file name
A_SECOND_OF_PACKING = 15_000_000  # bytes of source


def pack(read: Recipe, out: Path, progress: Callable[[str], None], *, refresh: bool) -> Package:
    """Check and write the package. Raises as `build` does."""
    compiler = _compiler(read)

    def load(wanted: Wanted) -> Dependencies:
        return dependencies.load(wanted, out / "dependencies", progress, refresh=refresh, compiler=compiler)

    parts = contents.gather(read, load)
    if compiler:
        parts = parts.with_bytecode(compiler)
    of_source, of_dependencies = parts.source_sizes(), parts.dependency_sizes()
    everything = of_source + of_dependencies
    sizes.check_unzipped(read.name, everything)
    if sum(size for _, size in of_source) > A_SECOND_OF_PACKING:
        progress(f"packing {len(of_source):,} files of `{read.name}`")
    layer = None
    if read.layer and of_dependencies:
        layer = _file(f"{read.name}-layer", parts.write_layer, of_dependencies, out, _for_layers(read.target))
    members = of_source if read.layer else everything

    def write(file: BinaryIO) -> str:
        return parts.write(file, dependencies=not read.layer)

    package = _file(read.name, write, members, out)
    return package._replace(
        left_out=parts.tree.left_out,
        notes=(*parts.dependencies.notes, *_of_compiler(compiler), *test_files.notes(parts.tree)),
        warnings=tuple(contents.warnings(read)),
        layer=layer,
    )


def _compiler(read: Recipe) -> Compiler | None:
    if not read.bytecode:
        return None
    from apitool.package import bytecode  # noqa: PLC0415 - runs programs, which few packages need

    return bytecode.compiler(read.target, read.name)


def _of_compiler(compiler: Compiler | None) -> list[str]:
    return [f"bytecode of Python {compiler.version}: another release may write others"] if compiler else []


def _for_layers(target: Target) -> tuple[str, ...]:
    flags = f"--compatible-runtimes python{target.python} --compatible-architectures {target.architecture}"
    return (f"aws lambda publish-layer-version {flags} --layer-name … --zip-file fileb://…",)


def _file(
    name: str,
    write: Callable[[BinaryIO], str],
    members: list[tuple[str, int]],
    out: Path,
    notes: tuple[str, ...] = (),
) -> Package:
    """One zip, written aside and then named by its digest."""
    with publication.aside(out) as (path, file):
        digest = write(file)
        file.flush()
        size = file.tell()
        final = out / f"{name}-{digest[:NAME_LENGTH]}.zip"
        publication.publish_named_by_content(path, final, digest)
    unzipped = sum(size for _, size in members)
    return Package(name, final, digest, size, unzipped, sizes.contributors(members), notes=notes)
