"""One function -> one deployment package, under a name that holds its content's digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.package import recipe, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apitool.package.declaration import Packaged
    from apitool.package.package import Package
    from apitool.package.target import Target


def build(
    function: Packaged,
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

    try:
        read = recipe.of(function, name=name, root=root, target=target, layer=layer)
        if not refresh and (known := unchanged.find(read, out)):
            return known
        from apitool.package import packing  # noqa: PLC0415 - not imported where nothing has changed

        package = packing.pack(read, out, progress, refresh=refresh)
        unchanged.remember(read, package, out)
    except OSError as error:
        raise ApitoolError(
            f"the deployment package of `{name}` could not be built",
            seen=f"{error.filename or out}: {error.strerror or error}",
            fix=f"check space and permissions of `{out}`",
        ) from error
    return package
