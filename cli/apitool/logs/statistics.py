"""Requests → figures by route, one pass, in memory that depends on the number of routes only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apitool.logs.filters import fits
from apitool.logs.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apitool.logs.request import Request

_MOST_ROUTES = 300  # an API has at most 300 resources unless AWS raised it; scanners' paths share one row
OTHERS = "(no route)"
SHARES = (0.5, 0.95, 0.99)


@dataclass(slots=True)
class RouteFigures:
    """Latencies in milliseconds: the gateway's whole, the integration's, and what lies between them."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    cold_starts: int = 0
    gateway: Histogram = field(default_factory=Histogram)
    integration: Histogram = field(default_factory=Histogram)
    overhead: Histogram = field(default_factory=Histogram)

    def add(self, request: Request) -> None:
        self.requests += 1
        if request.status is not None:
            self.statuses[request.status] += 1
        if request.invocation and request.invocation.init_ms is not None:
            self.cold_starts += 1
        for histogram, value in (
            (self.gateway, request.latency_ms),
            (self.integration, request.integration_ms),
            (self.overhead, request.overhead_ms),
        ):
            if value is not None:
                histogram.add(value)

    def data(self) -> dict[str, Any]:
        named = (("gateway", self.gateway), ("integration", self.integration), ("overhead", self.overhead))
        return {
            "requests": self.requests,
            "statuses": {str(status): self.statuses[status] for status in sorted(self.statuses)},
            "cold_starts": self.cold_starts,
            "latency_ms": {
                name: {f"p{round(share * 100)}": _rounded(histogram.percentile(share)) for share in SHARES}
                for name, histogram in named
            },
        }


@dataclass(slots=True)
class Statistics:
    """`declared` are the routes as apitool.toml writes them; a request of none is counted by its path."""

    declared: Sequence[str] = ()
    routes: dict[str, RouteFigures] = field(default_factory=dict)

    def add(self, request: Request) -> None:
        if request.id:
            key = self._key(request)
            self.routes.setdefault(key, RouteFigures()).add(request)

    def data(self) -> dict[str, Any]:
        return {key: figures.data() for key, figures in sorted(self.routes.items())}

    def _key(self, request: Request) -> str:
        own = f"{request.method} {request.route}"
        if own in self.routes or own in self.declared:
            return own
        declared = next((route for route in self.declared if fits(route, request)), None)
        if declared or request.method is None or request.response_type == "MISSING_AUTHENTICATION_TOKEN":
            return declared or OTHERS
        return own if not self.declared and len(self.routes) < _MOST_ROUTES else OTHERS


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
