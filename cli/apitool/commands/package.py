"""`apitool package`: build the deployment packages and say what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    import typer

    from apitool.package.package import Package


def register(app: typer.Typer) -> None:
    command(app)(package)


def package(run: Run) -> None:
    """Build the functions' deployment packages: the same source gives the same bytes."""
    from apitool.stage import prepare, target

    project = run.project()
    stage = run.stage(project)
    embedded = target.is_embedded(stage, local=bool(run.options.local))
    packages = prepare.packages(project, run.console, embedded=embedded)
    run.console.result(
        "\n".join(_line(name, package) for name, package in packages.items()),
        {name: _data(package) for name, package in packages.items()},
    )


def _line(name: str, package: Package) -> str:
    return f"{name}  {package.file}  {package.size:,} bytes  sha256 {package.sha256_hex}"


def _data(package: Package) -> dict[str, object]:
    return {
        "file": package.file,
        "sha256": package.sha256_hex,
        "size_bytes": package.size,
        "unzipped_size_bytes": package.unzipped_size,
    }
