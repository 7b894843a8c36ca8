"""IAM policy documents: what they make of a request to an API, alone and as the API's resource policy."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import guarded, header, invocation, policy, refusal, request, stage

from apitool.proxy.policies.conditions import hold
from apitool.proxy.policies.decision import Asked, decide
from apitool.proxy.policies.wildcards import matches

ARN = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/dev/GET/orders/7"
API_ARN = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5"


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("*", "", True),
        ("*", "a/b:c\nd", True),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("a*c", "abbc", True),
        ("a.c", "abc", False),
        ("A*", "abc", False),
        ("a***********************b", "a" * 5000, False),
    ],
)
def test_wildcards_cross_everything_and_know_case(pattern, text, found):
    assert matches(pattern, text) is found


@pytest.mark.parametrize(
    ("resource", "effect"),
    [
        ("*", "allow"),
        (ARN, "allow"),
        (f"{API_ARN}/*", "allow"),
        (f"{API_ARN}/dev/GET/orders/*", "allow"),
        (f"{API_ARN}/*/*/orders/?", "allow"),
        (f"{API_ARN}/dev/POST/orders/7", "implicit-deny"),
        (f"{API_ARN}/prod/*", "implicit-deny"),
        ("execute-api:/dev/GET/*", "allow"),
        ("execute-api:/dev/POST/*", "implicit-deny"),
        ([f"{API_ARN}/no", ARN], "allow"),
        ([], "implicit-deny"),
        (None, "implicit-deny"),
    ],
)
def test_a_statement_covers_the_resources_it_names(resource, effect):
    assert decide(policy(resource=resource), Asked(ARN)).effect == effect


@pytest.mark.parametrize(
    ("statements", "effect"),
    [
        ([], "implicit-deny"),
        ([{"Effect": "Allow", "Action": "*", "Resource": "*"}], "allow"),
        ([{"Effect": "Allow", "Action": "EXECUTE-API:invoke", "Resource": "*"}], "allow"),
        ([{"Effect": "Allow", "Action": "execute-api:InvalidateCache", "Resource": "*"}], "implicit-deny"),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], "allow"),
        ([{"Effect": "Allow", "Action": "*", "NotResource": ARN}], "implicit-deny"),
        ([{"Effect": "allow", "Action": "*", "Resource": "*"}], "implicit-deny"),
        ([{"Action": "*", "Resource": "*"}], "implicit-deny"),
        (
            [
                {"Effect": "Allow", "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "Action": "*", "Resource": ARN},
            ],
            "explicit-deny",
        ),
    ],
)
def test_a_deny_wins_over_every_allow(statements, effect):
    assert decide({"Statement": statements}, Asked(ARN)).effect == effect
    assert decide({"Statement": statements[::-1]}, Asked(ARN)).effect == effect


def test_one_statement_may_stand_alone():
    alone = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    assert decide(alone, Asked(ARN)).effect == "allow"


@pytest.mark.parametrize(
    ("principal", "covered"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": "*"}}, True),
        ({"Principal": {"AWS": ["arn:me", "arn:you"]}}, True),
        ({"Principal": {"AWS": "arn:you"}}, False),
        ({"Principal": {"Service": "x.amazonaws.com"}}, False),
        ({"NotPrincipal": {"AWS": "arn:you"}}, True),
        ({"NotPrincipal": "*"}, False),
        ({}, True),
    ],
)
def test_a_statement_is_about_the_principals_it_names(principal, covered):
    found = decide(policy(**principal), Asked(ARN, principal="arn:me"))
    assert (found.effect == "allow") is covered


KNOWN = {"aws:sourceip": "10.1.2.3", "aws:useragent": "Tool/1", "aws:securetransport": "true"}


@pytest.mark.parametrize(
    ("operator", "key", "value", "holds"),
    [
        ("IpAddress", "aws:SourceIp", "10.0.0.0/8", True),
        ("IpAddress", "aws:SourceIp", ["1.2.3.4/32", "10.1.2.3"], True),
        ("IpAddress", "AWS:sourceip", "11.0.0.0/8", False),
        ("IpAddress", "aws:SourceIp", "nonsense", False),
        ("NotIpAddress", "aws:SourceIp", "10.0.0.0/8", False),
        ("NotIpAddress", "aws:SourceIp", ["1.2.3.4/32", "5.6.7.8"], True),
        ("StringEquals", "aws:UserAgent", "tool/1", False),
        ("StringEqualsIgnoreCase", "aws:UserAgent", "tool/1", True),
        ("StringNotEquals", "aws:UserAgent", "Tool/1", False),
        ("StringLike", "aws:UserAgent", "Tool/*", True),
        ("StringNotLike", "aws:UserAgent", "Tool/*", False),
        ("Bool", "aws:SecureTransport", False, False),
        ("Bool", "aws:SecureTransport", "true", True),
        ("StringEquals", "aws:SourceVpc", "vpc-1", False),
        ("StringNotEquals", "aws:SourceVpc", "vpc-1", True),
        ("StringEqualsIfExists", "aws:SourceVpc", "vpc-1", True),
        ("ForAnyValue:StringEquals", "aws:UserAgent", ["x", "Tool/1"], True),
        ("DateGreaterThan", "aws:CurrentTime", "2020-01-01", None),
        ("Null", "aws:SourceVpc", "true", None),
    ],
)
def test_conditions_hold_fail_or_are_not_known_here(operator, key, value, holds):
    assert hold({operator: {key: value}}, KNOWN) is holds


def test_every_condition_must_hold():
    address = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    agent = {"StringEquals": {"aws:UserAgent": "other"}}
    unknown = {"DateLessThan": {"aws:CurrentTime": "2020-01-01"}}
    assert hold({**address, **agent}, KNOWN) is False
    assert hold({**address, **unknown}, KNOWN) is None
    assert hold({**agent, **unknown}, KNOWN) is False


@pytest.mark.parametrize(("effect", "found"), [("Allow", "implicit-deny"), ("Deny", "explicit-deny")])
def test_a_condition_nobody_understands_is_read_the_strict_way(effect, found):
    condition = {"DateLessThan": {"aws:CurrentTime": "2020-01-01"}}
    decision = decide(policy(effect, Condition=condition), Asked(ARN, KNOWN))
    assert (decision.effect, decision.certain) == (found, False)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.just("*"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["AWS", "IpAddress", "aws:SourceIp", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
MEMBERS = ["Effect", "Action", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"]
STATEMENTS = st.dictionaries(st.sampled_from(MEMBERS), JSON_VALUES | st.sampled_from(["Allow", "Deny"]))


@settings(deadline=None)
@given(written=JSON_VALUES | st.lists(STATEMENTS, max_size=3))
def test_anything_written_in_a_policy_is_decided(written):
    assert decide({"Statement": written}, Asked(ARN, KNOWN)).effect in {
        "allow",
        "explicit-deny",
        "implicit-deny",
    }


def guarded_by(*statements: dict, **integration):
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    return stage(**{"x-amazon-apigateway-policy": document}, **integration)


ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
DENY_OFFICE = {
    **ALLOW,
    "Effect": "Deny",
    "Condition": {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24"]}},
}


def test_a_policy_lets_in_whom_it_allows():
    invocation(guarded_by(ALLOW))
    elsewhere = {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}}
    invocation(guarded_by(ALLOW, {**DENY_OFFICE, "Condition": elsewhere}))


def test_a_policy_may_look_at_agent_and_referer():
    agent = {"StringLike": {"aws:UserAgent": "bad*"}}
    served = guarded_by(ALLOW, {**ALLOW, "Effect": "Deny", "Condition": agent})
    invocation(served, request(user_agent="good"))
    assert refusal(served, request(user_agent="badbot")).status == 403


def test_a_denied_request_is_told_who_what_and_why():
    # Measured on AWS up to the reason, which is ours by analogy to that of authorizers.
    given_answer = refusal(guarded_by(ALLOW, DENY_OFFICE), request("GET /dev/orders/7"))
    assert given_answer.status == 403
    assert header(given_answer, "x-amzn-ErrorType") == "AccessDeniedException"
    arn = "arn:aws:execute-api:us-east-1:********0000:a1b2c3d4e5/dev/GET/orders/7"
    assert json.loads(given_answer.body) == {
        "Message": "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
        f"{arn} with an explicit deny in a resource-based policy"
    }
    assert given_answer.verdict.rule == "request.resource-policy"


def test_a_policy_that_allows_nobody_turns_everybody_away():
    given_answer = refusal(guarded_by({**ALLOW, "Resource": "execute-api:/prod/*"}))
    assert given_answer.status == 403
    assert b"because no resource-based policy allows the execute-api:Invoke action" in given_answer.body


def test_the_policy_comes_before_the_authorizer():
    document = {"Version": "2012-10-17", "Statement": [ALLOW, DENY_OFFICE]}
    served = stage(**guarded(), **{"x-amazon-apigateway-policy": document})
    assert refusal(served, request("GET /dev/guarded")).status == 403  # without a token: 401 else


@pytest.mark.parametrize(("kind", "status"), [("token", 401), ("cognito_user_pools", 403)])
def test_what_a_policy_does_not_mention_is_left_to_a_lambda_authorizer_only(kind, status):
    # AWS documentation, "How API Gateway resource policies affect authorization workflow".
    served = stage(
        **guarded(kind),
        **{"x-amazon-apigateway-policy": policy(resource="execute-api:/prod/*", Principal="*")},
    )
    assert refusal(served, request("GET /dev/guarded")).status == status


def test_a_route_that_does_not_exist_is_not_asked_about():
    served = stage("GET /a", **{"x-amazon-apigateway-policy": policy("Deny", Principal="*")})
    assert b"Missing Authentication Token" in refusal(served, request("GET /dev/b")).body
