"""The folder where downloaded providers are kept: one download (150 MB) for all stages.

Terraform does not guard its plugin cache against two runs of `init`, so one goes after the other here.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.terraform.mirror import Source

_PRIVATE = 0o600


def choose(source: Source, ambient: Mapping[str, str], home: Path | None) -> Path | None:
    """The caller's own cache when it exists; else one of ours, where Terraform would unpack or download."""
    named = ambient.get("TF_PLUGIN_CACHE_DIR")
    if named and Path(named).is_dir():
        return Path(named).absolute()
    unpacks = source.kind == "registry" or source.packed
    return folder(ambient, home) / "providers" if unpacks and home else None


def folder(ambient: Mapping[str, str], home: Path | None) -> Path:
    """Where this user's caches of apitool's are."""
    named = ambient.get("XDG_CACHE_HOME", "")
    base = Path(named) if named.startswith("/") else (home or Path("/nonexistent")) / ".cache"
    return base / "apitool"


@contextmanager
def alone_in(cache: Path | None) -> Iterator[None]:
    """Waits for another `init` that uses the same cache."""
    if cache is None:
        yield
        return
    cache.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(cache / ".apitool-lock", os.O_RDWR | os.O_CREAT, _PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
