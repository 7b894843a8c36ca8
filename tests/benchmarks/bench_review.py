"""What the review of a plan of 300 routes costs beyond Terraform's own time: processor seconds of the median
of five, as a multiple of only parsing the plan's JSON; peak memory; size of comment and page.

`python -m tests.benchmarks.bench_review`
"""

from __future__ import annotations

import json
import resource
import statistics
import time
import tracemalloc

from tests.review.golden import document, report_of
from tests.review.made import api, function, plan, route

from apitool.review import as_markdown, as_text
from apitool.review.page import document as page

ROUTES = 300
RUNS = 5
LIMIT = 1.0  # processor seconds a review may cost


def with_a_body(routes):
    """A recorded first plan, with so many routes in its body."""
    plan_of_body = document("first_plan")
    changes = plan_of_body["resource_changes"]
    rest_api = next(each for each in changes if each["type"] == "aws_api_gateway_rest_api")
    body = json.loads(rest_api["change"]["after"]["body"])
    item = {"get": body["paths"]["/orders"]["get"]}
    body["paths"] = {f"/orders/{number}": item for number in range(routes)}
    rest_api["change"]["after"]["body"] = json.dumps(body)
    return json.dumps(plan_of_body)


def resource_by_resource(routes):
    """As many routes declared one by one, each losing its authorizer."""
    changes = [api(), function({}, {})]
    for number in range(routes):
        changes += route({}, {"authorization": "NONE"}, name=f"orders-{number}")
    return json.dumps(plan(*changes))


def review(text):
    made = report_of(json.loads(text))
    return as_text.render(made), as_markdown.render(made), page.render(made)


def cost(of, text):
    """Processor seconds of the median run."""
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        of(text)
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)


def main():
    for name, text in (("body", with_a_body(ROUTES)), ("explicit", resource_by_resource(ROUTES))):
        floor, whole = cost(json.loads, text), cost(review, text)
        tracemalloc.start()
        _, comment, html = review(text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{name}: {ROUTES} routes, {len(text):,} bytes: {whole:.3f} s, {whole / floor:.0f} x parsing")
        print(f"  peak {peak / 2**20:.1f} MiB, comment {len(comment):,}, page {len(html):,} characters")
        assert len(comment) <= as_markdown.LONGEST
        assert whole < LIMIT, f"{whole:.2f} s of {LIMIT}"
    print(f"resident at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
