"""Durations, dates and conditions as people write them, and what is refused."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.errors import UsageError
from apitool.logs import access, filters, times
from apitool.logs.filters import Filter
from apitool.logs.request import Request

NOW = 1_800_000_000_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("30m", 1800), ("2h", 7200), ("1d", 86400), ("500ms", 0.5), ("1.5s", 1.5)],
)
def test_a_duration_is_seconds(text, seconds):
    assert times.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "-1m", "30", "m", "1w", "99999999d", "1e9s", "٣m"])
def test_no_duration_is_refused(text):
    with pytest.raises(UsageError):
        times.seconds(text)


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [("30m", NOW - 1_800_000), ("now", NOW), ("2026-01-31T12:00", 1_769_860_800_000)],
)
def test_a_moment_is_milliseconds(text, at_ms):
    assert times.moment(text, now_ms=NOW) == at_ms


@given(st.text(max_size=20))
def test_any_other_text_is_refused_and_never_a_crash(text):
    with contextlib.suppress(UsageError):
        assert times.moment(text, now_ms=NOW) <= 10**15


def request(**values) -> Request:
    line = access.parse(1, json.dumps({"requestId": "6a7b2c55-36f0-4d1e-9d0c-0f2a34b5c6d7", **values}))
    return Request(line.request_id, access=line)


@pytest.mark.parametrize(
    ("condition", "values", "admitted"),
    [
        (Filter(), {}, True),
        (Filter(statuses=("5xx",)), {"status": "502"}, True),
        (Filter(statuses=("5xx", "404")), {"status": "404"}, True),
        (Filter(statuses=("5xx",)), {"status": "200"}, False),
        (Filter(routes=("GET /o/{id}",)), {"httpMethod": "GET", "path": "/o/7"}, True),
        (Filter(routes=("ANY /o/{proxy+}",)), {"httpMethod": "GET", "path": "/o/7/8"}, True),
        (Filter(routes=("GET /o/{id}",)), {"httpMethod": "GET", "path": "/o/7/8"}, False),
        (Filter(slow_ms=100), {"responseLatency": "99"}, False),
        (Filter(grep=filters.pattern("TEA")), {"userAgent": "tea"}, True),
    ],
)
def test_conditions(condition, values, admitted):
    assert condition.admits(request(**values)) is admitted


def test_what_is_no_status_or_expression_is_refused():
    with pytest.raises(UsageError):
        filters.statuses(["6xx"])
    with pytest.raises(UsageError):
        filters.pattern("(")
