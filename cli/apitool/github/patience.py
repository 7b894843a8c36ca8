"""Sending with patience: rate limits are waited for as GitHub says, its own failures are tried again.

Rules from "Rate limits for the REST API": `retry-after` in seconds; else `x-ratelimit-reset`, a time, when
`x-ratelimit-remaining` is 0; else a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.github import refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.github.answer import Answer, Carrier, Request

_LIMITED = {403, 429}
_TRIES = 4
_LONGEST = 300  # seconds waited in all; a job that waits longer costs more than a comment is worth
_MINUTE = 60


@dataclass
class Patient:
    """A carrier with patience. `said` is told when it waits."""

    carrier: Carrier
    where: str
    said: Callable[[str], None]
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    waited: float = 0

    def send(self, request: Request) -> Answer:
        """An answer of success.

        Raises:
            CredentialsError: GitHub does not let the token do this.
            ApitoolError: it refused, gave no answer, or the limit lasts longer than is waited.
        """
        answer = self.carrier.send(request)
        for attempt in range(_TRIES - 1):
            pause = None if answer.ok else self._pause(request, answer, attempt)
            if pause is None:
                break
            self._wait(pause, answer)
            answer = self.carrier.send(request)
        if answer.ok:
            return answer
        raise refusal.error(request, answer, self.where)

    def _pause(self, request: Request, answer: Answer, attempt: int) -> float | None:
        """Seconds until the next try; None when there is no use in one, or it might make a second comment."""
        if answer.status == 0 or answer.status >= 500:  # noqa: PLR2004 - HTTP's range of server errors
            return float(2**attempt) if request.repeatable else None
        return self._limit(answer) if answer.status in _LIMITED else None

    def _limit(self, answer: Answer) -> float | None:
        after = answer.headers.get("retry-after", "")
        if after.isdigit():
            return float(after)
        reset = answer.headers.get("x-ratelimit-reset", "")
        if answer.headers.get("x-ratelimit-remaining") == "0" and reset.isdigit():
            return max(1.0, float(reset) - self.now())
        return _MINUTE if answer.status == 429 or "rate limit" in answer.text.lower() else None  # noqa: PLR2004

    def _wait(self, pause: float, answer: Answer) -> None:
        self.waited += pause
        limited = answer.status in _LIMITED
        if self.waited > _LONGEST:
            raise ApitoolError(
                f"GitHub's rate limit is used up ({self.where})"
                if limited
                else f"GitHub fails ({self.where})",
                seen=f"{answer.status}, wait {pause:.0f} s",
                fix="run it again later, or with a token of its own",
            )
        reason = "rate limit" if limited else f"answered {answer.status or 'nothing'}"
        self.said(f"GitHub: {reason}, waiting {pause:.0f} s")
        self.sleep(pause)
