"""A time limit that is set for every invocation and nearly never reached."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Alarm:
    """At most one limit at a time. A timer once started stays until it is due, and is then set anew: moving
    the limit costs nothing.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0  # the loop's time
        self._expired: Callable[[], None] | None = None

    def set(self, seconds: float, expired: Callable[[], None]) -> None:
        """Call `expired` then, unless another limit or none is set before."""
        self._due, self._expired = self._loop.time() + seconds, expired
        if self._timer is not None and self._timer.when() > self._due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(self._due, self._look)

    def unset(self) -> None:
        self._expired = None

    def end(self) -> None:
        """No limit will be set any more."""
        self._expired = None
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self._timer = None
        if self._expired is None:
            return
        if self._loop.time() < self._due:
            self._timer = self._loop.call_at(self._due, self._look)
            return
        expired, self._expired = self._expired, None
        expired()
