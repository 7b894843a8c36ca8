from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from apitool.local.runtime import alarm as module
from apitool.local.runtime.alarm import Alarm

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Timer:
    due: float
    call: Callable[[], None]
    cancelled: bool = False

    def when(self) -> float:
        return self.due

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Loop:
    """An event loop whose time only `passes` when the test says so."""

    now: float = 0.0
    timers: list[Timer] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def call_at(self, due: float, call: Callable[[], None]) -> Timer:
        self.timers.append(Timer(due, call))
        return self.timers[-1]

    def passes(self, seconds: float) -> None:
        end = self.now + seconds
        while ready := [each for each in self.timers if each.due <= end and not each.cancelled]:
            first = min(ready, key=Timer.when)
            self.timers.remove(first)
            self.now = first.due
            first.call()
        self.now = end


@pytest.fixture
def loop(monkeypatch) -> Loop:
    made = Loop()
    monkeypatch.setattr(module.asyncio, "get_running_loop", lambda: made)
    return made


@pytest.fixture
def heard() -> list[str]:
    return []


def test_a_limit_that_passes_rings_once(loop, heard) -> None:
    Alarm().set(1, lambda: heard.append("first"))
    loop.passes(10)
    assert heard == ["first"]


def test_a_limit_taken_back_never_rings(loop, heard) -> None:
    alarm = Alarm()
    alarm.set(1, lambda: heard.append("first"))
    alarm.unset()
    loop.passes(10)
    assert heard == []


def test_a_later_limit_moves_the_alarm_and_needs_no_timer_of_its_own(loop, heard) -> None:
    alarm = Alarm()
    alarm.set(2, lambda: heard.append("moved away"))
    loop.passes(1)
    alarm.set(2, lambda: heard.append("later"))
    assert len(loop.timers) == 1
    loop.passes(1.5)
    assert heard == []
    loop.passes(1)
    assert heard == ["later"]


def test_an_earlier_limit_brings_the_alarm_forward(loop, heard) -> None:
    alarm = Alarm()
    alarm.set(50, lambda: heard.append("far"))
    alarm.set(1, lambda: heard.append("sooner"))
    loop.passes(100)
    assert heard == ["sooner"]


def test_nothing_rings_after_the_end(loop, heard) -> None:
    alarm = Alarm()
    alarm.set(1, lambda: heard.append("first"))
    alarm.end()
    loop.passes(10)
    assert heard == []
