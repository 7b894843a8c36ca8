"""Dependencies as a zip of their own, made once for the same inputs: the package is this zip plus the source.

The zip is kept under a key of everything that decides what is in it. Beside it stands what is known of it,
with its digest: a zip that doesn't match was damaged and is made again. Without hashes the requirements
decide only half of it: what the index gave first is kept until they change, or `refresh` is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.package import kept_dependencies, publication
from apitool.package.kept_dependencies import NONE, Dependencies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apitool.package.bytecode import Compiler
    from apitool.package.wanted import Wanted


def load(
    wanted: Wanted,
    cache: Path,
    progress: Callable[[str], None],
    *,
    refresh: bool,
    compiler: Compiler | None = None,
) -> Dependencies:
    """The dependencies of a function from the cache folder, resolved first if they aren't there.

    With a `compiler` their bytecode is among them.

    Raises ApitoolError when they can't be resolved, or are more than Lambda takes.
    """
    if wanted.requirements.empty:
        return NONE
    known = wanted.key
    if known and compiler:
        known = f"{known}-{compiler.version}"
    if known and not refresh and (kept := kept_dependencies.read(cache, known)):
        publication.sweep_workspace(cache, known)
        return kept
    from apitool.package import fresh_dependencies  # noqa: PLC0415 - uv and threads: 25 ms, if kept ones do

    name = known or f"untraceable-{wanted.function}"
    with publication.alone(
        cache / f"{name}.lock", lambda: progress("waiting for another build of the same dependencies")
    ):
        # The other build, if there was one, has made what is needed here.
        if known and not refresh and (kept := kept_dependencies.read(cache, known)):
            return kept
        with publication.workspace(cache, name) as folder:
            fresh_dependencies.make(wanted, folder, cache, name, progress, compiler=compiler)
        made = kept_dependencies.read(cache, name)
    if made is None:
        raise ApitoolError(
            f"the dependencies of `{wanted.function}` were changed right after they were zipped",
            seen=str(cache / f"{name}.zip"),
            fix="run the command again; if it stays so, find out what else writes there",
        )
    return made
