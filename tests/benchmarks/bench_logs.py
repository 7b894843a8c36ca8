"""Lines a second of the log parser against a plain regex loop, and the memory a million lines take.

python tests/benchmarks/bench_logs.py [lines]
"""

from __future__ import annotations

import re
import resource
import sys
import time
from typing import TYPE_CHECKING

from apitool.logs.joining import Joiner
from apitool.logs.statistics import Statistics

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = 1_000_000
SETTLE_EVERY = 1_000  # lines, as in stage/log_reading.py
PEER = re.compile(r"\(([^)]+)\) ([^:]+)(?:: (.*))?", re.DOTALL)  # what a script would do with each line
LIMIT_MB = 150
FLOOR = 50_000  # lines a second on one core
REQUEST = (
    "Extended Request Id: W9zMPGrHtjMEeFw=",
    "Verifying Usage Plan for request: {rid}. API Key:  API Stage: abc123def4/prod",
    "API Key  authorized because method 'GET /orders/{{orderId}}' does not require API Key. Request will not",
    "Usage Plan check succeeded for API Key  and API Stage abc123def4/prod",
    "Starting execution for request: {rid}",
    "HTTP Method: GET, Resource Path: /orders/42",
    "Method request path: {{orderId=42}}",
    "Method request query string: {{}}",
    "Method request headers: {{Accept=text/html, */*, Host=api.example.com, X-Amzn-Trace-Id=Root=1-2-3}}",
    "Method request body before transformations: ",
    "Endpoint request URI: https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/f/invocations",
    "Endpoint request headers: {{Authorization=******abcdef, X-Amz-Security-Token=abc [TRUNCATED]",
    'Endpoint request body after transformations: {{"resource":"/orders/{{orderId}}" [TRUNCATED]',
    "Sending request to https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/f/invocations",
    "Received response. Status: 200, Integration latency: {ms} ms",
    "Endpoint response headers: {{Date=Fri, 25 Sep 2026 09:19:48 GMT, x-amzn-RequestId={rid}}}",
    'Endpoint response body before transformations: {{"statusCode":200,"body":"..."}}',
    "Method response body after transformations: {{}}",
    "Method response headers: {{Content-Type=application/json}}",
    "Successfully completed execution",
    "Method completed with status: 200",
    "AWS Integration Endpoint RequestId : {rid}",
)


def made(count: int) -> Iterator[tuple[int, str]]:
    """Lines of requests that overlap, ten at a time."""
    number = 0
    while True:
        ids = [f"{number + each:08x}-0000-4000-8000-000000000000" for each in range(10)]
        for text in REQUEST:
            for each, rid in enumerate(ids):
                yield 1_000 + number * 10 + each, f"({rid}) {text.format(rid=rid, ms=20 + number % 300)}"
                count -= 1
                if not count:
                    return
        number += 10


def joined(lines: Iterator[tuple[int, str]]) -> Statistics:
    statistics, joiner = Statistics(("GET /orders/{orderId}",)), Joiner(35_000)
    for count, (at_ms, message) in enumerate(lines, start=1):
        joiner.now_ms = at_ms
        joiner.add("gateway", "s", at_ms, message)
        if count % SETTLE_EVERY == 0:
            for request in joiner.settled():
                statistics.add(request)
    for request in joiner.rest():
        statistics.add(request)
    return statistics


def matched(lines: Iterator[tuple[int, str]]) -> int:
    return sum(PEER.match(message) is not None for _, message in lines)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    few = list(made(min(count, 100_000)))
    started = time.perf_counter()
    matched(iter(few))
    peer = len(few) / (time.perf_counter() - started)
    started = time.perf_counter()
    joined(iter(few))
    ours = len(few) / (time.perf_counter() - started)
    del few
    figures = joined(made(count)).routes["GET /orders/{orderId}"]
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in KB, on macOS in bytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"parser, joined and counted   {ours:>10,.0f} lines/s (at least {FLOOR:,})")
    print(f"plain regex loop             {peer:>10,.0f} lines/s, {peer / ours:.1f} times that")
    print(f"{count:,} lines, {figures.requests:,} requests: {peak:,.0f} MB at the peak (limit {LIMIT_MB})")
    sys.exit(ours < FLOOR or peak > LIMIT_MB)


if __name__ == "__main__":
    main()
