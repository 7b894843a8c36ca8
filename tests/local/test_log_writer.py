from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from apitool.local import log_writer
from apitool.local.log_writer import LogEvent, LogWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest


class FakeStore:
    def __init__(self) -> None:
        self.batches: list[list[LogEvent]] = []

    def write(self, events: Sequence[LogEvent]) -> None:
        self.batches.append(list(events))


def put(writer: LogWriter, *lines: str, group: str = "g") -> None:
    writer.put_lines("eu-central-1", group, lines, made_by_aws=True)


def test_lines_are_not_written_at_once_but_soon_in_order_and_together() -> None:
    async def lines() -> list[list[str]]:
        store = FakeStore()
        writer = LogWriter(store)
        put(writer, "a", "b")
        put(writer, "c")
        assert store.batches == []
        await asyncio.sleep(0.08)
        put(writer, "d")
        await asyncio.sleep(0.08)
        return [[event.message for event in batch] for batch in store.batches]

    assert asyncio.run(lines()) == [["a", "b", "c"], ["d"]]


def test_no_lines_make_no_stream() -> None:
    async def batches() -> list[list[LogEvent]]:
        store = FakeStore()
        put(LogWriter(store))
        await asyncio.sleep(0.05)
        return store.batches

    assert asyncio.run(batches()) == []


def test_a_request_stays_in_one_stream_and_a_full_stream_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_writer, "_STREAM_EVENTS", 5)

    async def streams() -> list[str]:
        store = FakeStore()
        writer = LogWriter(store)
        for _ in range(3):
            put(writer, "1", "2")
        put(writer, "x", group="other")
        writer.flush()
        return [event.target.stream for event in store.batches[0]]

    first, _, second, __, third, ___, other = asyncio.run(streams())
    assert first == second != third
    assert other not in {first, third}
    assert all(re.fullmatch("[0-9a-f]{32}", stream) for stream in (first, third, other))
