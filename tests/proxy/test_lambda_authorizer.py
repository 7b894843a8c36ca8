"""Lambda authorizers: what they are asked, what their answer leads to, what is kept.

Recorded by stackd (rest_lambda_authorizers, regional API, September 2026) unless a test says otherwise.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import (
    AUTHORIZER,
    IDS,
    RECEIVED_MS,
    REQUEST_ID,
    failed_with,
    guarded,
    header,
    logging,
    policy,
    request,
    returned,
    stage,
    step,
)

from apitool.proxy.authorizers.authorizer import Authorizer
from apitool.proxy.authorizers.authorizer_cache import AuthorizerCache
from apitool.proxy.authorizers.authorizer_output import Grant
from apitool.proxy.exchange import Answer, AuthorizerCall, Gates, Invocation, authorized, begin, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused, Returned

ARN = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/dev"
DENIED = (
    b'{"Message":"User is not authorized to access this resource with an explicit deny in an '
    b'identity-based policy"}'
)
NOT_ALLOWED = (
    b'{"Message":"User is not authorized to access this resource because no identity-based policy allows the '
    b'execute-api:Invoke action"}'
)


def output(effect: str = "Allow", resource: str = "*", **more):
    return {"principalId": "user-1", "policyDocument": policy(effect, resource), **more}


def asked(served, sent=None, gates=None, **options) -> AuthorizerCall:
    made = step(served, sent or request("GET /dev/guarded", x_auth="letmein"), gates, **options)
    assert isinstance(made, AuthorizerCall), made
    return made


def after(served, outcome, sent=None, gates=None) -> Answer | Invocation:
    found = authorized(asked(served, sent, gates), outcome, now_ms=RECEIVED_MS + 30)
    assert isinstance(found, (Answer, Invocation))
    return found


def let_in(served, outcome, sent=None, gates=None) -> Invocation:
    found = after(served, outcome, sent, gates)
    assert isinstance(found, Invocation), found
    return found


def turned_away(served, outcome, sent=None, gates=None) -> Answer:
    found = after(served, outcome, sent, gates)
    assert isinstance(found, Answer), found
    return found


def test_a_token_authorizer_sees_type_method_and_token():
    made = asked(stage(**guarded()))
    assert made.function_arn == AUTHORIZER
    assert made.event == {
        "type": "TOKEN",
        "methodArn": f"{ARN}/GET/guarded",
        "authorizationToken": "letmein",
    }
    assert json.loads(made.payload) == made.event
    assert made.source_arn.startswith(f"{ARN.removesuffix('/dev')}/authorizers/")


def test_a_request_authorizer_sees_the_request_without_its_body():
    served = stage(
        **guarded("request", "/guarded/{id}"), settings=StageSettings(variables={"table": "orders"})
    )
    made = asked(served, request("GET /dev/guarded/7?a=1&a=2", x_auth="t", host="h", body=b"secret"))
    event = made.event
    assert list(event) == [
        *("type", "methodArn", "resource", "path", "httpMethod", "headers", "multiValueHeaders"),
        *("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables"),
        "requestContext",
    ]
    assert (event["type"], event["methodArn"]) == ("REQUEST", f"{ARN}/GET/guarded/7")
    assert (event["resource"], event["path"]) == ("/guarded/{id}", "/guarded/7")
    assert event["queryStringParameters"] == {"a": "2"}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"]}
    assert event["pathParameters"] == {"id": "7"}
    assert event["stageVariables"] == {"table": "orders"}
    assert event["headers"]["x-auth"] == "t"
    assert event["requestContext"]["requestId"] == REQUEST_ID
    assert "secret" not in made.payload.decode()


def test_what_is_empty_is_an_empty_object_for_an_authorizer():
    event = asked(stage(**guarded("request"))).event
    names = ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables")
    assert [event[name] for name in names] == [{}, {}, {}, {}]


@pytest.mark.parametrize(
    ("declared", "line", "headers"),
    [
        ({}, "GET /dev/guarded", {}),
        ({}, "GET /dev/guarded", {"x_auth": ""}),
        ({"identitySource": "method.request.querystring.key"}, "GET /dev/guarded", {"x_auth": "t"}),
        ({"identitySource": "method.request.querystring.key"}, "GET /dev/guarded?key=", {}),
        (
            {"identitySource": "method.request.header.X-Auth, method.request.querystring.key"},
            "GET /dev/guarded?key=1",
            {},
        ),
        ({"identityValidationExpression": "valid-[0-9]+"}, "GET /dev/guarded", {"x_auth": "valid-x"}),
        ({"identityValidationExpression": "valid"}, "GET /dev/guarded", {"x_auth": "valid and more"}),
    ],
)
def test_a_missing_or_unfit_identity_is_a_401_without_a_call(declared, line, headers):
    given_answer = step(stage(**guarded(**declared)), request(line, **headers))
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.body) == (401, b'{"message":"Unauthorized"}')
    assert header(given_answer, "x-amzn-ErrorType") == "UnauthorizedException"


def test_a_request_authorizer_without_identity_sources_is_always_asked():
    made = asked(stage(**guarded("request", identitySource="")), request("GET /dev/guarded"))
    assert made.identity == ()


def test_several_identity_sources_are_looked_at_together():
    source = "method.request.header.X-Auth,method.request.querystring.q,context.httpMethod,stageVariables.v"
    served = stage(
        **guarded("request", identitySource=source), settings=StageSettings(variables={"v": "blue"})
    )
    made = asked(served, request("GET /dev/guarded?q=1", x_auth="t"))
    assert made.identity == ("t", "1", "GET", "blue")


def test_what_the_authorizer_knows_reaches_the_function_as_text():
    context = {"text": "a", "number": 123, "fraction": 1.5, "yes": True, "no": False, "zero": 0}
    event = let_in(stage(**guarded()), returned(output(context=context))).event
    assert event["requestContext"]["authorizer"] == {
        "text": "a",
        "number": "123",
        "fraction": "1.5",
        "yes": "true",
        "no": "false",
        "zero": "0",
        "principalId": "user-1",
        "integrationLatency": 46,
    }


@pytest.mark.parametrize(
    ("effect", "resource", "body"),
    [
        ("Deny", "*", DENIED),
        ("Allow", f"{ARN}/POST/*", NOT_ALLOWED),
        ("Allow", f"{ARN}/GET/other", NOT_ALLOWED),
        ("Deny", f"{ARN}/GET/other", NOT_ALLOWED),
    ],
)
def test_a_policy_that_does_not_allow_is_a_403_that_says_why(effect, resource, body):
    given_answer = turned_away(stage(**guarded()), returned(output(effect, resource)))
    assert (given_answer.status, given_answer.body) == (403, body)
    assert header(given_answer, "x-amzn-ErrorType") == "AccessDeniedException"
    assert given_answer.verdict.rule == "authorizer.denied"


def test_raising_unauthorized_is_a_401():
    given_answer = turned_away(stage(**guarded()), failed_with("Unauthorized"))
    assert (given_answer.status, given_answer.body) == (401, b'{"message":"Unauthorized"}')


NULL_MESSAGE = b'{"message":null}'


@pytest.mark.parametrize(
    ("value", "recorded"),
    [
        ({"principalId": "u"}, True),
        (output(context={"nested": {"a": 1}}), True),
        (output(context={"list": [1]}), True),
        ({"policyDocument": policy()}, False),
        ({"principalId": "u", "policyDocument": {"Version": "2012-10-17"}}, True),
        (output(context=[1]), False),
        (None, True),
        ("allow", True),
    ],
)
def test_output_that_can_not_be_used_is_a_500(value, recorded):
    given_answer = turned_away(stage(**guarded()), returned(value))
    assert (given_answer.status, given_answer.body) == (500, NULL_MESSAGE)
    assert header(given_answer, "x-amzn-ErrorType") == "AuthorizerConfigurationException"
    assert given_answer.verdict.finding is not None
    assert given_answer.verdict.finding.recorded is recorded


@pytest.mark.parametrize(
    ("outcome", "rule"),
    [
        (failed_with("unauthorized"), "authorizer.failed"),  # only the one spelling is a 401
        (IntegrationTimeout(29_000), "authorizer.no-answer"),
        (InvokeRefused("throttled", "id", 1), "authorizer.no-answer"),
        (InvokeRefused("not-found", "id", 1), "authorizer.no-answer"),
        (InvokeRefused("not-permitted", "id", 1), "authorizer.not-permitted"),
    ],
)
def test_an_authorizer_that_fails_is_a_500(outcome, rule):
    given_answer = turned_away(stage(**guarded()), outcome)
    assert (given_answer.status, given_answer.verdict.rule) == (500, rule)


def test_the_authorizer_must_name_a_function():
    given_answer = step(stage(**guarded(authorizerUri="")), request("GET /dev/guarded", x_auth="t"))
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.verdict.rule) == (500, "authorizer.no-function-in-uri")


def test_an_answer_is_kept_for_its_time_and_then_asked_again():
    served, gates = stage(**guarded(authorizerResultTtlInSeconds=60)), Gates()
    let_in(served, returned(output()), gates=gates)  # at + 30 ms
    sent = request("GET /dev/guarded", x_auth="letmein")
    kept = step(served, sent, gates, now_ms=RECEIVED_MS + 60_029)
    assert isinstance(kept, Invocation)
    assert kept.event["requestContext"]["authorizer"]["integrationLatency"] == 0
    assert isinstance(step(served, sent, gates, now_ms=RECEIVED_MS + 60_030), AuthorizerCall)


def test_another_identity_is_another_answer():
    served, gates = stage(**guarded()), Gates()
    let_in(served, returned(output()), gates=gates)
    other = request("GET /dev/guarded", x_auth="other")
    assert isinstance(step(served, other, gates), AuthorizerCall)
    more = request("GET /dev/guarded?q=1", x_auth="letmein", x_more="1")
    assert isinstance(step(served, more, gates), Invocation)


def test_a_kept_policy_is_used_for_other_methods_and_may_refuse_them():
    served, gates = stage(**guarded()), Gates()
    let_in(served, returned(output(resource=f"{ARN}/GET/guarded")), gates=gates)
    given_answer = step(served, request("POST /dev/guarded", x_auth="letmein"), gates)
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.body) == (403, NOT_ALLOWED)


def test_a_refusal_is_kept_too():
    served, gates = stage(**guarded()), Gates()
    turned_away(served, returned(output("Deny")), gates=gates)
    again = step(served, request("GET /dev/guarded", x_auth="letmein"), gates)
    assert isinstance(again, Answer)
    assert again.body == DENIED


@pytest.mark.parametrize("outcome", [failed_with("Unauthorized"), returned({}), failed_with("boom")])
def test_what_is_no_policy_is_not_kept(outcome):
    served, gates = stage(**guarded()), Gates()
    turned_away(served, outcome, gates=gates)
    assert isinstance(asked(served, gates=gates), AuthorizerCall)


@pytest.mark.parametrize(
    ("kind", "declared"),
    [("token", {"authorizerResultTtlInSeconds": 0}), ("request", {"identitySource": ""})],
)
def test_without_a_time_to_live_or_an_identity_nothing_is_kept(kind, declared):
    served, gates = stage(**guarded(kind, **declared)), Gates()
    let_in(served, returned(output()), gates=gates)
    assert isinstance(asked(served, gates=gates), AuthorizerCall)


def test_the_cache_does_not_grow_with_what_clients_send():
    cache, authorizer = AuthorizerCache(), Authorizer("who", "TOKEN", "abc123")
    grant = Grant("u", policy())
    for number in range(10_001):
        cache.keep(authorizer, (str(number),), grant, now_ms=0)
    assert cache.find(authorizer, ("0",), 1) is None
    assert cache.find(authorizer, ("10000",), 1) is grant


def test_an_expression_python_can_not_read_takes_any_token():  # our guess; Java's expressions differ
    made = asked(stage(**guarded(identityValidationExpression="(?<x>a")))
    assert made.identity == ("letmein",)


def test_a_flushed_cache_asks_again():
    served, gates = stage(**guarded()), Gates()
    let_in(served, returned(output()), gates=gates)
    assert gates.authorizers is not None
    gates.authorizers.flush()
    assert isinstance(asked(served, gates=gates), AuthorizerCall)


def test_a_caller_without_gates_is_let_in_unasked_with_a_token_and_not_without():
    served = stage(**guarded())
    sent = request("GET /dev/guarded", x_auth="t")
    assert isinstance(begin(served, sent, IDS, now_ms=RECEIVED_MS), Invocation)
    given_answer = begin(served, request("GET /dev/guarded"), IDS, now_ms=RECEIVED_MS)
    assert isinstance(given_answer, Answer)
    assert given_answer.status == 401


def test_the_log_tells_of_the_authorizer_before_the_execution():
    # Texts from public logs of 2016 to 2023; their kinds are our guess.
    served = stage(**guarded(), settings=logging(trace=True))
    made = let_in(served, returned(output()))
    log = [line.partition(") ")[2] for line in finish(made, returned({}), now_ms=RECEIVED_MS).execution_log]
    found = [line.partition(":")[0] for line in log]
    ordered = [
        *("Extended Request Id", "Starting authorizer", "Incoming identity", "Endpoint request URI"),
        *("Endpoint request headers", "Endpoint request body after transformations"),
        *("Sending request to https", "Authorizer result body before parsing"),
        *("Using valid authorizer policy for principal", "Successfully completed authorizer execution"),
        *("Verifying Usage Plan for request",),
    ]
    assert found[: len(ordered)] == ordered
    assert log[2] == "Incoming identity: *******"


def test_the_log_of_a_broken_policy_says_so():
    served = stage(**guarded(), settings=logging())
    log = turned_away(served, returned({"principalId": "u"})).execution_log
    assert log[-2].endswith("Execution failed due to configuration error: Could not parse policy")
    assert log[-1].endswith("AuthorizerConfigurationException")


def test_a_usage_key_of_the_authorizer_becomes_the_api_key():
    served = stage(**guarded(), **{"x-amazon-apigateway-api-key-source": "AUTHORIZER"})
    identity = let_in(served, returned(output(usageIdentifierKey="k-1"))).event["requestContext"]["identity"]
    assert identity["apiKey"] == "k-1"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["Allow", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = ["principalId", "policyDocument", "context", "usageIdentifierKey"]


@settings(deadline=None)
@given(
    payload=st.binary(max_size=20)
    | JSON_VALUES.map(lambda value: json.dumps(value).encode())
    | st.dictionaries(
        st.sampled_from(MEMBERS), JSON_VALUES | st.builds(policy, st.text(max_size=5), JSON_VALUES)
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_output_is_a_caller_or_an_answer(payload):
    found = after(stage(**guarded()), Returned(payload, "id", 3))
    if isinstance(found, Answer):
        assert found.status in {401, 403, 500}
