"""Where nobody recorded AWS: our verdict is the strict one and says that it is not recorded."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import answer, header, returned

from apitool.proxy.outcome import InvokeRefused, Returned
from apitool.proxy.response import MAX_LAMBDA_PAYLOAD, Asked, judge, judge_payload, judge_value
from apitool.proxy.verdict import Verdict


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        [{"statusCode": 200}],
        42,
        True,
        {"statusCode": None},
        {"statusCode": 0},
        {"statusCode": 99},
        {"statusCode": 101},
        {"statusCode": 600},
        {"statusCode": 1000},
        {"statusCode": -1},
        {"statusCode": 200.0},
        {"statusCode": True},
        {"statusCode": " 200"},
        {"statusCode": "200.0"},
        {"statusCode": "-200"},
        {"statusCode": []},
        {"body": 42},
        {"body": True},
        {"body": [1]},
        {"headers": []},
        {"headers": "Content-Type: text/plain"},
        {"headers": {"X-Count": 3}},
        {"headers": {"X-Null": None}},
        {"headers": {"X-List": ["a"]}},
        {"headers": {"X Bad": "a"}},
        {"headers": {"": "a"}},
        {"headers": {"X-Split": "a\r\nSet-Cookie: b=1"}},
        {"headers": {"X-Snow": "☃"}},
        {"multiValueHeaders": {"X": [1]}},
        {"multiValueHeaders": {"X": [None]}},
        {"multiValueHeaders": {"X": {}}},
        {"multiValueHeaders": "X"},
        {"isBase64Encoded": "true"},
        {"isBase64Encoded": None},
        {"base64Encoded": True},
        {"cookies": ["a=1"]},
        {"headers": {"X": "a" * 10_241}},
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_an_unrecorded_shape_is_refused_and_marked(value):
    verdict = judge_value(value)
    assert not verdict.accepted
    assert verdict.status == 502
    assert not verdict.recorded
    assert verdict.finding is not None
    assert not verdict.finding.recorded
    assert verdict.finding.fix


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ({"body": None}, "response.body-null"),
        ({"multiValueHeaders": None}, "response.multi-headers-null"),
        ({"headers": {"Content-Length": "3"}}, "response.header-belongs-to-the-gateway"),
        ({"body": "half \ud83d"}, "response.body-lone-surrogate"),
    ],
)
def test_what_passes_unrecorded_passes_with_a_warning(value, rule):
    verdict = judge_value(value)
    assert verdict.accepted
    assert not verdict.recorded
    assert [finding.rule for finding in verdict.findings] == [rule]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ({"statusCode": "201"}, "response.status-is-a-string"),
        ({"headers": {"a": True}}, "response.header-is-a-boolean"),
    ],
)
def test_what_aws_coerces_passes_with_a_warning(value, rule):
    verdict = judge_value(value)
    assert verdict.accepted
    assert verdict.recorded
    assert [finding.rule for finding in verdict.findings] == [rule]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b'{"statusCode": NaN}',
        b'{"statusCode": Infinity}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 5_000,
    ],
    ids=["empty", "cut", "nan", "infinity", "not-utf8", "deep", "long-number"],
)
def test_a_payload_that_is_not_json_is_refused(payload):
    verdict = judge_payload(payload)
    assert (verdict.accepted, verdict.status) == (False, 502)


def test_every_problem_is_listed_and_the_first_decides():
    verdict = judge_value({"status": 200, "body": {}, "headers": {"a": 1}})
    assert [finding.pointer for finding in verdict.findings] == ["/status", "/headers/a", "/body"]
    assert verdict.findings[0].fix == "Write `statusCode`"
    assert verdict.rule == "response.unknown-key"


def test_pointers_escape_slashes():
    (finding,) = judge_value({"headers": {"a/b~c": "v"}}).findings
    assert finding.pointer == "/headers/a~1b~0c"


def test_an_answer_over_lambdas_limit_is_a_function_error():
    verdict = judge_payload(b'"' + b"a" * MAX_LAMBDA_PAYLOAD + b'"')
    assert verdict.status == 502
    assert verdict.response_type == "INTEGRATION_FAILURE"
    assert "6291556 bytes" in (verdict.integration_error or "")


@pytest.mark.parametrize("name", ["Content-Length", "date", "Connection", "Server", "WWW-Authenticate"])
def test_headers_of_the_gateway_are_renamed(name):
    given_answer = answer(returned({"headers": {name: "mine"}}))
    assert header(given_answer, f"x-amzn-Remapped-{name}") == "mine"
    assert "mine" not in [value for key, value in given_answer.headers if key.lower() == name.lower()]


def test_a_function_can_not_set_the_gateways_own_ids():
    given_answer = answer(returned({"headers": {"x-amzn-requestid": "mine", "x-amzn-ErrorType": "mine"}}))
    assert "mine" not in [value for _, value in given_answer.headers]


def test_a_function_that_does_not_exist_is_a_500_and_not_recorded():
    verdict = judge(InvokeRefused("not-found", "id", 3))
    assert verdict.status == 500
    assert not verdict.recorded


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
MEMBER = {
    "statusCode": JSON | st.integers(190, 610) | st.sampled_from(["200", "²00"]),
    "headers": JSON | st.dictionaries(st.text(max_size=8), JSON, max_size=3),
    "multiValueHeaders": JSON | st.dictionaries(st.text(max_size=8), st.lists(st.text()), max_size=3),
    "body": JSON,
    "isBase64Encoded": JSON,
}


@given(value=JSON | st.fixed_dictionaries({}, optional=MEMBER), accept=st.none() | st.text())
def test_judging_never_raises_and_always_explains_a_refusal(value, accept):
    asked = Asked(accept=accept, binary_media_types=("image/png", "*/*"))
    by_payload = judge(Returned(json.dumps(value).encode(), "id", 1), asked)
    for verdict in (judge_value(value, asked), by_payload):
        assert isinstance(verdict, Verdict)
        assert verdict.accepted or (verdict.finding is not None and verdict.status >= 500)
        assert isinstance(verdict.body, bytes)
        assert 200 <= verdict.status <= 599


@given(st.binary())
def test_judging_any_bytes_never_raises(payload):
    assert judge_payload(payload).status >= 200


@given(st.fixed_dictionaries({}, optional=MEMBER))
def test_accepted_headers_can_be_put_on_the_wire(value):
    for name, text in judge_value(value).headers:
        assert name.isascii()
        assert name
        assert not {"\r", "\n", "\0"} & set(text)
        text.encode("latin-1")
