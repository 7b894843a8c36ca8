"""`apitool package`: build the deployment packages and say what they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    from apitool.package.package import Package

_HEAD = "  "


def register(app: typer.Typer) -> None:
    command(app)(package)


def package(
    run: Run,
    *,
    files: Annotated[bool, typer.Option("--list", help="List the files in each package.")] = False,
    layer: Annotated[
        bool, typer.Option("--layer", help="Put the dependencies into a zip of their own, a Lambda layer.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Resolve the dependencies again, and build in any case.")
    ] = False,
) -> None:
    """Build the functions' deployment packages: the same source gives the same bytes."""
    from apitool.stage import packaging

    project = run.project()
    stage = run.stage(project)
    embedded = stage.local or bool(run.options.local)
    built = packaging.packages(project, run.console, embedded=embedded, refresh=refresh, layer=layer)
    zips = {each.function: each for package in built.values() for each in (package, package.layer) if each}
    run.console.result(
        "\n\n".join(_text(each, files=files) for each in zips.values()),
        {name: _data(each, files=files) for name, each in zips.items()},
    )


def _text(package: Package, *, files: bool) -> str:
    from apitool.package import sizes

    direct = ", uploaded through S3, since it is over 50 MB" if package.too_big_to_upload else ""
    unzipped = f"{sizes.shown(package.unzipped_size)} unzipped of {sizes.shown(sizes.UNZIPPED_LIMIT)}"
    lines = [
        f"{package.function}  {_near(package.file)}",
        f"sha256 {package.sha256_hex}",
        f"{sizes.shown(package.size)} zipped{direct}, {unzipped}",
        *sizes.bars(package.contributors),
        *package.notes,
    ]
    if files:
        lines += [f"{size:>11,}  {name}" for name, size, _ in _files(package)]
    return f"\n{_HEAD}".join(lines)


def _data(package: Package, *, files: bool) -> dict[str, object]:
    listed = [
        {"name": name, "size_bytes": size, "zipped_bytes": packed} for name, size, packed in _files(package)
    ]
    return {
        "file": package.file,
        "sha256": package.sha256_hex,
        "sha256_base64": package.sha256_base64,
        "size_bytes": package.size,
        "unzipped_size_bytes": package.unzipped_size,
        "unchanged": package.reused,
        "through_s3": package.too_big_to_upload,
        "contributors": [{"name": each.name, "size_bytes": each.size} for each in package.contributors],
        "notes": list(package.notes),
        "left_out": list(package.left_out),
        "warnings": [
            {"what": each.what, "place": each.place and str(each.place)} for each in package.warnings
        ],
        **({"files": listed} if files else {}),
    }


def _files(package: Package) -> list[tuple[str, int, int]]:
    """Name, bytes and bytes in the zip of every file."""
    from apitool.package import archive

    return [(entry.name, entry.size, entry.packed) for entry in archive.entries(package.file.read_bytes())]


def _near(file: Path) -> Path:
    """Short where that says as much: relative to the working directory when it is below."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
