"""Figures by route: counts exact, percentiles within 2.5 %, drawn as blocks and as a page."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from apitool.logs import access, statistics_page, statistics_text
from apitool.logs.histogram import Histogram
from apitool.logs.request import Request
from apitool.logs.statistics import OTHERS, Statistics

RID = "6a7b2c55-36f0-4d1e-9d0c-0f2a34b5c6d7"


def request(path: str, status: int = 200, latency: int = 50) -> Request:
    values = {
        "requestId": RID,
        "httpMethod": "GET",
        "path": path,
        "status": str(status),
        "responseLatency": str(latency),
        "integrationLatency": str(latency - 5),
    }
    return Request(RID, access=access.parse(1, json.dumps(values)))


@given(st.lists(st.integers(min_value=1, max_value=900_000), min_size=1, max_size=200))
def test_percentiles_are_within_their_bucket(values):
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    for share in (0.5, 0.95, 0.99, 1.0):
        exact = sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
        assert abs(histogram.percentile(share) - exact) <= 0.026 * exact
    assert sum(inside for _, _, inside in histogram.columns()) == len(values)


def test_requests_are_counted_by_declared_route():
    statistics = Statistics(("GET /orders/{orderId}",))
    for path in ("/orders/1", "/orders/2", "/wp-login.php"):
        statistics.add(request(path))
    assert {key: figures.requests for key, figures in statistics.routes.items()} == {
        "GET /orders/{orderId}": 2,
        OTHERS: 1,
    }


def test_the_table_has_statuses_and_percentiles():
    statistics = Statistics(("GET /a",))
    for latency in (40, 50, 60):
        statistics.add(request("/a", latency=latency))
    statistics.add(request("/a", 502, 900))
    text = statistics_text.text(statistics)
    assert "4 requests  200: 3  502: 1" in text
    assert "p99" in text
    assert "█" in text


def test_the_page_is_whole_and_escapes_what_it_shows():
    statistics = Statistics()
    statistics.add(request("/<script>"))
    page = statistics_page.page(statistics, "orders/<dev>", "now")
    assert "<script>" not in page
    assert "<svg" in page
    assert "&lt;dev&gt;" in page
