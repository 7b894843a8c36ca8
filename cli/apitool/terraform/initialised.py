"""Whether `terraform init` has to run: it costs 1.3 s, and does nothing when nothing it reads has changed.

What it reads: the configuration (root and the local modules it calls), the lock file, the backend settings,
the CLI configuration, the Terraform binary. Their digest is written into the data folder after a success, so
it goes when the data folder goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.terraform.private_file import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.binary import Binary

_STAMP = "apitool-init"
_ASKED_FOR = re.compile(
    r"Required plugins are not installed|initialization required, please run|Module not installed"
)
_LOCAL_SOURCE = re.compile(rb'^\s*source\s*=\s*"(\.\.?/[^"]*)"', re.MULTILINE)


def fingerprint(
    root: Path, binary: Binary, *, backend: Mapping[str, object] | None, cli_config: str | None
) -> str:
    """A digest of everything `init` depends on."""
    digest = hashlib.sha256()
    settings = {
        "root": str(root),
        "binary": [str(binary.path), binary.version],
        "backend": None if backend is None else dict(backend),
        "cli_config": cli_config,
    }
    digest.update(json.dumps(settings, sort_keys=True).encode())
    for file in configuration(root):
        content = file.read_bytes()
        digest.update(f"\n{file} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def configuration(root: Path) -> Iterator[Path]:
    """The root's files and those of every local module it calls, in a fixed order."""
    for folder in module_folders(root):
        yield from _files(folder)


def module_folders(root: Path) -> Iterator[Path]:
    """The root and every local module it calls, each once. `..` is taken literally, as Terraform does."""
    seen: set[Path] = set()
    waiting = [_normal(root)]
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        yield folder
        for file in _files(folder):
            waiting += [
                _normal(folder / found.decode()) for found in _LOCAL_SOURCE.findall(file.read_bytes())
            ]


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.tf"), *folder.glob("*.tf.json"), *folder.glob(".terraform.lock.hcl")])


def _normal(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links before it takes `..`


def is_done(data_folder: Path, wanted: str) -> bool:
    """Whether `init` has run for just this, and what it installed is still there."""
    try:
        stamped = (data_folder / _STAMP).read_text(encoding="utf-8")
    except OSError:
        return False
    return stamped == wanted and not any(_dangling(data_folder / "providers"))


def is_asked_for(text: str) -> bool:
    """Whether Terraform complains that it is not initialised."""
    return _ASKED_FOR.search(text) is not None


def stamp(data_folder: Path, done: str) -> None:
    write(data_folder / _STAMP, done)


def forget(data_folder: Path) -> None:
    (data_folder / _STAMP).unlink(missing_ok=True)


def _dangling(providers: Path) -> Iterator[Path]:
    """Providers linked into a mirror that is no longer there: HOST/NAMESPACE/TYPE/VERSION/PLATFORM."""
    for link in providers.glob("*/*/*/*/*"):
        if link.is_symlink() and not link.exists():
            yield link
