"""Until a change of logging has reached every gateway: ask the API, and look for its line.

AWS takes 40 s and more (recorded: 42 to 54 s after UpdateStage). What proves it is a line, not an answer of
UpdateStage.
"""

from __future__ import annotations

import http.client
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.errors import ApitoolError
from apitool.project import names
from apitool.stage import log_reading, smoke

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.stage.target import Target

_LONGEST = 180.0  # seconds; four times what was recorded
_TIMEOUT = 31  # seconds of one request
_BETWEEN = 3.0  # seconds between two requests to AWS
_BETWEEN_LOCAL = 0.3


def first_line(target: Target, console: Console) -> float:
    """Make requests until one is in the execution log: the seconds it took.

    Raises:
        ApitoolError: the API has no route to ask, or no line came within three minutes.
    """
    path = smoke.path_for(target.project)
    if path is None:
        raise ApitoolError(
            "there is no route to make a request to",
            seen="no GET route without parameters",
            fix="set `smoke` in apitool.toml, or wait a minute and call the API yourself",
        )
    reading = log_reading.of_stage(target, log_reading.EXECUTION)
    started, since_ms = time.monotonic(), time.time_ns() // 1_000_000
    base = target.url(
        names.invoke_url(reading.settings.rest_api_id, target.account.region, target.stage.name)
    )
    with console.step("logging", "waiting for the first line") as step:
        while (waited := time.monotonic() - started) < _LONGEST:
            step.update(f"waiting for the first line, {waited:.0f} s (AWS takes 40 s and more)")
            _ask(f"{base}{path}")
            time.sleep(_BETWEEN_LOCAL if target.embedded else _BETWEEN)
            if next(reading.news(since_ms), None) is not None:
                step.text = "the first line is there"
                return time.monotonic() - started
    raise ApitoolError(
        f"no line came within {_LONGEST:.0f} s",
        seen=f"GET {base}{path} was asked every few seconds",
        fix="look at `apitool logs status`: level, account role, log group",
    )


def _ask(url: str) -> None:
    """One request, whatever comes of it."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=_TIMEOUT)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", parts.path, headers={"User-Agent": "apitool"})
        connection.getresponse().read()
    connection.close()
