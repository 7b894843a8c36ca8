"""A digest of all that a function's package is made of, the same in every checkout of the same commit.

Not of the package: that would have to be built, which takes an index of packages and time.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from apitool.package import declared, source
from apitool.package.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.package.declaration import Packaged
    from apitool.package.target import Target


def of(function: Packaged, root: Path, target: Target) -> str:
    """SHA-256 in hex over names, contents and modes of the source, what it depends on, and what it is for.

    Raises UsageError as packaging does.
    """
    selection = Selection.of(function.include, function.exclude)
    requirements = declared.find(function, root)
    beside = requirements.local_paths if requirements else ()
    decides = {
        "handler": function.handler,
        "selection": [function.include, function.exclude],
        "sdk": function.bundle_sdk,
        "bytecode": function.bytecode,
        "target": [target.python, target.architecture, target.platform],
        "requirements": requirements.texts if requirements else (),
        "source": list(_files(root / function.source, selection)),
        "beside": [list(_files(path, selection)) for path in beside if path.exists()],
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def _files(path: Path, selection: Selection) -> Iterator[tuple[str, bool, str]]:
    """Name, whether it is executable, digest."""
    if path.is_file():
        yield path.name, False, hashlib.sha256(path.read_bytes()).hexdigest()
        return
    for file in source.walk(path, selection).files:
        yield file.name, file.executable, hashlib.sha256(file.read()).hexdigest()
