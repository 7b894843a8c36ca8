"""Throttling of methods: token buckets with the time passed in.

The one object of this package that changes. AWS's own buckets are best effort and shared over many hosts (its
documentation says so); these are exact, so a local 429 is repeatable.
"""

from __future__ import annotations


class TokenBucket:
    """Holds at most `burst` tokens, filled with `rate` tokens a second; starts full."""

    def __init__(self, rate: float, burst: int, *, now_ms: int) -> None:
        self.rate = rate  # requests per second
        self.burst = burst  # requests
        self._tokens = float(burst)
        self._filled_at_ms = now_ms

    def take(self, now_ms: int) -> bool:
        """Take a token; False when there is none. A clock that goes back fills nothing."""
        passed_ms = max(0, now_ms - self._filled_at_ms)
        self._tokens = min(float(self.burst), self._tokens + self.rate * passed_ms / 1000)
        self._filled_at_ms = max(self._filled_at_ms, now_ms)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Throttle:
    """One bucket per key; a bucket starts anew when its limits change."""

    def __init__(self) -> None:
        self._buckets: dict[str, TokenBucket] = {}

    def admit(self, key: str, *, rate: float | None, burst: int | None, now_ms: int) -> bool:
        """Whether a request may pass. A limit of None is no limit."""
        if rate is None or burst is None:
            return True
        bucket = self._buckets.get(key)
        if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
            bucket = self._buckets[key] = TokenBucket(rate, burst, now_ms=now_ms)
        return bucket.take(now_ms)
