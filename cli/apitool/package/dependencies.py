"""Dependencies as a zip of their own, made once for the same inputs: the package is this zip plus the source.

The zip is kept under a key of everything that decides what is in it, with its digest beside it; one that
doesn't match its digest was damaged and is made again. Without hashes the requirements decide only half of
it: what the index gave the first time is then kept until they change, or `refresh` is asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.package import archive, installed, publication, sizes, wheels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from apitool.package.archive import Entry
    from apitool.package.installed import InstalledFile
    from apitool.package.requirements import Requirements
    from apitool.package.target import Target

LAYOUT = 1  # raise it when the same inputs shall give another zip
KEY_LENGTH = 32  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Dependencies:
    """A zip in memory (under 50 MB, or the package is refused), and what it holds."""

    zipped: bytes
    entries: tuple[Entry, ...]


NONE = Dependencies(b"", ())


def load(
    function: str,
    requirements: Requirements,
    target: Target,
    cache: Path,
    progress: Callable[[str], None],
    *,
    refresh: bool,
) -> Dependencies:
    """The dependencies of `function` from the cache folder, resolved first if they aren't there.

    Raises ApitoolError when they can't be resolved, or are more than Lambda takes.
    """
    if requirements.empty:
        return NONE
    key = _key(requirements, target)
    reusable = requirements.portable and not refresh
    if reusable and (kept := _kept(cache, key)):
        return kept
    with publication.alone(
        cache / f"{key}.lock", lambda: progress("waiting for another build of the same dependencies")
    ):
        # The other build, if there was one, has made what is needed here.
        if reusable and (kept := _kept(cache, key)):
            return kept
        progress(_announcement(requirements, target))
        with publication.workspace(cache, key) as folder:
            wheels.install(requirements, target, folder)
            if sdk := installed.left_out(folder):
                progress(f"left out, since the runtime has them: {', '.join(sdk)}")
            files = tuple(installed.files(folder))
            _check_size(function, files)
            _zip(files, cache, key)
        made = _kept(cache, key)
    return made or NONE


def _announcement(requirements: Requirements, target: Target) -> str:
    if requirements.locked:
        return f"installing {requirements.path.name} for {target}"
    return (
        f"resolving {requirements.path.name} for {target};"
        " it has no hashes, so another day or machine may get other versions"
    )


def _key(requirements: Requirements, target: Target) -> str:
    decides: list[object] = [
        LAYOUT,
        str(target),
        target.architecture,
        requirements.texts,
        zlib.ZLIB_RUNTIME_VERSION,
    ]
    if not requirements.locked:
        environment = wheels.environment(os.environ)
        decides.append({name: environment[name] for name in sorted(environment) if name.startswith("UV_")})
    # Only the digest is kept: what goes in may hold the password of an index.
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:KEY_LENGTH]


def _kept(cache: Path, key: str) -> Dependencies | None:
    """What is in the cache, if it is what was put there."""
    try:
        digest = (cache / f"{key}.sha256").read_text(encoding="ascii")
        zipped = (cache / f"{key}.zip").read_bytes()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if hashlib.sha256(zipped).hexdigest() != digest:
        return None
    return Dependencies(zipped, archive.entries(zipped))


def _check_size(function: str, files: Sequence[InstalledFile]) -> None:
    """Before zipping: a gigabyte takes a minute to deflate."""
    members = [(file.name, file.size) for file in files]
    sizes.check_unzipped(function, sum(size for _, size in members), sizes.contributors(members))


def _zip(files: Sequence[InstalledFile], cache: Path, key: str) -> None:
    with publication.aside(cache) as (path, out):
        writer = archive.ArchiveWriter(out)
        with ThreadPoolExecutor() as pool:
            packed = pool.map(lambda file: archive.pack(file.path.read_bytes()), files)
            for installed_file, content in zip(files, packed, strict=True):
                writer.add(installed_file.name, content, executable=installed_file.executable)
        writer.finish()
        out.flush()
        digest = publication.digest(path)
        publication.publish(path, cache / f"{key}.zip")
    with publication.aside(cache) as (path, file):
        file.write(digest.encode())
        file.flush()
        publication.publish(path, cache / f"{key}.sha256")
