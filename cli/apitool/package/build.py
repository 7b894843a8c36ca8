"""One function -> one deployment package, under a name that holds its content's digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.package import contents, dependencies, publication, recipe, sizes, unchanged
from apitool.package.package import Package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from apitool.package.contents import Contents
    from apitool.package.dependencies import Wanted
    from apitool.package.kept_dependencies import Dependencies
    from apitool.package.recipe import Recipe
    from apitool.package.target import Target
    from apitool.project.model import Function

NAME_LENGTH = 16  # hexadecimal digits of the digest in the file name
A_SECOND_OF_PACKING = 15_000_000  # bytes of source


def build(
    function: Function,
    *,
    name: str,
    root: Path,
    target: Target,
    out: Path,
    progress: Callable[[str], None] = lambda _: None,
    refresh: bool = False,
    layer: bool = False,
) -> Package:
    """Build the package of `function` into the folder `out`, for `target`, unless it is there already.

    `root` is the folder of apitool.toml. `progress` is told what takes longer than a second. `refresh`
    resolves the dependencies again; they are kept in `out/dependencies`. With `layer` they go into a zip of
    their own, laid out as a layer.
    Raises UsageError when the source or its requirements can't be packaged, ApitoolError otherwise.
    """
    root, out = root.absolute(), out.absolute()

    def load(wanted: Wanted) -> Dependencies:
        return dependencies.load(wanted, out / "dependencies", progress, refresh=refresh)

    try:
        read = recipe.of(function, name=name, root=root, target=target, layer=layer)
        if not refresh and (known := unchanged.find(read, out)):
            return known
        package = _write(read, contents.gather(read, load), out, progress)
        unchanged.remember(read, package, out)
    except OSError as error:
        raise ApitoolError(
            f"the deployment package of `{name}` could not be built",
            seen=f"{error.filename or out}: {error.strerror or error}",
            fix=f"check space and permissions of `{out}`",
        ) from error
    return package


def _write(read: Recipe, parts: Contents, out: Path, progress: Callable[[str], None]) -> Package:
    of_source, of_dependencies = parts.source_sizes(), parts.dependency_sizes()
    everything = of_source + of_dependencies
    sizes.check_unzipped(read.name, everything)
    if sum(size for _, size in of_source) > A_SECOND_OF_PACKING:
        progress(f"packing {len(of_source):,} files of `{read.name}`")
    layer = None
    if read.layer and of_dependencies:
        layer = _file(f"{read.name}-layer", parts.write_layer, of_dependencies, out, _for_layers(read.target))
    members = of_source if read.layer else everything

    def write(file: BinaryIO) -> None:
        parts.write(file, dependencies=not read.layer)

    package = _file(read.name, write, members, out)
    return package.with_findings(
        left_out=parts.tree.left_out,
        notes=parts.dependencies.notes,
        warnings=tuple(contents.warnings(read)),
        layer=layer,
    )


def _for_layers(target: Target) -> tuple[str, ...]:
    flags = f"--compatible-runtimes python{target.python} --compatible-architectures {target.architecture}"
    return (f"aws lambda publish-layer-version {flags} --layer-name … --zip-file fileb://…",)


def _file(
    name: str,
    write: Callable[[BinaryIO], None],
    members: list[tuple[str, int]],
    out: Path,
    notes: tuple[str, ...] = (),
) -> Package:
    """One zip, written aside and then named by its digest."""
    with publication.aside(out) as (path, file):
        write(file)
        file.flush()
        size = file.tell()
        digest = publication.digest(path)
        final = out / f"{name}-{digest[:NAME_LENGTH]}.zip"
        publication.publish_named_by_content(path, final, digest)
    unzipped = sum(size for _, size in members)
    return Package(name, final, digest, size, unzipped, sizes.contributors(members), notes=notes)
