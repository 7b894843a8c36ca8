"""Periods of a quota, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.proxy.usage.plans import Quota

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SUNDAY = 6  # of Python's week, which starts on Monday
_DAYS_OF_A_WEEK = 7


def period_start(quota: Quota, now_ms: int) -> datetime:
    """When the period began that `now_ms` is in."""
    today = (_EPOCH + timedelta(milliseconds=now_ms)).replace(hour=0, minute=0, second=0, microsecond=0)
    match quota.period:
        case "DAY":
            return today
        case "WEEK":
            first = (_SUNDAY + quota.offset) % _DAYS_OF_A_WEEK
            return today - timedelta(days=(today.weekday() - first) % _DAYS_OF_A_WEEK)
        case "MONTH":
            first_day = quota.offset + 1
            if today.day >= first_day:
                return today.replace(day=first_day)
            last_month = today.replace(day=1) - timedelta(days=1)
            return last_month.replace(day=min(first_day, last_month.day))
