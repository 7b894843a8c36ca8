"""Zipped dependencies in the cache folder: `NAME.zip`, and `NAME.json` with its digest and what it holds."""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from apitool.package import archive, binaries, elf, publication
from apitool.package.binaries import NamedBinary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from apitool.package.archive import Entry, Packed
    from apitool.package.installed import InstalledFile

TELL_EVERY = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Dependencies:
    """A zip in memory, what it holds, and what is worth telling about it."""

    zipped: bytes
    entries: tuple[Entry, ...]
    binaries: tuple[NamedBinary, ...] = ()
    notes: tuple[str, ...] = ()


NONE = Dependencies(b"", ())


def write(
    files: Sequence[InstalledFile], notes: list[str], cache: Path, name: str, progress: Callable[[str], None]
) -> None:
    """Zip the files under `name`; the record comes last, so that a zip with one is whole."""
    found: list[NamedBinary] = []
    with publication.aside(cache) as (path, out):
        writer = archive.ArchiveWriter(out)
        for file, (content, binary) in zip(files, _packed(files, progress), strict=True):
            writer.add(file.name, content, executable=file.executable)
            found += [binary] if binary else []
        writer.finish()
        out.flush()
        about = {"sha256": publication.digest(path), "binaries": [asdict(each) for each in found]}
        publication.publish(path, cache / f"{name}.zip")
    with publication.aside(cache) as (path, out):
        out.write(json.dumps({**about, "notes": notes}).encode())
        out.flush()
        publication.publish(path, cache / f"{name}.json")


def _packed(
    files: Sequence[InstalledFile], progress: Callable[[str], None]
) -> Iterator[tuple[Packed, NamedBinary | None]]:
    """The content of every file, deflated by all cores, and what kind of machine code it is."""

    def one(file: InstalledFile) -> tuple[Packed, NamedBinary | None]:
        content = file.path.read_bytes()
        return archive.pack(content), binaries.look(file.name, content)

    told = time.monotonic()
    with ThreadPoolExecutor() as pool:
        for number, packed in enumerate(pool.map(one, files)):
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                progress(f"packing the dependencies, {number:,} of {len(files):,} files")
            yield packed


def read(cache: Path, name: str) -> Dependencies | None:
    """What is in the cache, if it is what was put there."""
    try:
        about = json.loads((cache / f"{name}.json").read_bytes())
        zipped = (cache / f"{name}.zip").read_bytes()
        if hashlib.sha256(zipped).hexdigest() != about["sha256"]:
            return None
        found = tuple(map(_binary, about["binaries"]))
        return Dependencies(zipped, archive.entries(zipped), found, tuple(about["notes"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _binary(data: dict[str, Any]) -> NamedBinary:
    inner = data["binary"]
    if inner is None:
        return NamedBinary(data["name"], None, data["system"])
    glibc = inner["glibc"]
    return NamedBinary(
        data["name"], elf.Binary(inner["cpu"], (glibc[0], glibc[1]) if glibc else None, inner["musl"])
    )
