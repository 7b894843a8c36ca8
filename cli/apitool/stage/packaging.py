"""The deployment packages of a project: all functions at once, into `.apitool/packages`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from apitool.package import pruning, sizes
from apitool.package.build import build
from apitool.package.target import Target as Platform

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.console import Console, Step
    from apitool.package.package import Package
    from apitool.project.model import Project


def packages(
    project: Project, console: Console, *, embedded: bool, refresh: bool = False, layer: bool = False
) -> dict[str, Package]:
    """Build every function's deployment package that is not there already, by function name.

    The embedded AWS runs functions with the Python that runs this, so for it they are built for this machine.
    `refresh` resolves the dependencies again; with `layer` they go into zips of their own.

    Raises:
        UsageError: a source or its requirements can't be packaged.
    """
    out = project.root / ".apitool" / "packages"
    with console.step("package", ", ".join(project.functions)) as step:
        drawn = _Drawn(step, many=len(project.functions) > 1)

        def one(name: str) -> Package:
            function = project.functions[name]
            package = build(
                function,
                name=name,
                root=project.root,
                target=Platform.host() if embedded else Platform.of(function),
                out=out,
                progress=lambda text: drawn.update(name, text),
                refresh=refresh,
                layer=layer,
            )
            drawn.done(name)
            return package

        with ThreadPoolExecutor() as pool:
            built = list(pool.map(one, project.functions))
        pruning.prune(out, _mentions(project.root), [each.file.name for each in built])
        step.text = ", ".join(map(_summary, built))
    for package in built:
        _say(package, console)
    return {package.function: package for package in built}


def _mentions(root: Path) -> list[Path]:
    """The files that say which packages are deployed or planned: variables and records of every stage."""
    return sorted((root / ".apitool").glob("*/stages/*/*.json"))


def _say(package: Package, console: Console) -> None:
    for warning in package.warnings:
        console.warn(warning)
    if package.left_out:
        console.say(f"left out of `{package.function}`, like secrets: {', '.join(package.left_out)}")
    for note in package.notes:
        console.detail(f"{package.function}: {note}")


def _summary(package: Package) -> str:
    return f"{package.function} {sizes.shown(package.size)}{', unchanged' if package.reused else ''}"


class _Drawn:
    """The last word of every function under way, in one line."""

    def __init__(self, step: Step, *, many: bool) -> None:
        self._step = step
        self._many = many
        self._last: dict[str, str] = {}

    def update(self, function: str, text: str) -> None:
        self._last[function] = f"{function}: {text}" if self._many else text
        self._draw()

    def done(self, function: str) -> None:
        if self._last.pop(function, None):
            self._draw()

    def _draw(self) -> None:
        self._step.update("; ".join(list(self._last.values())))
