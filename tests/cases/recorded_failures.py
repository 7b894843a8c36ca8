"""Answers the gateway made because there was none: the notes of 2025, LocalStack's header mappings."""

from __future__ import annotations

from tests.cases.case import SLEEPS, Api, Case, Sent, integration, operation, routes
from tests.cases.checks import all_of, gateways_own
from tests.cases.recorded_answers import INTERNAL

ANY_EDGE = Api("any-edge", routes("ANY /{proxy+}"), stage="test", endpoint="EDGE")
POISONOUS = (
    "content-length",
    "transfer-encoding",
    "authorization",
    "connection",
    "expect",
    "proxy-authenticate",
    "te",
)
FAILING = Api(
    "failing",
    {
        **routes("GET /forbidden", of=integration("forbidden")),
        **routes("GET /throttled", of=integration("throttled")),
        **routes("GET /slow", of=integration(timeoutInMillis=60)),
        **routes("GET /get", of=integration(httpMethod="GET")),
        **routes("GET /nobody", of=integration("nobody")),
        **{
            f"/{header}": {
                "get": operation(
                    integration(requestParameters={f"integration.request.header.{header}": "'x'"})
                )
            }
            for header in POISONOUS
        },
    },
)
FAILING_EDGE = Api("failing-edge", FAILING.paths, endpoint="EDGE")


def _failures() -> list[Case]:
    internal = gateways_own(500, INTERNAL)
    timed_out = gateways_own(504, "Endpoint request timed out")
    ok = {"statusCode": 200}
    return [
        *(
            Case(f"mapped header: {header}", "R LS", FAILING, Sent(f"GET /dev/{header}"), internal, ok)
            for header in POISONOUS
        ),
        Case("integration method GET", "R LS", FAILING, Sent("GET /dev/get"), internal, ok),
        Case("not permitted", "M notes", FAILING, Sent("GET /dev/forbidden"), internal, ok, only="embedded"),
        Case("throttled", "M notes", FAILING, Sent("GET /dev/throttled"), internal, ok),
        Case("timed out", "M notes", FAILING, Sent("GET /dev/slow"), timed_out, SLEEPS),
        Case(
            "timed out, edge",
            "M notes",
            FAILING_EDGE,
            Sent("GET /dev/slow"),
            all_of(gateways_own(504, "Endpoint request timed out", edge=True), _root_only),
            SLEEPS,
        ),
        Case(
            "malformed, edge",
            "M notes",
            ANY_EDGE,
            Sent("GET /test/x"),
            all_of(gateways_own(502, INTERNAL, edge=True), _root_only),
            "Bad response",
        ),
    ]


def _root_only(answer) -> None:
    """An error of an edge API names the root of the trace and nothing else."""
    trace = answer.header("X-Amzn-Trace-Id")
    assert trace.startswith("Root=1-")
    assert ";" not in trace


CASES = _failures()
