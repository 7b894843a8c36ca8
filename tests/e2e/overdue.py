"""A command that does not come to its end: where it stands, and what stands behind it, for who reads of it.

All of it runs with Python's fault handler on, so that SIGABRT makes every thread say where it is.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.processes import children

from apitool.local import service

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

LISTENING = {"PYTHONFAULTHANDLER": "1"}
_SAID, _STACKS = 15, 60  # lines of each, so that a report that is cut still has all of them
_WIDTH = 200  # characters
_ABORTED = "Fatal Python error: Aborted"


def ended(process: subprocess.Popen[str], folder: Path) -> str:
    """End it, what it has started and the embedded AWS of its project; what there is to say about them."""
    started = children(process.pid)
    process.send_signal(signal.SIGABRT)
    for child in started:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, said = process.communicate()
    if (endpoint := service.running(folder)) is not None:
        os.kill(endpoint.pid, signal.SIGABRT)
        service.stop(folder)
    return "\n".join((_shown("stderr", said), *map(_shown_file, _files(folder / ".apitool"))))


def _files(folder: Path) -> list[Path]:
    """What the embedded AWS wrote, and Terraform when it ran last."""
    terraforms = sorted(folder.glob("*/**/logs/*.jsonl"), key=lambda file: file.stat().st_mtime)
    return [*folder.glob("local/aws.log"), *terraforms[-1:]]


def _shown_file(file: Path) -> str:
    return _shown(file.name, file.read_text(errors="replace"))


def _shown(name: str, text: str) -> str:
    before, aborted, stacks = text.partition(_ABORTED)
    lines = [*before.splitlines()[-_SAID:], aborted, *stacks.splitlines()[:_STACKS]]
    return "\n".join((f"--- {name}", *(line[:_WIDTH] for line in lines if line)))
