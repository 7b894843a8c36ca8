"""Claims in the event, and tokens that are turned away. Claims: stackd's capture `rest-jwt-id` (AWS,
September 2026). The texts for expired tokens and missing scopes are from public reports.
"""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import RECEIVED_MS, event, guarded, header, invocation, request, stage, step

from apitool.proxy.authorizers.cognito_token import claims_of
from apitool.proxy.cognito import cognito_authorizer
from apitool.proxy.exchange import Answer, Caller, Invocation, finish
from apitool.proxy.outcome import IntegrationTimeout

NOW_S = RECEIVED_MS // 1000


def test_every_claim_is_a_string_and_times_are_dates():
    claims = {"sub": "s", "exp": 1_790_284_571, "iat": 1_790_280_971, "email_verified": True}
    assert cognito_authorizer(claims) == {
        "claims": {
            "sub": "s",
            "exp": "Thu Sep 24 21:16:11 UTC 2026",
            "iat": "Thu Sep 24 20:16:11 UTC 2026",
            "email_verified": "true",
        }
    }


def test_claims_stand_in_the_event_and_the_token_stays_in_the_headers():
    caller = Caller(authorizer=cognito_authorizer({"sub": "s"}))
    sent = event(stage(), request(authorization="Bearer token"), caller=caller)
    assert sent["requestContext"]["authorizer"] == {"claims": {"sub": "s"}}
    assert sent["headers"]["authorization"] == "Bearer token"


def token(**claims: object) -> str:
    parts = ({"alg": "RS256"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join((*encoded, "signature"))


def sent(written: str):
    return request("GET /dev/guarded", x_auth=written)


def test_the_claims_of_a_token_reach_the_function():
    written = token(sub="s", exp=NOW_S + 60, token_use="id", aud="client")
    started = step(stage(**guarded("cognito_user_pools")), sent(f"Bearer {written}"))
    assert isinstance(started, Invocation)
    claims = started.event["requestContext"]["authorizer"]["claims"]
    assert (claims["sub"], claims["token_use"], claims["aud"]) == ("s", "id", "client")
    assert claims["exp"].endswith("UTC 2026")


def test_a_signature_nobody_checked_is_a_warning_on_the_answer():
    started = step(stage(**guarded("cognito_user_pools")), sent(token(sub="s")))
    assert isinstance(started, Invocation)
    findings = finish(started, IntegrationTimeout(1), now_ms=RECEIVED_MS).verdict.findings
    assert [found.rule for found in findings if found.severity == "warning"] == [
        "authorizer.signature-not-checked"
    ]


@pytest.mark.parametrize(
    ("scopes", "written", "message"),
    [
        ((), "not a token", "Unauthorized"),
        ((), "a.b.c", "Unauthorized"),
        ((), token(exp=NOW_S), "The incoming token has expired"),
        ((), token(token_use="access", scope="orders/read"), "Unauthorized"),
        (("orders/write",), token(token_use="access", scope="orders/read openid"), "Unauthorized"),
        (("orders/write",), token(token_use="id"), "Unauthorized"),
    ],
)
def test_a_token_that_does_not_do_is_a_401(scopes, written, message):
    given_answer = step(stage(**guarded("cognito_user_pools", scopes=scopes)), sent(written))
    assert isinstance(given_answer, Answer)
    assert given_answer.status == 401
    assert json.loads(given_answer.body) == {"message": message}
    assert header(given_answer, "x-amzn-ErrorType") == "UnauthorizedException"


def test_one_of_the_scopes_is_enough():
    served = stage(**guarded("cognito_user_pools", scopes=("orders/write", "orders/read")))
    assert isinstance(step(served, sent(token(token_use="access", scope="x orders/read"))), Invocation)


def test_without_gates_the_caller_is_who_the_shell_says():
    caller = Caller(authorizer=cognito_authorizer({"sub": "known"}))
    started = invocation(stage(**guarded("cognito_user_pools")), sent("anything"), caller=caller)
    assert started.event["requestContext"]["authorizer"] == {"claims": {"sub": "known"}}


@given(text=st.text(max_size=30) | st.lists(st.text("ab-_=", max_size=6), max_size=4).map(".".join))
def test_any_text_is_claims_or_none(text):
    assert claims_of(text) is None or isinstance(claims_of(text), dict)
