"""Dependencies as a zip of their own, made once for the same inputs: the package is this zip plus the source.

The zip is kept under a key of everything that decides what is in it. Beside it stands what is known of it,
with its digest: a zip that doesn't match was damaged and is made again. Without hashes the requirements
decide only half of it: what the index gave first is kept until they change, or `refresh` is asked for.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.package import (
    elf,
    entry_names,
    installed,
    kept_dependencies,
    publication,
    sizes,
    wheels,
)
from apitool.package.kept_dependencies import NONE, Dependencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from apitool.package.installed import InstalledFile
    from apitool.package.wanted import Wanted


def load(wanted: Wanted, cache: Path, progress: Callable[[str], None], *, refresh: bool) -> Dependencies:
    """The dependencies of a function from the cache folder, resolved first if they aren't there.

    Raises ApitoolError when they can't be resolved, or are more than Lambda takes.
    """
    if wanted.requirements.empty:
        return NONE
    known = wanted.key
    if known and not refresh and (kept := kept_dependencies.read(cache, known)):
        return kept
    name = known or f"untraceable-{wanted.function}"
    with publication.alone(
        cache / f"{name}.lock", lambda: progress("waiting for another build of the same dependencies")
    ):
        # The other build, if there was one, has made what is needed here.
        if known and not refresh and (kept := kept_dependencies.read(cache, known)):
            return kept
        with publication.workspace(cache, name) as folder:
            _make(wanted, folder, cache, name, progress)
        made = kept_dependencies.read(cache, name)
    if made is None:
        raise ApitoolError(
            f"the dependencies of `{wanted.function}` were changed right after they were zipped",
            seen=str(cache / f"{name}.zip"),
            fix="run the command again; if it stays so, find out what else writes there",
        )
    return made


def _make(wanted: Wanted, folder: Path, cache: Path, name: str, progress: Callable[[str], None]) -> None:
    threading.Thread(target=elf.make_ready).start()
    sdk = frozenset() if wanted.bundle_sdk else installed.SDK
    built = wheels.install(wanted.requirements, wanted.target, folder, progress)
    files = tuple(installed.files(folder, sdk))
    _check_names(file.name for file in files)
    _check_size(wanted, files)
    notes = _notes(wanted, built, installed.left_out(folder, sdk))
    kept_dependencies.write(files, notes, cache, name, progress)


def _notes(wanted: Wanted, built: Sequence[str], sdk: Sequence[str]) -> list[str]:
    file = wanted.requirements.path.name
    unlocked = f"{file} has no hashes: another day or machine may get other versions"
    return [
        *([] if wanted.requirements.locked else [unlocked]),
        *([f"built from source, since they have no wheel: {', '.join(built)}"] if built else []),
        *([f"left to the runtime, which has them: {', '.join(sdk)}"] if sdk else []),
    ]


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if wrong := entry_names.refusal(name):
            raise UsageError(
                f"`{ascii(name)[1:-1]}` of a dependency can't be packaged",
                seen=wrong,
                fix="use another package",
            )


def _check_size(wanted: Wanted, files: Sequence[InstalledFile]) -> None:
    """Before zipping: a gigabyte takes a minute to deflate."""
    members = [(file.name, file.size) for file in files if wanted.selection.keeps(file.name)]
    sizes.check_unzipped(wanted.function, members)
