"""Telling a process from a later one that got the same number.

A pid alone is never trusted and never killed: it goes with the moment the process started.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_STATE, _START_TIME = 0, 19  # fields of /proc/PID/stat after the command's name, see proc_pid_stat(5)


def identity(pid: int) -> str | None:
    """An opaque text that no other process on this machine has; None when there is no such process.

    A zombie counts as gone: it holds no port and no memory, only its parent can end it.
    """
    return _from_proc(pid) if sys.platform == "linux" else _from_ps(pid)


def _from_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[_STATE] in "ZX":
        return None
    return f"{boot}:{fields[_START_TIME]}"  # clock ticks since that boot


def _from_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    state, _, started = found.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()
