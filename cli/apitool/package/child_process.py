"""A program started here, to its end: heard of while it takes long, and never left behind."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TICK = 1.0  # seconds between two words about a run that takes long


def ended(
    process: subprocess.Popen[str], given: str | None, ticking: Callable[[int], None]
) -> tuple[str, str]:
    """What it wrote to stdout and stderr. `given` is its input; `ticking` hears the seconds once a second."""
    started = time.monotonic()
    try:
        while True:
            try:
                return process.communicate(given, timeout=TICK)
            except subprocess.TimeoutExpired:
                given = None  # under way already
                ticking(round(time.monotonic() - started))
    except BaseException:  # interrupted: it must not write on after we are gone
        process.kill()
        raise
