"""How much memory a worker has used at its peak, for REPORT's `Max Memory Used`."""

from __future__ import annotations

import contextlib
import re
import subprocess
import time
from pathlib import Path

_PROC = Path("/proc/self/status")
_PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")
_EVERY = 0.05 if _PROC.exists() else 1.0  # seconds; a look costs 30 us, with ps 5 ms


class PeakMemory:
    """Looks at most every `_EVERY` seconds, so that a worker with thousands of requests isn't slowed."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak_kib = 0
        self._looked = float("-inf")

    def megabytes(self) -> int:
        now = time.monotonic()
        if now - self._looked > _EVERY:
            self._looked = now
            self._peak_kib = max(
                self._peak_kib, _from_proc(self._pid) if _PROC.exists() else _from_ps(self._pid)
            )
        return -(-self._peak_kib // 1024)


def _from_proc(pid: int) -> int:
    try:
        match = _PEAK.search(Path(f"/proc/{pid}/status").read_bytes())
    except OSError:  # it is gone: the last figure stands
        return 0
    return int(match[1]) if match else 0


def _from_ps(pid: int) -> int:
    """Resident now, not at the peak: the highest of several looks comes close."""
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        argv = ["ps", "-o", "rss=", "-p", str(pid)]
        return int(subprocess.run(argv, capture_output=True, check=True, timeout=1).stdout)
    return 0
