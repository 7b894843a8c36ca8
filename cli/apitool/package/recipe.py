"""Everything that decides what is in the package of one function, read without installing anything."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, NamedTuple

from apitool import __version__
from apitool.package import declared, source
from apitool.package.selection import Selection
from apitool.package.wanted import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.package.declaration import Packaged
    from apitool.package.source import SourceTree
    from apitool.package.target import Target


class Recipe(NamedTuple):
    """`wanted` is None when the function depends on nothing. `read_at`: ns since 1970, before the first look.

    With `bytecode` every module goes in compiled, too; with `layer` the dependencies go into a layer of their
    own. `digest` is of everything but the source files; None when nothing says whether a dependency changed.
    """

    name: str
    handler: str
    target: Target
    tree: SourceTree
    wanted: Wanted | None
    read_at: int
    bytecode: bool
    layer: bool
    digest: str | None


def of(function: Packaged, *, name: str, root: Path, target: Target, layer: bool = False) -> Recipe:
    """Raises UsageError for a source folder or a requirements file that can't be packaged."""
    read_at = time.time_ns()
    selection = Selection.of(function.include, function.exclude)
    tree = source.walk(root / function.source, selection)
    found = declared.find(function, root)
    wanted = None
    if found:
        wanted = Wanted(name, found, target, bundle_sdk=function.bundle_sdk, selection=selection)
    digest = _digest(function, target, tree, wanted, layer=layer)
    return Recipe(name, function.handler, target, tree, wanted, read_at, function.bytecode, layer, digest)


def _digest(
    function: Packaged,
    target: Target,
    tree: SourceTree,
    wanted: Wanted | None,
    *,
    layer: bool,
) -> str | None:
    needed = wanted.key if wanted else ""
    if needed is None:
        return None
    decides = [
        __version__, function.handler, function.include, function.exclude, function.bytecode, needed, layer,
        str(target), target.architecture, str(tree.root),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()
