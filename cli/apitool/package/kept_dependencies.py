"""Zipped dependencies in the cache folder: `NAME.zip`, and `NAME.json` with its digest and what it holds."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from apitool.package import archive, elf
from apitool.package.binaries import NamedBinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from apitool.package.archive import Entry


class Dependencies(NamedTuple):
    """A zip in memory, what it holds, and what is worth telling about it."""

    zipped: bytes
    entries: tuple[Entry, ...]
    binaries: tuple[NamedBinary, ...] = ()
    notes: tuple[str, ...] = ()


NONE = Dependencies(b"", ())


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


def record(sha256: str, found: Iterable[NamedBinary], notes: Sequence[str]) -> bytes:
    """What stands in `NAME.json`: the digest of `NAME.zip` in hex, and what is known of its content."""
    of_binaries = [{**each._asdict(), "binary": each.binary and each.binary._asdict()} for each in found]
    return json.dumps({"sha256": sha256, "binaries": of_binaries, "notes": notes}).encode()


def _binary(data: dict[str, Any]) -> NamedBinary:
    inner = data["binary"]
    if inner is None:
        return NamedBinary(data["name"], None, data["system"])
    glibc = inner["glibc"]
    return NamedBinary(
        data["name"], elf.Binary(inner["cpu"], (glibc[0], glibc[1]) if glibc else None, inner["musl"])
    )
