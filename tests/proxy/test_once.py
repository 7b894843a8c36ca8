"""A property worked out once."""

from __future__ import annotations

import pytest

from apitool.proxy.once import once


class Thing:
    def __init__(self) -> None:
        self.times = 0

    @once
    def value(self) -> int:
        """What it is."""
        self.times += 1
        if self.times == 1:
            raise LookupError("not yet")
        return self.times


def test_a_value_is_worked_out_when_first_read_and_kept():
    thing = Thing()
    with pytest.raises(LookupError):
        _ = thing.value
    assert (thing.value, thing.value, thing.times) == (2, 2, 2)


def test_objects_do_not_share_their_values():
    first, second = Thing(), Thing()
    first.times = 5
    second.times = 9
    assert (first.value, second.value) == (6, 10)


def test_it_is_documented_like_a_property():
    assert Thing.value.__doc__ == "What it is."
