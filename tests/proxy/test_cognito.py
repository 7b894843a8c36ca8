"""Claims in the event. Source: stackd's capture `rest-jwt-id` (AWS, September 2026)."""

from __future__ import annotations

from tests.proxy.builders import event, request, stage

from apitool.proxy.cognito import cognito_authorizer
from apitool.proxy.exchange import Caller


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
