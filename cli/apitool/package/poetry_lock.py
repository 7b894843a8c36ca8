"""poetry.lock -> requirements with hashes, as `poetry export` writes them, without Poetry.

From lock-version 2.1 on (Poetry 2) the lock says of every package in which groups and under which markers it
is installed, so this is exact. Older locks leave that to Poetry's solver, and what comes from folders or from
version control has no hashes: those are refused, with the command that does it.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from apitool.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

FIRST_EXACT = (2, 1)
EXPORT = "`poetry export -o requirements.txt`, which needs poetry-plugin-export"


def as_requirements(path: Path, text: str) -> str:
    """The packages of the main group, one a line. Raises UsageError when the lock does not say enough."""
    lock = _parsed(path, text)
    version = str(lock.get("metadata", {}).get("lock-version", "0"))
    if tuple(int(part) for part in version.split(".") if part.isdigit()) < FIRST_EXACT:
        raise UsageError(
            f"`{path}` does not say which packages are for the function and which for development",
            seen=f"lock-version {version}; it says so from 2.1 on",
            fix=f"`poetry lock` with Poetry 2, or {EXPORT}",
        )
    wanted = [each for each in lock.get("package", []) if "main" in each["groups"] and not each["optional"]]
    return "".join(_line(path, package) for package in wanted)


def _line(path: Path, package: dict[str, Any]) -> str:
    hashes = [f"--hash={file['hash']}" for file in package["files"]]
    kind = package.get("source", {}).get("type", "legacy")  # "legacy" is Poetry's word for an index
    if kind not in {"legacy", "url"} or not hashes:
        raise UsageError(
            f"`{package['name']}` of `{path}` can't be installed from the lock alone",
            seen=f"it comes from a {kind}" if kind not in {"legacy", "url"} else "it has no hashes",
            fix=EXPORT,
        )
    where = f" @ {package['source']['url']}" if kind == "url" else f"=={package['version']}"
    marker = _marker(package)
    return " ".join([f"{package['name']}{where}", *([f"; {marker}"] if marker else []), *hashes]) + "\n"


def _marker(package: dict[str, Any]) -> str:
    """One marker for all groups, or one for each."""
    markers = package.get("markers", "")
    return str(markers.get("main", "") if isinstance(markers, dict) else markers)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{path}` is not TOML", seen=str(error), fix="`poetry lock`") from None
