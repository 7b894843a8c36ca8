"""A process that outlives us by a moment: whatever ends apitool, its workers end too.

It runs this file and waits for its standard input to end: when the parent exits, is killed or stops it. Then
it kills every process group it was told of and removes the workers' temporary folders. A signal on the
parent's death (PR_SET_PDEATHSIG) exists on Linux only, follows a thread instead of the process, and misses
what a handler started itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys


class OrphanGuard:
    """The parent's end. Process groups are registered while they live."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, folder: str) -> OrphanGuard:
        """`folder` is removed when the guard ends."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", __file__, folder,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        return cls(process)

    def add(self, group: int) -> None:
        self._tell(f"+{group}\n")

    def remove(self, group: int) -> None:
        self._tell(f"-{group}\n")

    async def stop(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(line.encode())


def kill_group(group: int) -> None:
    with contextlib.suppress(
        ProcessLookupError, PermissionError
    ):  # PermissionError: macOS, only zombies left
        os.killpg(group, signal.SIGKILL)


def watch(folder: str) -> None:
    """The guard's own life. It ignores what a terminal sends to make a program stop."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        if line.endswith("\n"):  # the parent may die in the middle of one
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        kill_group(group)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    watch(sys.argv[1])
