from __future__ import annotations

import pytest

from apitool.local.runtime import spare_cpu
from apitool.local.runtime.spare_cpu import SpareCpu


class Machine:
    """Its clock, and for how long its cores have been idle, in seconds; None: nobody counts."""

    now = 100.0
    idle: float | None = 1_000.0

    def passes(self, seconds: float, *, idle: float) -> None:
        self.now += seconds
        self.idle = (self.idle or 0) + idle


@pytest.fixture
def machine(monkeypatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(spare_cpu.time, "monotonic", lambda: made.now)
    monkeypatch.setattr(spare_cpu, "_idle_s", lambda: made.idle)
    return made


def test_half_a_core_idle_is_time_to_spare(machine: Machine) -> None:
    spare = SpareCpu()
    assert not spare.there_is()  # nothing to compare with yet
    machine.passes(0.1, idle=0.05)
    assert spare.there_is()


def test_a_busy_machine_has_none(machine: Machine) -> None:
    spare = SpareCpu()
    spare.there_is()
    machine.passes(0.1, idle=0.01)
    assert not spare.there_is()


def test_what_was_long_ago_does_not_count(machine: Machine) -> None:
    spare = SpareCpu()
    spare.there_is()
    machine.passes(60, idle=100)
    assert not spare.there_is()
    machine.passes(0.1, idle=0.2)
    assert spare.there_is()


def test_where_nobody_counts_there_always_is(machine: Machine) -> None:
    machine.idle = None
    assert SpareCpu().there_is()
