"""Dependencies as a zip of their own, made once for the same inputs: the package is this zip plus the source.

The zip is kept under a key of everything that decides what is in it. Beside it stands what is known of it,
with its digest: a zip that doesn't match was damaged and is made again. Without hashes the requirements
decide only half of it: what the index gave first is kept until they change, or `refresh` is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.package import (
    elf,
    entry_names,
    installed,
    kept_dependencies,
    local_projects,
    publication,
    sizes,
    uv,
    wheels,
)
from apitool.package.kept_dependencies import NONE, Dependencies
from apitool.package.selection import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from apitool.package.installed import InstalledFile
    from apitool.package.requirements import Requirements
    from apitool.package.selection import Selection
    from apitool.package.target import Target

LAYOUT = 2  # raise it when the same inputs shall give another zip
KEY_LENGTH = 32  # hexadecimal digits


@dataclass(frozen=True)
class Wanted:
    """What one function asks for. `selection` only bounds what counts for Lambda's limit."""

    function: str
    requirements: Requirements
    target: Target
    bundle_sdk: bool = False
    selection: Selection = EVERYTHING

    @property
    def sdk(self) -> frozenset[str]:
        """What the runtime provides."""
        return frozenset() if self.bundle_sdk else installed.SDK

    @cached_property
    def key(self) -> str | None:
        """The name of the zip in the cache; None when nothing says whether it is still what it was."""
        requirements = self.requirements
        local = local_projects.fingerprint(requirements.local_paths) if requirements.traceable else None
        if local is None:
            return None
        decides: list[object] = [
            LAYOUT,
            str(self.target),
            self.target.architecture,
            self.bundle_sdk,
            requirements.form,
            requirements.texts,
            local,
            zlib.ZLIB_RUNTIME_VERSION,
        ]
        if not requirements.locked:
            environment = uv.environment(os.environ)
            decides.append({name: value for name, value in environment.items() if name.startswith("UV_")})
        # Only the digest is kept: what goes in may hold the password of an index.
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:KEY_LENGTH]


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
    built = wheels.install(wanted.requirements, wanted.target, folder, progress)
    files = tuple(installed.files(folder, wanted.sdk))
    _check_names(file.name for file in files)
    _check_size(wanted, files)
    notes = _notes(wanted, built, installed.left_out(folder, wanted.sdk))
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
