"""The two steps of a request, and what holds for every answer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import (
    FUNCTION,
    IDS,
    MOCK,
    PROXY,
    RECEIVED_MS,
    answer,
    guarded,
    header,
    invocation,
    logging,
    policy,
    refusal,
    request,
    returned,
    stage,
    step,
)

from apitool.proxy.exchange import Answer, AuthorizerCall, Invocation, authorized, begin, finish
from apitool.proxy.outcome import FunctionError, IntegrationTimeout, InvokeRefused, Returned
from apitool.proxy.request import Request


def test_an_invocation_says_what_to_run_with_what_and_for_how_long():
    started = invocation(stage(integration={**PROXY, "timeoutInMillis": 3000}))
    assert (started.function_arn, started.timeout_ms) == (FUNCTION, 3000)
    assert json.loads(started.payload) == started.event
    assert b'": ' not in started.payload


OUTCOMES = [
    returned({}),
    returned("x"),
    FunctionError("E", "m", "id", 1),
    InvokeRefused("throttled", "id", 1),
    IntegrationTimeout(50),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_edge_api_sends_the_trace_id_on_errors_too(outcome):
    edge = answer(outcome, stage(endpoint_type="EDGE"))
    assert header(edge, "X-Amzn-Trace-Id") is not None
    assert (header(edge, "x-amzn-ErrorType") is None) is edge.verdict.accepted


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_the_verdict_says_what_the_client_got(outcome):
    given_answer = answer(outcome)
    verdict = given_answer.verdict
    assert (verdict.status, verdict.body) == (given_answer.status, given_answer.body)
    assert set(verdict.headers) <= set(given_answer.headers)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_ids_are_on_every_answer_and_in_every_log_line(outcome):
    given_answer = answer(outcome, stage(settings=logging(trace=True)))
    assert header(given_answer, "x-amzn-RequestId") == IDS.request_id
    assert header(given_answer, "x-amz-apigw-id") == IDS.extended_request_id
    assert all(line.startswith(f"({IDS.request_id}) ") for line in given_answer.execution_log)


def test_a_clock_that_goes_back_gives_no_negative_latency():
    settings = logging(
        access_log_destination="arn:x", access_log_format="$context.responseLatency $context.requestId"
    )
    early = finish(invocation(stage(settings=settings)), returned({}), now_ms=RECEIVED_MS - 5_000)
    assert (early.access_log or "").startswith("0 ")


def test_a_method_without_an_integration_is_a_500_that_says_so():
    given_answer = refusal(stage("GET /x", paths={"/x": {"get": {}}}))
    assert given_answer.status == 500
    assert given_answer.verdict.rule == "integration.not-served"


TARGETS = st.text(alphabet="/dev{}%2?&=.;+ é\0", max_size=24).map(lambda text: f"/dev/{text}") | st.text(
    max_size=20
)
NAMES = st.sampled_from(["accept", "Content-Type", "HOST", "x-amzn-trace-id", "X-Forwarded-For", "te", "a"])
WORLD = stage(
    "ANY /{proxy+}",
    "GET /",
    settings=logging(
        trace=True, access_log_destination="arn:x", access_log_format="$context.requestId $context.path"
    ),
    binary=("image/*",),
)
MOCKED = stage("ANY /{proxy+}", integration=MOCK)


@settings(deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "PURGE", ""]),
    target=TARGETS,
    headers=st.lists(st.tuples(NAMES, st.text(max_size=20)), max_size=5),
    body=st.binary(max_size=40),
    payload=st.binary(max_size=40) | st.just(b'{"statusCode":200,"body":"x"}'),
)
def test_any_request_gets_an_answer(method, target, headers, body, payload):
    sent = Request(method, target, tuple(headers), body, "198.51.100.7", RECEIVED_MS)
    for served in (WORLD, MOCKED, None):
        started = begin(served, sent, IDS, now_ms=RECEIVED_MS)
        if isinstance(started, Invocation):
            json.loads(started.payload)
            started = finish(started, Returned(payload, "id", 1), now_ms=RECEIVED_MS)
        assert isinstance(started, Answer)
        assert 200 <= started.status <= 599
        length = 0 if method == "HEAD" else int(header(started, "Content-Length") or 0)
        assert length == len(started.body)
        texts = [line.partition(") ")[2] for line in started.execution_log]
        assert all(len(text.removesuffix(" [TRUNCATED]").encode()) <= 1024 for text in texts)


def test_the_function_of_the_most_specific_route_runs():
    assert invocation(stage("ANY /{proxy+}", "GET /x"), request("GET /dev/x")).event["resource"] == "/x"


@pytest.mark.parametrize(
    ("route", "arn"),
    [
        ("GET /orders/{id}", "GET/orders/{id}"),
        ("ANY /orders/{id}", "ANY/orders/{id}"),  # a public log, 2017
        ("ANY /{proxy+}", "ANY/{proxy+}"),
    ],
)
def test_the_function_is_invoked_for_the_method_as_declared(route, arn):
    started = invocation(stage(route), request("GET /dev/orders/7"))
    api_arn = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5"
    assert started.source_arn == f"{api_arn}/dev/{arn}"


@pytest.mark.parametrize("served", [WORLD, MOCKED])
def test_gates_that_hold_nobody_back_change_nothing(served):
    sent = request("POST /dev/x?a=1", body=b"{}", host="h")
    without, within = begin(served, sent, IDS, now_ms=RECEIVED_MS), step(served, sent, now_ms=RECEIVED_MS)
    if isinstance(without, Invocation):
        assert isinstance(within, Invocation)
        assert without.payload == within.payload
        without, within = (finish(made, returned({}), now_ms=RECEIVED_MS) for made in (without, within))
    assert isinstance(within, Answer)
    assert (without.status, without.headers, without.body) == (within.status, within.headers, within.body)
    assert without.execution_log == within.execution_log


def test_a_whole_request_in_three_steps():
    served = stage(**guarded())
    first = step(served, request("GET /dev/guarded", x_auth="t"))
    assert isinstance(first, AuthorizerCall)
    grant = {"principalId": "u", "policyDocument": policy(), "context": {"team": "red"}}
    second = authorized(first, returned(grant), now_ms=RECEIVED_MS + 2)
    assert isinstance(second, Invocation)
    last = finish(second, returned({"statusCode": 201}), now_ms=RECEIVED_MS + 3)
    assert last.status == 201
    assert second.event["requestContext"]["authorizer"]["team"] == "red"
