"""Whom a canary serves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import stage

from apitool.proxy.canary import chosen, percent_of
from apitool.proxy.method_settings import StageSettings


def deployed(percent: object = None, *, canary: bool = False):
    settings = {"percentTraffic": percent} if percent is not None else None
    return stage(settings=StageSettings(canary=settings), serves_canary=canary)


@pytest.mark.parametrize(
    ("percent", "draw", "canary"),
    [(0.0, 0.0, False), (10.5, 0.1049, True), (10.5, 0.105, False), (100.0, 0.999, True), (None, 0.0, False)],
)
def test_the_share_of_requests_is_the_percentage(percent, draw, canary):
    usual, other = deployed(percent), deployed(percent, canary=True)
    assert chosen(usual, other, draw).serves_canary is canary


def test_without_a_canary_everything_goes_to_the_deployment():
    usual = deployed(100.0)
    assert chosen(usual, None, 0.0) is usual


@given(percent=st.none() | st.text() | st.floats(0, 100) | st.integers(0, 100))
def test_a_percentage_is_always_a_number(percent):
    assert 0 <= percent_of(StageSettings(canary={"percentTraffic": percent})) <= 100
