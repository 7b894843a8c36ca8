"""Lines of three logs become requests: interleaved, out of order, late, cut, and in bounded memory."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.logs import recorded
from tests.logs.recorded import LAMBDA_ID, RID

from apitool.logs.joining import Joiner

OTHER = RID.replace("6", "9")
REPORT = (
    f"REPORT RequestId: {LAMBDA_ID}\tDuration: 12.30 ms\tBilled Duration: 113 ms\tMemory Size: 128 MB\t"
    "Max Memory Used: 40 MB\tInit Duration: 100.00 ms\t\nXRAY TraceId: 1-a-b\tSegmentId: c\tSampled: true\n"
)
FUNCTION = [
    f"START RequestId: {LAMBDA_ID} Version: 3\n",
    "[ERROR] ValueError: no\n",
    f"END RequestId: {LAMBDA_ID}\n",
    REPORT,
]
ACCESS = json.dumps(
    {
        "requestId": RID,
        "status": "200",
        "responseLatency": "51",
        "integrationLatency": "46",
        "path": "/probe/q",
    }
)


def joined(lines, **options):
    joiner = Joiner(1_000, **options)
    for source, message in lines:
        joiner.add(source, "s", 5, message)
    return joiner.rest()


def test_a_request_has_the_lines_of_all_three_logs():
    lines = [("lambda", each) for each in FUNCTION]
    lines += [("gateway", each) for each in recorded.logged(recorded.INFO)]
    (request,) = joined([*lines, ("access", ACCESS)])
    assert (request.status, request.latency_ms, request.overhead_ms) == (200, 51, 5)
    assert (request.invocation.duration_ms, request.invocation.init_ms) == (12.3, 100)
    assert "ValueError" in request.invocation.text


def test_interleaved_requests_are_told_apart():
    pairs = zip(recorded.logged(recorded.INFO), recorded.logged(recorded.FULL, OTHER), strict=False)
    requests = joined([("gateway", line) for pair in pairs for line in pair])
    assert {each.id for each in requests} == {RID, OTHER}


@given(st.permutations([*[("gateway", line) for line in recorded.logged(recorded.INFO)], ("access", ACCESS)]))
def test_the_order_of_lines_does_not_matter(lines):
    (request,) = joined(lines)
    assert (request.status, request.method, request.latency_ms) == (200, "GET", 51)


def test_json_lines_of_a_function_are_joined_too():
    record = {"requestId": LAMBDA_ID, "metrics": {"durationMs": 3.5, "initDurationMs": 80}, "status": "error"}
    lines = [
        json.dumps({"level": "ERROR", "message": "no", "requestId": LAMBDA_ID}),
        json.dumps({"type": "platform.report", "record": {**record, "errorType": "Runtime.ExitError"}}),
    ]
    gateway = [("gateway", line) for line in recorded.logged(recorded.INFO)]
    (request,) = joined([*[("lambda", line) for line in lines], *gateway])
    assert (request.invocation.duration_ms, request.invocation.error_type) == (3.5, "Runtime.ExitError")


def test_a_path_of_the_access_log_loses_its_stage():
    (request,) = joined([("access", ACCESS)], stage="probe")
    assert request.path == "/q"


def test_lines_of_a_websocket_api_are_no_request():
    assert joined([("gateway", "(abc=) [abc=] Verifying Usage Plan for request: abc=")]) == []


def test_an_access_line_with_quotes_inside_a_value_is_read():
    line = f'{{"requestId":"{RID}","errorMessage":"he said "no", twice","status":"500"}}'
    (request,) = joined([("access", line)])
    assert (request.status, request.error_message) == (500, 'he said "no", twice')


def test_a_finished_request_goes_out_when_nothing_more_came():
    joiner = Joiner(1_000)
    for message in recorded.logged(recorded.INFO):
        joiner.add("gateway", "s", 5, message)
    assert joiner.settled() == []
    joiner.now_ms = 1_001
    assert [each.id for each in joiner.settled()] == [RID]
    assert joiner.rest() == []


def test_memory_holds_only_so_many_open_requests():
    joiner = Joiner(1_000)
    out = 0
    for number in range(20_000):
        joiner.add("gateway", "s", 5, f"({number}) Starting execution for request: {number}")
        out += len(joiner.settled()) if number % 1_000 == 0 else 0
    assert out > 10_000
    assert out + len(joiner.rest()) == 20_000


@given(
    st.lists(st.tuples(st.sampled_from(["gateway", "access", "lambda"]), st.text(max_size=80)), max_size=40)
)
def test_no_lines_make_joining_fail(lines):
    for request in joined(lines):
        assert request.last_ms >= 0
