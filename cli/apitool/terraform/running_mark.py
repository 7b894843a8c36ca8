"""A mark in the folder while Terraform may hold the lock on the state; what is left of it tells of a kill.

Who has the folder's own lock (folder_lock.py) knows that nothing started here is still at work.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOCKING = frozenset({"plan", "apply", "state push", "state rm", "untaint"})
_DONE = frozenset({0, 2})  # `plan -detailed-exitcode` ends with 2 when there are changes


@dataclass(frozen=True, slots=True)
class RunningMark:
    """The time of the file is when Terraform was started. An earlier mark stays: that lock is still there."""

    file: Path

    @property
    def since(self) -> datetime | None:
        try:
            return datetime.fromtimestamp(self.file.stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    @contextmanager
    def during(self, command: str) -> Iterator[Callable[[int], None]]:
        """The caller tells the exit code. Whatever ends otherwise leaves the mark."""
        if command not in _LOCKING:
            yield lambda _: None
            return
        earlier = self.file.exists()
        if not earlier:
            self.file.touch()

        def ended(exit_code: int) -> None:
            by_itself = exit_code >= 0 and not earlier  # it may have failed on the lock that is left
            if exit_code in _DONE or by_itself:
                self.ended()

        yield ended

    def ended(self) -> None:
        self.file.unlink(missing_ok=True)
