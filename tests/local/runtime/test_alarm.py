from __future__ import annotations

import asyncio

from apitool.local.runtime.alarm import Alarm


def rung(steps) -> list[str]:
    """What rang while `steps` ran and for a moment after."""
    heard: list[str] = []

    async def life() -> None:
        alarm = Alarm()
        await steps(alarm, heard)
        await asyncio.sleep(0.08)
        alarm.end()

    asyncio.run(life())
    return heard


def test_a_limit_that_passes_rings_once() -> None:
    async def steps(alarm: Alarm, heard: list[str]) -> None:
        alarm.set(0.01, lambda: heard.append("first"))

    assert rung(steps) == ["first"]


def test_a_limit_taken_back_never_rings() -> None:
    async def steps(alarm: Alarm, heard: list[str]) -> None:
        alarm.set(0.01, lambda: heard.append("first"))
        alarm.unset()

    assert rung(steps) == []


def test_a_later_limit_moves_the_alarm_and_an_earlier_one_brings_it_forward() -> None:
    async def steps(alarm: Alarm, heard: list[str]) -> None:
        alarm.set(0.02, lambda: heard.append("moved away"))
        alarm.set(0.05, lambda: heard.append("later"))
        await asyncio.sleep(0.03)
        assert heard == []
        await asyncio.sleep(0.05)
        alarm.set(5, lambda: heard.append("far"))
        alarm.set(0.01, lambda: heard.append("sooner"))

    assert rung(steps) == ["later", "sooner"]


def test_nothing_rings_after_the_end() -> None:
    async def steps(alarm: Alarm, heard: list[str]) -> None:
        alarm.set(0.01, lambda: heard.append("first"))
        alarm.end()

    assert rung(steps) == []
