"""Log events on their way to CloudWatch Logs: queued by whoever has one, written a moment later, in order.

Nothing waits for a log in a request's way. `_DELAY` bounds how long after its answer a request's lines are
there.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Sequence

_DELAY = 0.02  # seconds
_STREAM_EVENTS = 10_000  # then the gateway goes on in another stream, as AWS does now and then


@dataclass(frozen=True, slots=True)
class LogTarget:
    """Where an event goes. `made_by_aws`: AWS makes the group where it is missing."""

    region: str
    group: str
    stream: str
    made_by_aws: bool = True


@dataclass(frozen=True, slots=True)
class LogEvent:
    """`at_ms` is milliseconds since 1970."""

    target: LogTarget
    at_ms: int
    message: str


class LogStore(Protocol):
    """Where events end up."""

    def write(self, events: Sequence[LogEvent]) -> None:
        """Append them, in order."""


class LogWriter:
    """Belongs to one event loop; `put` is called on it."""

    def __init__(self, store: LogStore) -> None:
        self._store = store
        self._queue: list[LogEvent] = []
        self._streams: dict[tuple[str, str], tuple[LogTarget, int]] = {}  # of the gateway: events in each

    def put(self, event: LogEvent) -> None:
        if not self._queue:
            asyncio.get_running_loop().call_later(_DELAY, self.flush)
        self._queue.append(event)

    def put_lines(self, region: str, group: str, lines: Sequence[str], *, made_by_aws: bool) -> None:
        """Lines of the gateway's own."""
        if lines:
            at_ms = time.time_ns() // 1_000_000
            target = self._target(region, group, len(lines), made_by_aws=made_by_aws)
            for line in lines:
                self.put(LogEvent(target, at_ms, line))

    def flush(self) -> None:
        queue, self._queue = self._queue, []
        self._store.write(queue)

    def _target(self, region: str, group: str, adding: int, *, made_by_aws: bool) -> LogTarget:
        """The gateway names its streams with 32 hex digits (recorded on AWS)."""
        target, count = self._streams.get((region, group), (None, 0))
        if target is None or count + adding > _STREAM_EVENTS:
            target, count = LogTarget(region, group, uuid4().hex, made_by_aws), 0
        self._streams[region, group] = (target, count + adding)
        return target
