"""Points in time as API Gateway writes them. English month and day names whatever the machine's locale.

Each is made once a second: many requests share one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def request_time(epoch_ms: int) -> str:
    """`24/Sep/2026:20:16:32 +0000`, as in `requestContext.requestTime`."""
    return _request_time(epoch_ms // 1000)


def http_date(epoch_ms: int) -> str:
    """`Thu, 24 Sep 2026 20:16:32 GMT`, as in the Date header."""
    return _http_date(epoch_ms // 1000)


def java_date(epoch_ms: int) -> str:
    """`Thu Sep 24 20:16:32 UTC 2026`, which TestInvokeMethod prefixes its lines with."""
    at = _moment(epoch_ms // 1000)
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at.day:02} {at:%H:%M:%S} UTC {at.year:04}"


def amz_date(epoch_ms: int) -> str:
    """`20260924T201632Z`, as in X-Amz-Date."""
    return f"{_moment(epoch_ms // 1000):%Y%m%dT%H%M%SZ}"


@lru_cache(maxsize=8)
def _request_time(seconds: int) -> str:
    at = _moment(seconds)
    return f"{at.day:02}/{_MONTHS[at.month - 1]}/{at.year:04}:{at:%H:%M:%S} +0000"


@lru_cache(maxsize=8)
def _http_date(seconds: int) -> str:
    at = _moment(seconds)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} GMT"


def _moment(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)
