"""The deployment packages of a project: all functions at once, into `.apitool/packages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from apitool.package import pruning, sizes
from apitool.package.build import build
from apitool.package.target import Target as Platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from apitool.console import Console, Step
    from apitool.package.declaration import Packaged
    from apitool.package.package import Package


class Sources(Protocol):
    """Functions, and the folder their paths count from: a project, or what is remembered of one."""

    @property
    def root(self) -> Path: ...
    @property
    def functions(self) -> Mapping[str, Packaged]: ...


def packages(
    sources: Sources, console: Console, *, embedded: bool, refresh: bool = False, layer: bool = False
) -> dict[str, Package]:
    """Build every function's deployment package that is not there already, by function name.

    The embedded AWS runs functions with the Python that runs this, so for it they are built for this machine.
    `refresh` resolves the dependencies again; with `layer` they go into zips of their own.

    Raises:
        UsageError: a source or its requirements can't be packaged.
    """
    functions, root = sources.functions, sources.root
    out = folder(root)
    with console.step("package", ", ".join(functions)) as step:
        drawn = _Drawn(step, many=len(functions) > 1)

        def one(name: str) -> Package:
            function = functions[name]
            package = build(
                function,
                name=name,
                root=root,
                target=Platform.host() if embedded else Platform.of(function),
                out=out,
                progress=lambda text: drawn.update(name, text),
                refresh=refresh,
                layer=layer,
            )
            drawn.done(name)
            return package

        built = _all(one, functions)
        pruning.prune(out, _mentions(root), [each.file.name for each in built])
        step.text = ", ".join(map(_summary, built))
    for package in built:
        _say(package, console)
    return {package.function: package for package in built}


def _all(one: Callable[[str], Package], names: Iterable[str]) -> list[Package]:
    """At once where there are several; a pool for one costs more than it gives."""
    first, *others = names
    if not others:
        return [one(first)]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - see above

    with ThreadPoolExecutor() as pool:
        return list(pool.map(one, [first, *others]))


def folder(root: Path) -> Path:
    """Where they are, for every stage of the project in `root`."""
    return root / ".apitool" / "packages"


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
