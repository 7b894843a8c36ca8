"""What has to be declared of a function for its package: part of the project's `Function`, which is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.project.model import Architecture


class Packaged(Protocol):
    """A function as far as its package goes. Paths count from the folder of apitool.toml."""

    @property
    def source(self) -> Path: ...
    @property
    def handler(self) -> str: ...
    @property
    def runtime(self) -> str: ...
    @property
    def architecture(self) -> Architecture: ...
    @property
    def requirements(self) -> Path | None: ...
    @property
    def include(self) -> tuple[str, ...]: ...
    @property
    def exclude(self) -> tuple[str, ...]: ...
    @property
    def bundle_sdk(self) -> bool: ...
    @property
    def bytecode(self) -> bool: ...


class Declaration(NamedTuple):
    """The same, and nothing more: a `Packaged` that needs no pydantic."""

    source: Path
    handler: str
    runtime: str
    architecture: Architecture
    requirements: Path | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    bundle_sdk: bool
    bytecode: bool
