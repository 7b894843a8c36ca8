"""Which requests are shown: by status, route, text, latency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.logs.request import Request

_STATUS = re.compile(r"[1-5](?:xx|\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filter:
    """Every condition given has to hold. `statuses` as 502 or 5xx, `routes` as `GET /orders/{orderId}`."""

    statuses: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    grep: re.Pattern[str] | None = None
    slow_ms: float | None = None

    @property
    def narrow(self) -> bool:
        """Whether it leaves anything out."""
        return self != Filter()

    def admits(self, request: Request) -> bool:
        return (
            self._status(request)
            and (not self.routes or any(fits(route, request) for route in self.routes))
            and (self.slow_ms is None or (request.latency_ms or 0) >= self.slow_ms)
            and (self.grep is None or any(self.grep.search(line) for line in texts(request)))
        )

    def _status(self, request: Request) -> bool:
        if not self.statuses:
            return True
        own = str(request.status or "")
        return any(own == each or (each[1:] == "xx" and own[:1] == each[0]) for each in self.statuses)


def statuses(given: list[str]) -> tuple[str, ...]:
    """`5xx`, `404` or several with commas. Raises UsageError."""
    known = tuple(each.strip().lower() for text in given for each in text.split(","))
    for each in known:
        if not _STATUS.fullmatch(each):
            raise UsageError(f"`{each}` is no status", fix="write a code or a class: --status 404,5xx")
    return known


def pattern(text: str | None) -> re.Pattern[str] | None:
    """A regular expression, case ignored. Raises UsageError."""
    try:
        return re.compile(text, re.IGNORECASE) if text else None
    except re.error as error:
        raise UsageError(f"`{text}` is no regular expression", seen=str(error)) from None


def fits(route: str, request: Request) -> bool:
    """Whether a request belongs to a route; its path may only be known filled in."""
    verb, _, path = " ".join(route.split()).partition(" ")
    if verb not in {"ANY", request.method}:
        return False
    return path == request.route or (
        request.path is not None and template(path).fullmatch(request.path) is not None
    )


def template(path: str) -> re.Pattern[str]:
    """`/orders/{orderId}` -> what its paths look like; `{proxy+}` takes slashes too."""
    parts = re.split(r"(\{[^}]+\})", path)
    inside = "".join(
        (".+" if part.endswith("+}") else "[^/]+") if part.startswith("{") else re.escape(part)
        for part in parts
    )
    return re.compile(inside)


def texts(request: Request) -> list[str]:
    """Every line of a request."""
    lines = [text for _, text in request.execution.lines] if request.execution else []
    lines += [request.access.text] if request.access else []
    return lines + ([text for _, text in request.invocation.lines] if request.invocation else [])
