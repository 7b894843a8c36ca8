"""Whether this machine has computing time to spare: only then does another worker make anything faster."""

from __future__ import annotations

import os
import time
from pathlib import Path

_STAT = Path("/proc/stat")
_TICKS = os.sysconf("SC_CLK_TCK")  # a second; what /proc/stat counts in
_WINDOW = 0.04  # seconds: a few ticks of each core, so that one more or less does not decide
_RECENT = 1.0  # seconds: what was before says nothing about now
_SPARE = 0.25  # of one core


class SpareCpu:
    """Of all cores together, over the last `_WINDOW` seconds or more. Where nobody counts there always is."""

    def __init__(self) -> None:
        self._looked, self._idle = float("-inf"), 0.0  # when, and how long the cores had been idle then
        self._spare = False

    def there_is(self) -> bool:
        """A look costs 30 us, at most once a window. The first one after a while knows nothing yet."""
        passed = time.monotonic() - self._looked
        if passed < _WINDOW:
            return self._spare
        idle = _idle_s()
        if idle is None:
            return True
        self._spare = passed < _RECENT and idle - self._idle >= _SPARE * passed
        self._looked, self._idle = time.monotonic(), idle
        return self._spare


def _idle_s() -> float | None:
    """Seconds all cores together have been idle since the machine started."""
    try:
        fields = _STAT.read_bytes().split(b"\n", 1)[0].split()
    except OSError:  # macOS
        return None
    return (int(fields[4]) + int(fields[5])) / _TICKS  # idle, and idle while a disk works
