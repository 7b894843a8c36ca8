"""Figures by route as one HTML page with SVG histograms: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from apitool.logs.statistics import SHARES
from apitool.logs.statistics_text import figure

if TYPE_CHECKING:
    from apitool.logs.histogram import Histogram
    from apitool.logs.statistics import RouteFigures, Statistics

_WIDTH, _HEIGHT, _LABELS = 480, 96, 16  # pixels
_STYLE = """
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h2 { font: 600 1rem ui-monospace, monospace; margin-top: 2.5rem }
table { border-collapse: collapse } th, td { padding: .15rem .9rem .15rem 0; text-align: right }
th:first-child, td:first-child { text-align: left }
svg { display: block; margin-top: .7rem; max-width: 100% }
rect { fill: #4878cf } text { font-size: 11px; fill: currentColor }
"""


def page(statistics: Statistics, title: str, span: str) -> str:
    """The whole document. `title` is the stage's, `span` the time looked at."""
    sections = "\n".join(_route(key, figures) for key, figures in sorted(statistics.routes.items()))
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n"
        f"<body>\n<h1>{escape(title)}</h1>\n<p>{escape(span)}</p>\n"
        f"{sections or '<p>no requests</p>'}\n</body>\n</html>\n"
    )


def _route(key: str, figures: RouteFigures) -> str:
    statuses = ", ".join(f"{status}: {figures.statuses[status]}" for status in sorted(figures.statuses))
    rows = "".join(
        f"<tr><td>{name}</td>{_cells(histogram)}</tr>"
        for name, histogram in (
            ("gateway", figures.gateway),
            ("integration", figures.integration),
            ("overhead", figures.overhead),
        )
    )
    return (
        f"<section><h2>{escape(key)}</h2>\n"
        f"<p>{figures.requests} requests; {statuses or 'no status'}; cold starts: {figures.cold_starts}</p>\n"
        f"<table><tr><th>ms</th><th>p50</th><th>p95</th><th>p99</th></tr>{rows}</table>\n"
        f"{_drawn(figures.gateway)}</section>"
    )


def _cells(histogram: Histogram) -> str:
    return "".join(f"<td>{figure(histogram.percentile(share))}</td>" for share in SHARES)


def _drawn(histogram: Histogram) -> str:
    columns = histogram.columns(48)
    if not columns:
        return ""
    most = max(inside for _, _, inside in columns)
    step = _WIDTH / len(columns)
    bars = "".join(
        f'<rect x="{index * step:.1f}" y="{_HEIGHT - inside / most * _HEIGHT:.1f}" '
        f'width="{max(1.0, step - 1):.1f}" height="{inside / most * _HEIGHT:.1f}">'
        f"<title>{figure(low)} to {figure(high)} ms: {inside}</title></rect>"
        for index, (low, high, inside) in enumerate(columns)
        if inside
    )
    base = _HEIGHT + _LABELS - 3
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _LABELS}" width="{_WIDTH}" role="img" '
        f'aria-label="latency of the gateway">{bars}'
        f'<text x="0" y="{base}">{figure(columns[0][0])} ms</text>'
        f'<text x="{_WIDTH}" y="{base}" text-anchor="end">{figure(histogram.most)} ms</text></svg>'
    )
