"""How long the review of a plan of 300 routes takes, beyond Terraform's own time, and what it needs.

`python -m tests.benchmarks.bench_review`: seconds of the median of five, peak memory, size of the comment.
"""

from __future__ import annotations

import json
import statistics
import time
import tracemalloc

from tests.review.golden import document, report_of

from apitool.review import as_markdown, as_text

ROUTES = 300
RUNS = 5


def plan_of(routes):
    """A recorded first plan, with so many routes in its body."""
    plan = document("first_plan")
    api = next(each for each in plan["resource_changes"] if each["type"] == "aws_api_gateway_rest_api")
    body = json.loads(api["change"]["after"]["body"])
    item = {"get": body["paths"]["/orders"]["get"]}
    body["paths"] = {f"/orders/{number}": item for number in range(routes)}
    api["change"]["after"]["body"] = json.dumps(body)
    return json.dumps(plan)


def review(text):
    made = report_of(json.loads(text))
    return as_text.render(made), as_markdown.render(made)


def main():
    text = plan_of(ROUTES)
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        _, comment = review(text)
        seconds.append(time.perf_counter() - started)
    tracemalloc.start()
    review(text)
    peak = tracemalloc.get_traced_memory()[1]
    print(f"{ROUTES} routes, {len(text):,} bytes of plan: {statistics.median(seconds):.3f} s")
    print(f"peak {peak / 2**20:.1f} MiB, comment of {len(comment):,} characters")


if __name__ == "__main__":
    main()
