"""`.apitool/local/` of a project: what the embedded AWS leaves on disk. State is not among it."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import LockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCK_PATIENCE = 60.0  # seconds; another starter needs at most its own deadline
_LOCK_POLL = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder and the files in it."""

    path: Path

    @classmethod
    def of(cls, project_root: Path) -> Folder:
        return cls(project_root.resolve() / ".apitool" / "local")

    @property
    def record(self) -> Path:
        """Which process serves this project; see `record.py`."""
        return self.path / "service.json"

    @property
    def log(self) -> Path:
        """What the process says, and a line for every request it answers."""
        return self.path / "aws.log"

    @property
    def previous_log(self) -> Path:
        return self.path / "aws.log.1"

    @property
    def port(self) -> Path:
        """The gateway's port of last time: a URL in a bookmark or a frontend's settings stays good."""
        return self.path / "gateway-port"

    @property
    def code(self) -> Path:
        """Unpacked deployment packages, one folder per SHA-256."""
        return self.path / "code"

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one command at a time starts or stops the process.

        Raises:
            LockedError: another command held the lock for a minute.
        """
        self.make()
        file = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _wait_for(file)
            yield
        finally:
            os.close(file)  # releases the lock too


def _wait_for(file: int) -> None:
    deadline = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockedError(
                    "another command is starting or stopping the embedded AWS",
                    seen=f"its lock was not released within {_LOCK_PATIENCE:.0f} s",
                    fix="see what runs: `apitool local status`",
                ) from None
            time.sleep(_LOCK_POLL)
        else:
            return
