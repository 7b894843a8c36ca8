"""Log events into the emulator's CloudWatch Logs, without a detour over HTTP. Knows moto's log objects."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from moto.logs.models import logs_backends

from apitool.local.endpoint import ACCOUNT_ID
from apitool.local.turn import turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moto.logs.models import LogGroup

    from apitool.local.log_writer import LogEvent, LogTarget

_MOST_EVENTS = 50_000  # in one stream: a process left running must not eat the machine's memory
_MOST_STREAMS = 200  # in one group; the oldest go first


class MotoLogStore:
    """Events for a group that is missing are lost, as on AWS, unless it is one AWS makes by itself."""

    @turn()
    def write(self, events: Sequence[LogEvent]) -> None:
        for target, some in groupby(events, lambda each: each.target):
            group = _group(target)
            if group is not None:
                _append(
                    group,
                    target.stream,
                    [{"timestamp": each.at_ms, "message": each.message} for each in some],
                )


def _group(target: LogTarget) -> LogGroup | None:
    backend = logs_backends[ACCOUNT_ID][target.region]
    if target.group not in backend.groups and target.made_by_aws:
        backend.ensure_log_group(target.group)
    return backend.groups.get(target.group)


def _append(group: LogGroup, stream: str, events: list[dict[str, object]]) -> None:
    if stream not in group.streams:
        while len(group.streams) >= _MOST_STREAMS:
            group.delete_log_stream(next(iter(group.streams)))
        group.create_log_stream(stream)
    group.put_log_events(stream, events)
    kept = group.streams[stream].events
    if len(kept) > _MOST_EVENTS:
        del kept[: _MOST_EVENTS // 2]
