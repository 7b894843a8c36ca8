"""Deployment packages in words and as data: what `apitool package` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apitool.package import sizes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.console import Console
    from apitool.package.package import Package

_HEAD = "  "


def show(packages: Iterable[Package], console: Console, *, files: bool = False) -> None:
    """Print them and their layers; with `files` also what is in them."""
    zips = {each.function: each for package in packages for each in (package, package.layer) if each}
    console.result(
        "\n\n".join(_text(each, files=files) for each in zips.values()),
        {name: _data(each, files=files) for name, each in zips.items()},
    )


def _text(package: Package, *, files: bool) -> str:
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
        **({"files": _listed(package)} if files else {}),
    }


def _listed(package: Package) -> list[dict[str, object]]:
    return [
        {"name": name, "size_bytes": size, "zipped_bytes": packed} for name, size, packed in _files(package)
    ]


def _files(package: Package) -> list[tuple[str, int, int]]:
    """Name, bytes and bytes in the zip of every file."""
    from apitool.package import archive  # noqa: PLC0415 - only --list unzips

    return [(entry.name, entry.size, entry.packed) for entry in archive.entries(package.file.read_bytes())]


def _near(file: Path) -> Path:
    """Short where that says as much: relative to the working directory when it is below."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
