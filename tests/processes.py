"""Processes as tests look at them: each may be gone at any moment."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATE, _PARENT, _USER, _SYSTEM = 0, 1, 11, 12  # fields of /proc/PID/stat after the name


def running(pid: int) -> bool:
    """Whether it runs; a zombie does not."""
    fields = _stat(pid)
    return bool(fields) and fields[_STATE] != "Z"


def children(pid: int) -> list[int]:
    """Processes it has started, in any of its threads."""
    every = (int(folder.name) for folder in Path("/proc").glob("[0-9]*"))
    return [each for each in every if (fields := _stat(each)) and int(fields[_PARENT]) == pid]


def computed_s(pid: int) -> float:
    """Seconds a process and its children have computed: what waits for a core does not count."""
    spent = (_stat(each) for each in (pid, *children(pid)))
    ticks = sum(int(fields[_USER]) + int(fields[_SYSTEM]) for fields in spent if fields)
    return ticks / os.sysconf("SC_CLK_TCK")


def command_line(pid: int) -> bytes:
    """Its arguments, each with a null byte at its end."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def open_files(pid: int) -> Iterator[str]:
    """What its descriptors lead to, as the kernel names it: a path, or `socket:[inode]`."""
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            yield str(descriptor.readlink())


def _stat(pid: int) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []
