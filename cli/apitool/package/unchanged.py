"""What was built last of which inputs: nothing changed is no work, not even reading the files.

A record holds a digest of everything that decides (recipe.py) and one of the source files' stamps, as git's
index does. As there, a file written in the same tick of the file system's clock as it was looked at could
change again unseen: such a record is not trusted, and the build it costs makes a better one.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitool.errors import Place, Problem
from apitool.package import publication
from apitool.package.package import Package
from apitool.package.sizes import Contributor

if TYPE_CHECKING:
    from apitool.package.recipe import Recipe
    from apitool.package.source import SourceTree

FOLDER = "records"
BOOT = Path("/proc/sys/kernel/random/boot_id")  # Linux
SECOND = 1_000_000_000  # ns
TICK = SECOND // 20  # Linux stamps files by the timer interrupt, 1 to 10 ms apart
COARSE_TICK = 2 * SECOND  # FAT has 2 s, HFS+ and some network file systems 1 s


def find(recipe: Recipe, out: Path) -> Package | None:
    """The package that was built of the same, if it lies there as it was left."""
    if recipe.digest is None:
        return None
    try:
        record = json.loads(_file(out, recipe).read_bytes())
        if record["source"] != _stamps(recipe.tree):
            return None
        package = _package(record["package"], out)
        zips = [each for each in (package, package.layer) if each]
        as_left = [_as_left(each.file) for each in zips]
        if record["boot"] != _boot() and not all(map(_is_whole, zips)):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if as_left != record["files"]:
        return None
    with suppress(OSError):
        os.utime(_file(out, recipe))  # in use: keeps the package from being tidied away
    return package


def remember(recipe: Recipe, package: Package, out: Path) -> None:
    """Write down what was built of what, unless that can't be told apart from what came right after."""
    if recipe.digest is None or not _settled(recipe):
        return
    record = {
        "source": _stamps(recipe.tree),
        "package": _data(package),
        "files": [_as_left(each.file) for each in (package, package.layer) if each],
        "boot": _boot(),
    }
    with publication.aside(out / FOLDER) as (path, file):
        file.write(json.dumps(record, default=str).encode())
        file.flush()
        publication.publish(path, _file(out, recipe))


def _file(out: Path, recipe: Recipe) -> Path:
    return out / FOLDER / f"{recipe.name}-{str(recipe.digest)[:16]}.json"


def _stamps(tree: SourceTree) -> str:
    looks = [(file.name, file.executable, *file.stamp) for file in tree.files]
    return hashlib.sha256(json.dumps([looks, tree.left_out]).encode()).hexdigest()


def settled(written: int, read_at: int) -> bool:
    """Whether a file written then can't have changed since it was read, unseen. Both in ns since 1970."""
    tick = COARSE_TICK if written % SECOND == 0 else TICK
    return written < read_at - tick


def _settled(recipe: Recipe) -> bool:
    newest = max((max(file.stamp[2:]) for file in recipe.tree.files), default=0)
    return settled(newest, recipe.read_at)


def _boot() -> str:
    """Another one since the machine was started; where nothing says so, always the same."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _is_whole(package: Package) -> bool:
    """Whether the content came through what ended the last run of the machine, perhaps a power failure."""
    return publication.digest(package.file) == package.sha256_hex


def _as_left(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def _data(package: Package) -> dict[str, Any]:
    """By the names of the fields, all the way down."""
    return {
        **package._asdict(),
        "contributors": [each._asdict() for each in package.contributors],
        "warnings": [
            {**each._asdict(), "place": each.place and each.place._asdict()} for each in package.warnings
        ],
        "layer": package.layer and _data(package.layer),
    }


def _package(data: dict[str, Any], out: Path) -> Package:
    """The other way of `_data`. The folder may have been moved as a whole."""
    return Package(
        data["function"],
        out / Path(data["file"]).name,
        data["sha256_hex"],
        data["size"],
        data["unzipped_size"],
        tuple(Contributor(**each) for each in data["contributors"]),
        tuple(data["left_out"]),
        tuple(data["notes"]),
        tuple(map(_problem, data["warnings"])),
        _package(data["layer"], out) if data["layer"] else None,
        reused=True,
    )


def _problem(data: dict[str, Any]) -> Problem:
    place = data["place"]
    where = Place(Path(place["file"]), place["line"], place["column"]) if place else None
    return Problem(data["what"], where, data["seen"], data["fix"])
