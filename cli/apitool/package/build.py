"""One function -> one deployment package, under a name that holds its content's digest."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.package import contents, dependencies, publication, sizes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apitool.package.contents import Contents
    from apitool.package.dependencies import Dependencies
    from apitool.package.requirements import Requirements
    from apitool.package.sizes import Contributor
    from apitool.package.target import Target
    from apitool.project.model import Function

NAME_LENGTH = 16  # hexadecimal digits of the digest in the file name
A_SECOND_OF_PACKING = 15_000_000  # bytes of source


@dataclass(frozen=True, slots=True)
class Package:
    """A deployment package on disk. Sizes are bytes; `contributors` are the biggest parts, biggest first."""

    function: str
    file: Path
    sha256_hex: str
    size: int
    unzipped_size: int
    contributors: tuple[Contributor, ...]
    left_out: tuple[str, ...] = ()  # secrets in the source folder, which stayed there

    @property
    def sha256_base64(self) -> str:
        """As Lambda (`CodeSha256`) and Terraform (`source_code_hash`) write it."""
        return base64.b64encode(bytes.fromhex(self.sha256_hex)).decode()


def build(
    function: Function,
    *,
    name: str,
    root: Path,
    target: Target,
    out: Path,
    progress: Callable[[str], None] = lambda _: None,
    refresh: bool = False,
) -> Package:
    """Build the package of `function` into the folder `out`, for `target`.

    `root` is the folder of apitool.toml. `progress` is told what takes longer than a second, and what was
    left out. `refresh` resolves the dependencies again; they are kept in `out/dependencies`.
    Raises UsageError when the source or its requirements can't be packaged, ApitoolError otherwise.
    """
    root, out = root.absolute(), out.absolute()

    def load(wanted: Requirements) -> Dependencies:
        return dependencies.load(name, wanted, target, out / "dependencies", progress, refresh=refresh)

    try:
        package = _write(contents.gather(function, root, target, load), name, out, progress)
    except OSError as error:
        raise ApitoolError(
            f"the deployment package of `{name}` could not be built",
            seen=f"{error.filename or out}: {error.strerror or error}",
            fix=f"check space and permissions of `{out}`",
        ) from error
    if package.left_out:
        progress(f"left out, since they look like secrets: {', '.join(package.left_out)}")
    return package


def _write(parts: Contents, name: str, out: Path, progress: Callable[[str], None]) -> Package:
    members = parts.sizes()
    unzipped = sum(size for _, size in members)
    biggest = sizes.contributors(members)
    sizes.check_unzipped(name, unzipped, biggest)
    if sum(file.size for file in parts.tree.files) > A_SECOND_OF_PACKING:
        progress(f"packing {len(parts.tree.files):,} files of `{name}`")
    with publication.aside(out) as (path, file):
        parts.write(file)
        file.flush()
        size = file.tell()
        sizes.check_zipped(name, size, biggest)
        digest = publication.digest(path)
        final = out / f"{name}-{digest[:NAME_LENGTH]}.zip"
        publication.publish(path, final)
    return Package(name, final, digest, size, unzipped, biggest, parts.tree.left_out)
