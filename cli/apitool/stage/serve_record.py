"""Which `apitool serve` runs for a project: `.apitool/serve/STAGE.json`, one for each stage."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def recorded(root: Path, stage: str, url: str) -> Iterator[None]:
    """Leave the record while serving; the last serve of a stage is the one that is found."""
    file = _file(root, stage)
    file.parent.mkdir(parents=True, exist_ok=True)
    mine = json.dumps({"url": url, "pid": os.getpid()})
    file.write_text(mine)
    try:
        yield
    finally:
        with suppress(OSError):
            if file.read_text() == mine:
                file.unlink()


def running(root: Path, stage: str) -> str | None:
    """The URL of the stage, when a serve of it runs."""
    try:
        found = json.loads(_file(root, stage).read_text())
        os.kill(int(found["pid"]), 0)
        return str(found["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(root: Path, stage: str) -> Path:
    return root / ".apitool" / "serve" / f"{stage}.json"
