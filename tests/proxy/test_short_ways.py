"""What nearly every request is gets there by a short way; it comes to what the long way comes to."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st
from tests.proxy.builders import IDS, event, request, stage

from apitool.proxy import response, response_shape
from apitool.proxy.response_headers import merged, to_client
from apitool.proxy.response_shape import ProxyResponse, shape_findings

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=8)
NAMES = st.sampled_from(["Content-Type", "content-type", "X-A", "x-a", "Date", "Te", "", "ü"])
HEADERS = st.dictionaries(NAMES, SCALARS, max_size=4)
MEMBERS = st.fixed_dictionaries(
    {},
    optional={
        "statusCode": st.sampled_from([200, 199, 599, 600, "200", True, 200.0, None]),
        "headers": HEADERS | SCALARS,
        "multiValueHeaders": st.dictionaries(NAMES, st.lists(SCALARS, max_size=2) | SCALARS, max_size=2),
        "body": SCALARS,
        "isBase64Encoded": SCALARS,
        "cookies": st.just([]),
    },
)


@given(MEMBERS)
def test_an_answer_taken_for_plain_has_nothing_said_about_it_by_the_long_way(value):
    quickly = shape_findings(value)
    plain, response_shape._is_plain = response_shape._is_plain, lambda _: False
    try:
        assert quickly == shape_findings(value)
    finally:
        response_shape._is_plain = plain


JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(MEMBERS | JSON)
@example([1, "\ud800"])
@example([float("inf")])
def test_a_payload_is_parsed_as_the_library_does(value):
    payload = json.dumps(value)
    assert _read(lambda: response._parsed(payload.encode())) == _read(
        lambda: response._DECODER.decode(payload)
    )


def _read(read):
    try:
        return read()
    except ValueError:
        return "no JSON"


@given(st.dictionaries(NAMES, st.text(max_size=5), max_size=6))
def test_single_headers_are_merged_as_if_there_were_others_too(headers):
    alone = merged(ProxyResponse(headers=headers))
    beside = merged(ProxyResponse(headers=headers, multi_value_headers={"zz": ["1"]}))
    assert set(alone) == set(beside) - {("zz", "1")}


@given(st.lists(st.tuples(NAMES, st.text(max_size=5)), max_size=6).map(tuple))
def test_a_json_type_is_added_where_none_is_said_and_warnings_name_what_does_not_go_out(headers):
    sent, findings = to_client(headers)
    types = [value for name, value in sent if name.lower() == "content-type"]
    told = [value for name, value in headers if name.lower() == "content-type"]
    assert types == (told or ["application/json"])
    gone = {name.lower() for name, _ in headers} - {name.lower() for name, _ in sent}
    assert gone == {finding.what.split("`")[1].lower() for finding in findings}


def test_what_one_request_has_of_its_own_is_not_in_the_next_ones_event():
    served = stage(endpoint_type="EDGE")
    first = event(served, request("GET /dev/a", X_Amzn_Trace_Id="Root=1-1-1", User_Agent="me"))
    second = event(served, request("GET /dev/a", User_Agent="me"))
    third = event(served, request("GET /dev/a", User_Agent="me"))
    assert first["headers"]["X-Amzn-Trace-Id"] == "Root=1-1-1"
    assert second["headers"]["X-Amzn-Trace-Id"] == f"Root=1-6ab58908-{IDS.trace_digits}"
    assert second == third
