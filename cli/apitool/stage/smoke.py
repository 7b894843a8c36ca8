"""One real request after an apply: is the API there, does the gateway accept the function's answer?"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.errors import AppliedError

if TYPE_CHECKING:
    from apitool.project.model import Project

_TIMEOUT = 35  # seconds; the gateway itself gives up after 29
_PATIENCE = 30.0  # seconds; on AWS a new deployment, permission or role takes a while to reach every gateway
_PAUSE = 1.0  # seconds
_SHOWN = 2_000  # characters of the body kept for display


@dataclass(frozen=True, slots=True)
class SmokeTest:
    """The request that was made and its answer."""

    url: str
    status: int
    reason: str
    body: str
    milliseconds: int
    made_by_gateway: bool  # x-amzn-ErrorType is there: the gateway answered, not the function

    def __str__(self) -> str:
        return f"{self.status} {self.reason}  {self.body}".rstrip()

    @property
    def passed(self) -> bool:
        return not self.made_by_gateway and self.status < http.HTTPStatus.INTERNAL_SERVER_ERROR


def path_for(project: Project) -> str | None:
    """The path declared for it, or the first GET route without parameters; None when there is none."""
    if project.smoke:
        return project.smoke
    asked = (route.path for route in project.routes if route.method in {"GET", "ANY"})
    return next((path for path in asked if "{" not in path), None)


def check(base_url: str, path: str, *, again: str) -> SmokeTest:
    """Ask until the answer is good or patience ends. `again` is the command that asks and says why.

    Raises:
        AppliedError: the last answer was the gateway's own error or a 5xx of the function.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        test = _get(f"{base_url}{path}")
        if isinstance(test, SmokeTest) and test.passed:
            return test
        if time.monotonic() > deadline or not _may_pass_soon(test):
            raise AppliedError(
                f"everything was applied, but GET {base_url}{path} does not answer as it should",
                seen=str(test),
                fix=f"ask again, and hear why: `{again}`",
            )
        time.sleep(_PAUSE)


def _may_pass_soon(test: SmokeTest | str) -> bool:
    """403 and 500 by the gateway are a deployment or a permission on its way; a 502 is not."""
    return isinstance(test, str) or (test.made_by_gateway and test.status in {403, 500})


def _get(url: str) -> SmokeTest | str:
    """The answer, or why there is none."""
    try:
        return _request(url)
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"


def _request(url: str) -> SmokeTest:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=_TIMEOUT)
    started = time.monotonic()
    try:
        connection.request("GET", parts.path, headers={"Accept": "application/json", "User-Agent": "apitool"})
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
    finally:
        connection.close()
    return SmokeTest(
        url=url,
        status=answer.status,
        reason=answer.reason,
        body=body[:_SHOWN],
        milliseconds=round((time.monotonic() - started) * 1000),
        made_by_gateway=answer.getheader("x-amzn-ErrorType") is not None,
    )
