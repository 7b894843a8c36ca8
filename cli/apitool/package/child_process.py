"""A program started here, to its end: heard of while it takes long, and never left behind."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TICK = 1.0  # seconds between two words about a run that takes long


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    cwd: Path,
    ticking: Callable[[int], None] = lambda _: None,
    given: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run it to its end, whatever that is. `given` is its input; `ticking` hears the seconds once a second.

    Raises OSError if it can't be started.
    """
    with subprocess.Popen(
        command,
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        out, err = _ended(process, given, ticking)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _ended(
    process: subprocess.Popen[str], given: str | None, ticking: Callable[[int], None]
) -> tuple[str, str]:
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
