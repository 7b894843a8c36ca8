"""Token buckets: exact, with the time passed in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apitool.proxy.throttle import Throttle, TokenBucket


def test_a_full_bucket_admits_its_burst_and_then_its_rate():
    bucket = TokenBucket(rate=2, burst=3, now_ms=0)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]
    assert not bucket.take(499)
    assert bucket.take(500)
    assert not bucket.take(600)


def test_a_bucket_never_holds_more_than_its_burst():
    bucket = TokenBucket(rate=1000, burst=2, now_ms=0)
    assert [bucket.take(3_600_000) for _ in range(3)] == [True, True, False]


def test_a_clock_that_goes_back_fills_nothing():
    bucket = TokenBucket(rate=1, burst=1, now_ms=10_000)
    assert bucket.take(10_000)
    assert not bucket.take(0)
    assert not bucket.take(10_500)
    assert bucket.take(11_000)


def test_a_burst_of_zero_admits_nobody():
    assert not TokenBucket(rate=100, burst=0, now_ms=0).take(10_000)


def test_methods_have_buckets_of_their_own_and_no_limit_is_no_bucket():
    throttle = Throttle()
    assert throttle.admit("GET /a", rate=1, burst=1, now_ms=0)
    assert not throttle.admit("GET /a", rate=1, burst=1, now_ms=0)
    assert throttle.admit("GET /b", rate=1, burst=1, now_ms=0)
    assert all(throttle.admit("GET /c", rate=None, burst=None, now_ms=0) for _ in range(100))


def test_a_changed_limit_starts_a_new_bucket():
    throttle = Throttle()
    assert throttle.admit("GET /a", rate=1, burst=1, now_ms=0)
    assert throttle.admit("GET /a", rate=1, burst=2, now_ms=0)


@given(
    rate=st.floats(0, 50),
    burst=st.integers(0, 20),
    gaps=st.lists(st.integers(0, 400), min_size=1, max_size=60),
)
def test_no_more_pass_than_burst_plus_rate_over_the_time(rate, burst, gaps):
    bucket, now, passed = TokenBucket(rate, burst, now_ms=0), 0, 0
    for gap in gaps:
        now += gap
        passed += bucket.take(now)
    assert passed <= burst + rate * now / 1000 + 1e-6
