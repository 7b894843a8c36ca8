"""Times as people write them: `90s`, `30m`, `2h`, `1d` ago, or a date."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from apitool.errors import UsageError

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ms|s|m|h|d)")
_LONGEST = 36_500 * 86_400.0  # seconds; a hundred years, so that no date overflows


def seconds(text: str) -> float:
    """`30m` -> 1800.0. Raises UsageError for anything that is no positive duration."""
    found = _DURATION.fullmatch(text.strip())
    value = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if not 0 < value <= _LONGEST:
        raise UsageError(f"`{text}` is no duration", fix="write a number and a unit: 500ms, 90s, 30m, 2h, 1d")
    return value


def moment(text: str, *, now_ms: int) -> int:
    """Milliseconds since 1970 of `30m` (ago), `now` or an ISO date; a date without a zone is UTC.

    Raises:
        UsageError: neither a duration nor a date.
    """
    if text.strip() == "now":
        return now_ms
    if _DURATION.fullmatch(text.strip()):
        return max(0, now_ms - round(seconds(text) * 1000))
    try:
        at = datetime.fromisoformat(text.strip())
        return round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        fix = "write how long ago (30m, 2h, 1d) or when (2026-01-31T12:00)"
        raise UsageError(f"`{text}` is no time", fix=fix) from None


def clock(at_ms: int) -> str:
    """`12:34:56.789`, UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%H:%M:%S.%f")[:-3]


def iso(at_ms: int) -> str:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
