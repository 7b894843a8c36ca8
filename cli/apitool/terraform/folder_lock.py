"""One apitool at a time in a stage's folder.

A `flock` on a file in it. Terraform inherits the open file, so the folder stays taken while Terraform is at
work even when apitool was killed; the kernel drops the lock with the last process that has the file open.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import LockedError
from apitool.terraform.document import number, text
from apitool.visible import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE = 0o600


@dataclass(slots=True)
class FolderLock:
    """Taken with `held()`, as often as wanted by the same object."""

    file: Path
    _descriptor: int | None = None
    _depth: int = field(default=0)

    @contextmanager
    def held(self) -> Iterator[int]:
        """The open file, to hand on to Terraform.

        Raises:
            LockedError: another process has it; says which, and since when.
        """
        if self._descriptor is None:
            self._descriptor = _take(self.file)
        self._depth += 1
        try:
            yield self._descriptor
        finally:
            self._depth -= 1
            if self._depth == 0:
                # For all who have the file open: something Terraform left behind must not keep the folder.
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
                os.close(self._descriptor)
                self._descriptor = None


def _take(file: Path) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise _locked(file) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(_ourselves()).encode())
    return descriptor


def _ourselves() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "command": shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _locked(file: Path) -> LockedError:
    holder = _read(file)
    pid, host = number(holder.get("pid")), text(holder.get("host"))
    command, since = visible_line(text(holder.get("command"))), visible_line(text(holder.get("since")))
    who = f"pid {pid} on {visible_line(host)}, `{command}`, since {since}"
    if host == socket.gethostname() and not _alive(pid):
        return LockedError(
            f"Terraform is still at work in `{file.parent.name}`, though the apitool that started it is gone",
            seen=f"{who}; holding {file}",
            fix=f"wait until its state is saved; `fuser {shlex.quote(str(file))}` names its processes",
        )
    return LockedError(
        f"another apitool is at work on `{file.parent.name}`",
        seen=f"{who}; holding {file}" if pid else f"{file} is locked",
        fix="wait until it is done, then run the same command again",
    )


def _read(file: Path) -> dict[str, object]:
    try:
        holder = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}


def _alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
