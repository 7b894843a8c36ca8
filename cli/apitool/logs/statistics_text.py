"""Figures by route as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.logs.statistics import SHARES
from apitool.visible import visible_line

if TYPE_CHECKING:
    from apitool.logs.histogram import Histogram
    from apitool.logs.statistics import RouteFigures, Statistics

_INDENT = "  "


def text(statistics: Statistics) -> str:
    """For each route: how many, by status, and the percentiles of its latencies with their histogram."""
    return "\n\n".join(_route(key, figures) for key, figures in sorted(statistics.routes.items()))


def _route(key: str, figures: RouteFigures) -> str:
    statuses = "  ".join(f"{status}: {figures.statuses[status]}" for status in sorted(figures.statuses))
    cold = f"  cold starts: {figures.cold_starts}" if figures.cold_starts else ""
    noun = "request" if figures.requests == 1 else "requests"
    lines = [visible_line(key), f"{_INDENT}{figures.requests} {noun}  {statuses}{cold}"]
    if figures.gateway.total:
        lines.append(f"{_INDENT}{'ms':<12}{'p50':>8}{'p95':>8}{'p99':>8}")
        lines += [
            _latencies(name, histogram)
            for name, histogram in (
                ("gateway", figures.gateway),
                ("integration", figures.integration),
                ("overhead", figures.overhead),
            )
            if histogram.total
        ]
        lines.append(_INDENT + _drawn(figures.gateway))
    return "\n".join(lines)


def _latencies(name: str, histogram: Histogram) -> str:
    values = "".join(f"{figure(histogram.percentile(share)):>8}" for share in SHARES)
    return f"{_INDENT}{name:<12}{values}"


def _drawn(histogram: Histogram) -> str:
    columns = histogram.columns()
    return f"{figure(min(columns[0][0], histogram.most))} ms {histogram.blocks()} {figure(histogram.most)} ms"


def figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"  # noqa: PLR2004 - below, tenths matter
