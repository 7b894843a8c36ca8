"""What nearly every request is gets there by a short way; it comes to what the long way comes to."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st
from tests.proxy.builders import IDS, event, request, stage

from apitool.proxy import response
from apitool.proxy.plain_answer import plain_verdict
from apitool.proxy.response import Asked
from apitool.proxy.response_headers import MAX_HEADER_BYTES, to_client

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


@given(MEMBERS, st.booleans())
def test_an_answer_judged_at_once_is_judged_as_it_would_be_closely(value, binary):
    at_once = plain_verdict(value)
    asked = Asked("image/png", ("image/png",)) if binary else None
    assert at_once is None or at_once == response._judged(value, asked)


def test_what_nearly_every_function_returns_is_judged_at_once():
    value = {"statusCode": 201, "headers": {"Content-Type": "text/plain", "X-A": "1"}, "body": "ü"}
    assert plain_verdict(value) is not None
    assert plain_verdict({"statusCode": 200}) is not None
    assert plain_verdict({**value, "headers": {"X-A": "x" * MAX_HEADER_BYTES}}) is None


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
