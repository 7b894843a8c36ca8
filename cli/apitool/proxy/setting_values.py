"""Values of method settings as patch operations carry them: always strings, read the way AWS reads them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from apitool.proxy import patch_texts as texts
from apitool.proxy.method_settings import LOGGING_LEVELS
from apitool.proxy.patch_refused import PatchRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

_STRATEGIES = ("FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER")


def parse_setting(setting: str, value: str) -> bool | int | float | str:
    """`logging/loglevel`, `INFO` -> what methodSettings will hold.

    Raises:
        PatchRefusedError: AWS refuses the value.
    """
    return _PARSERS.get(setting, parse_boolean)(value)


def parse_boolean(value: str) -> bool:
    """Anything but `true` is false and no error (recorded for metrics/enabled)."""
    return value.lower() == "true"


def _level(value: str) -> str:
    if value not in LOGGING_LEVELS:
        raise PatchRefusedError(texts.invalid_level(value))
    return value


def _whole_number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise PatchRefusedError(f"Invalid number: {value[:40]}", recorded=False) from None


def _number(value: str) -> float:
    """Terraform's provider sends `-1.000000` for an unset rate."""
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PatchRefusedError(f"Invalid number: {value[:40]}", recorded=False)
    return number


def _strategy(value: str) -> str:
    if value not in _STRATEGIES:
        raise PatchRefusedError(
            f"Invalid strategy: {value[:40]}. One of {', '.join(_STRATEGIES)}", recorded=False
        )
    return value


_PARSERS: dict[str, Callable[[str], bool | int | float | str]] = {
    "logging/loglevel": _level,
    "throttling/burstLimit": _whole_number,
    "throttling/rateLimit": _number,
    "caching/ttlInSeconds": _whole_number,
    "caching/unauthorizedCacheControlHeaderStrategy": _strategy,
}
