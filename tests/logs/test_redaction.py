"""No credential is shown, whatever log, format or quoting it stands in; bodies only when asked for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.logs.redaction import Redaction

SECRET = "s3cr3t-8d1f60b2"
EVENT = {
    "headers": {"Authorization": f"Bearer {SECRET}", "Cookie": f"sid={SECRET}", "Accept": "text/html"},
    "multiValueHeaders": {"X-Api-Key": [SECRET, SECRET]},
    "body": json.dumps({"password": SECRET, "item": "tea"}),
    "token": 12345678,
}
LINES = [
    f"Method request headers: {{Accept=*/*, Authorization=Bearer {SECRET}, Cookie=a=b; c={SECRET}, Host=x}}",
    f"Method request query string: {{access_token={SECRET}, page=2}}",
    f"Endpoint request headers: {{X-Amz-Security-Token={SECRET} [TRUNCATED]",
    f"Endpoint response headers: {{Set-Cookie=sid={SECRET}; Path=/, x-amzn-RequestId=1}}",
    f"Endpoint request body after transformations: {json.dumps(EVENT)}",
    f"Endpoint request body after transformations: {json.dumps(EVENT)[:60]} [TRUNCATED]",
    f"Method response body after transformations: {{'password': '{SECRET}'}}",
    f"Incoming identity: {SECRET}",
    f"Lambda execution failed with status 200 due to customer function error: bad token={SECRET}.",
]


@pytest.mark.parametrize("bodies", [False, True])
@pytest.mark.parametrize("line", LINES)
def test_no_credential_of_an_execution_log_is_shown(line, bodies):
    shown = Redaction(bodies).execution_line(line)
    assert SECRET not in shown
    assert shown.startswith(line.partition(":")[0])


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(EVENT),
        repr(EVENT),
        f"Authorization: Bearer {SECRET}",
        f"password={SECRET}&x=1",
        f"calling with Bearer {SECRET}",
        f"jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{SECRET}",
        "key AKIAIOSFODNN7EXAMPLE",
        f'{{"client_secret": "a\\"{SECRET}"}}',
    ],
)
def test_no_credential_of_a_functions_line_is_shown(line):
    shown = Redaction(bodies=True).free_text(line)
    assert SECRET not in shown
    assert "AKIAIOSFODNN7EXAMPLE" not in shown


def test_what_is_no_credential_stays():
    line = "Method request headers: {Accept=text/html, */*, Host=api.example.com}"
    assert Redaction().execution_line(line) == line


def test_a_body_is_its_shape():
    line = 'Method request body before transformations: {"item": "tea", "tags": ["a"], "n": 2}'
    shown = Redaction().execution_line(line)
    assert shown.endswith("{item: string(3), tags: [1 of string(1)], n: number}")
    assert "tea" in Redaction(bodies=True).execution_line(line)


@given(
    st.text(alphabet=st.characters(categories=["L", "N"]), min_size=12, max_size=30),
    st.sampled_from(
        ["authorization", "X-Api-Key", "set-cookie", "refreshToken", "db_password", "clientSecret"]
    ),
)
def test_a_value_under_a_secret_name_is_gone_from_json(value, name):
    shown = Redaction(bodies=True).free_text(json.dumps({"a": 1, name: value}, ensure_ascii=False))
    assert value not in shown


@given(st.text(max_size=300))
def test_any_text_can_be_shown(text):
    Redaction().execution_line(text)
    Redaction(bodies=True).free_text(text)
