"""What Lambda's Python runtime brings along (/var/runtime), as a folder of links into this environment.

A worker sees the standard library, its package and this folder: the closures of awslambdaric and boto3, as on
AWS. A dependency that is only in the developer's environment is as missing here as it is there.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Literal

from apitool.errors import ApitoolError
from apitool.local.runtime.log_lines import RuntimeVersion

Client = Literal["awslambdaric", "builtin"]
_ROOTS: dict[Client, tuple[str, ...]] = {"awslambdaric": ("awslambdaric", "boto3"), "builtin": ("boto3",)}
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def best_client() -> Client:
    """AWS's own client wherever it is installed; it has no wheel for macOS."""
    try:
        metadata.distribution("awslambdaric")
    except metadata.PackageNotFoundError:
        return "builtin"
    return "awslambdaric"


def runtime_root(cache: Path, client: Client) -> tuple[Path, RuntimeVersion]:
    """The folder for this environment, made if it isn't there yet. Safe when many processes ask at once."""
    entries = _entries(_closure(_ROOTS[client]))
    listing = "".join(f"{name}\0{target}\n" for name, target in sorted(entries.items()))
    digest = hashlib.sha256(f"{sys.version}\n{listing}".encode()).hexdigest()
    root = cache / f"python-runtime-{digest[:16]}"
    if not root.is_dir():
        try:
            _make(root, entries)
        except OSError as error:
            what = f"the local Lambda runtime can not write its cache, `{cache}`"
            raise ApitoolError(
                what, seen=str(error), fix="export XDG_CACHE_HOME=<a folder of yours>"
            ) from error
    version = ".".join(str(part) for part in sys.version_info[:3])
    return root, RuntimeVersion(f"python:{version}", digest)


def default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "apitool"


def _make(root: Path, entries: dict[str, Path]) -> None:
    """Made aside and renamed: it is there whole or not at all. Losing the race is as good as winning."""
    root.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=root.parent, prefix=".runtime-"))
    for name, target in entries.items():
        (aside / name).symlink_to(target)
    try:
        aside.rename(root)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        if not root.is_dir():
            raise


def _closure(names: tuple[str, ...]) -> dict[str, metadata.Distribution]:
    """The distributions and what they require, extras aside. What isn't installed isn't required here."""
    found: dict[str, metadata.Distribution] = {}
    todo = list(names)
    while todo:
        name = _normalised(todo.pop())
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            if name in names:
                raise _not_installed(name) from None
            continue
        todo += [m[0] for r in found[name].requires or () if "extra ==" not in r and (m := _NAME.match(r))]
    return found


def _entries(closure: dict[str, metadata.Distribution]) -> dict[str, Path]:
    """Top-level names of the distributions' files, and where they are: packages, modules and metadata."""
    entries: dict[str, Path] = {}
    for name, distribution in closure.items():
        files = distribution.files
        if files is None:
            raise _not_installed(name)
        tops = {file.parts[0] for file in files} - {"..", "__pycache__"}
        entries |= {top: Path(str(distribution.locate_file(top))).resolve() for top in tops}
    return entries


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _not_installed(name: str) -> ApitoolError:
    return ApitoolError(
        f"the local Lambda runtime needs `{name}`, which is not installed beside apitool",
        seen=f"no complete metadata of {name} in {sys.prefix}",
        fix="pip install 'apitool[local]'",
    )
