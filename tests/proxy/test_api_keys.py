"""API keys, usage plans and quotas. Recorded by stackd (api_key_runtime, September 2026) unless a test says
otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.proxy.builders import PROXY, header, logging, request, returned, stage, step

from apitool.proxy.exchange import Answer, Gates, Invocation, finish
from apitool.proxy.usage.meter import UsageMeter
from apitool.proxy.usage.plans import ApiKey, Limit, Quota, UsagePlan, UsagePlans
from apitool.proxy.usage.quota import period_start

KEY = ApiKey("keyid12345", "known-key-value-0123456789")
OFF = ApiKey("keyid67890", "disabled-key-value", enabled=False)
LOOSE = ApiKey("keyid00000", "key-without-a-plan")
HERE = "a1b2c3d4e5/dev"
SCHEME = {"type": "apiKey", "name": "x-api-key", "in": "header"}


def plans(**plan) -> UsagePlans:
    wanted = UsagePlan("plan12", frozenset({HERE}), frozenset({KEY.id, OFF.id}), **plan)
    return UsagePlans((KEY, OFF, LOOSE), (wanted,))


def served(*, required: bool = True, **options):
    operation = {"x-amazon-apigateway-integration": PROXY, "security": [{"key": []}] if required else []}
    return stage(
        paths={"/orders": {"get": operation, "post": operation}},
        components={"securitySchemes": {"key": SCHEME}},
        **options,
    )


def gates(**plan) -> Gates:
    return Gates(usage=UsageMeter(plans(**plan)))


def sent(key: str | None = None, verb: str = "GET"):
    return request(f"{verb} /dev/orders", **({"x_api_key": key} if key is not None else {}))


def identity(started) -> dict:
    assert isinstance(started, Invocation), started
    return started.event["requestContext"]["identity"]


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (None, "request.no-api-key"),
        ("", "request.no-api-key"),
        ("nobody", "request.api-key-unknown"),
        (OFF.value, "request.api-key-disabled"),
        (LOOSE.value, "request.api-key-without-plan"),
    ],
)
def test_a_method_that_asks_for_a_key_refuses_every_other(key, rule):
    given_answer = step(served(), sent(key), gates())
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.body) == (403, b'{"message":"Forbidden"}')
    assert header(given_answer, "x-amzn-ErrorType") == "ForbiddenException"
    assert given_answer.verdict.rule == rule


def test_a_plan_of_another_stage_does_not_count():
    elsewhere = UsagePlans((KEY,), (UsagePlan("p", frozenset({"a1b2c3d4e5/prod"}), frozenset({KEY.id})),))
    given_answer = step(served(), sent(KEY.value), Gates(usage=UsageMeter(elsewhere)))
    assert isinstance(given_answer, Answer)
    assert given_answer.verdict.rule == "request.api-key-without-plan"


def test_the_function_learns_key_and_id_in_awss_order():
    found = identity(step(served(), sent(KEY.value), gates()))
    assert (found["apiKey"], found["apiKeyId"]) == (KEY.value, KEY.id)
    assert list(found) == [
        *("cognitoIdentityPoolId", "cognitoIdentityId", "apiKey", "principalOrgId"),
        *("cognitoAuthenticationType", "userArn", "apiKeyId", "userAgent", "accountId", "caller"),
        *("sourceIp", "accessKey", "cognitoAuthenticationProvider", "user"),
    ]


def test_a_method_that_asks_for_none_takes_any_and_passes_it_on():
    open_stage = served(required=False)
    unknown = identity(step(open_stage, sent("nobody"), gates()))
    assert unknown["apiKey"] == "nobody"
    assert "apiKeyId" not in unknown
    loose = identity(step(open_stage, sent(LOOSE.value), gates()))
    assert (loose["apiKey"], loose["apiKeyId"]) == (LOOSE.value, LOOSE.id)
    assert "apiKey" not in identity(step(open_stage, sent(), gates()))


def test_the_header_is_respelled_for_the_function():
    started = step(served(), request("GET /dev/orders", **{"X-API-Key": KEY.value}), gates())
    assert isinstance(started, Invocation)
    assert started.event["headers"]["X-Api-Key"] == KEY.value


@pytest.mark.parametrize(("required", "key"), [(True, KEY), (False, KEY), (False, OFF)])
def test_a_quota_that_is_used_up_is_a_429(required, key):
    gate, open_stage = gates(quota=Quota(2, "DAY")), served(required=required)
    for _ in range(2):
        assert isinstance(step(open_stage, sent(key.value), gate), Invocation)
    given_answer = step(open_stage, sent(key.value), gate)
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.body) == (429, b'{"message":"Limit Exceeded"}')
    assert header(given_answer, "x-amzn-ErrorType") == "LimitExceededException"


def test_keys_of_a_plan_have_a_quota_each():
    gate, open_stage = gates(quota=Quota(1, "DAY")), served(required=False)
    assert isinstance(step(open_stage, sent(KEY.value), gate), Invocation)
    assert isinstance(step(open_stage, sent(OFF.value), gate), Invocation)
    assert isinstance(step(open_stage, sent(KEY.value), gate), Answer)


def test_a_quota_is_full_again_in_the_next_period():
    gate = gates(quota=Quota(1, "DAY"))
    start = int(datetime(2026, 9, 24, 23, 59, 59, tzinfo=UTC).timestamp() * 1000)
    assert isinstance(step(served(), sent(KEY.value), gate, now_ms=start), Invocation)
    assert isinstance(step(served(), sent(KEY.value), gate, now_ms=start + 999), Answer)
    assert isinstance(step(served(), sent(KEY.value), gate, now_ms=start + 1000), Invocation)


@pytest.mark.parametrize(
    ("period", "offset", "today", "start"),
    [
        ("DAY", 0, (2026, 9, 24), (2026, 9, 24)),
        ("WEEK", 0, (2026, 9, 24), (2026, 9, 20)),  # a Thursday; weeks begin on Sunday
        ("WEEK", 4, (2026, 9, 24), (2026, 9, 24)),
        ("WEEK", 5, (2026, 9, 24), (2026, 9, 18)),
        ("WEEK", 0, (2026, 9, 20), (2026, 9, 20)),
        ("MONTH", 0, (2026, 9, 24), (2026, 9, 1)),
        ("MONTH", 23, (2026, 9, 24), (2026, 9, 24)),
        ("MONTH", 24, (2026, 9, 24), (2026, 8, 25)),
        ("MONTH", 30, (2026, 3, 5), (2026, 2, 28)),
    ],
)
def test_periods_begin_where_their_offset_says(
    period, offset, today, start
):  # documentation; short months ours
    now_ms = int(datetime(*today, 12, 30, tzinfo=UTC).timestamp() * 1000)
    assert period_start(Quota(1, period, offset), now_ms) == datetime(*start, tzinfo=UTC)


def test_a_throttled_key_is_a_429_of_its_own():  # the type is documented, the rest our guess
    gate = gates(limit=Limit(rate=1, burst=2))
    steps = [step(served(), sent(KEY.value), gate) for _ in range(3)]
    assert [isinstance(found, Invocation) for found in steps] == [True, True, False]
    assert steps[2].body == b'{"message":"Too Many Requests"}'
    assert steps[2].verdict.rule == "request.key-throttled"


def test_a_plan_may_throttle_one_method_alone():  # documentation
    gate = gates(methods={"/orders/GET": Limit(rate=1, burst=1)})
    assert isinstance(step(served(), sent(KEY.value), gate), Invocation)
    assert isinstance(step(served(), sent(KEY.value), gate), Answer)
    assert isinstance(step(served(), sent(KEY.value, "POST"), gate), Invocation)


def test_without_a_meter_any_key_will_do_and_none_will_not():
    assert identity(step(served(), sent("any")))["apiKey"] == "any"
    given_answer = step(served(), sent())
    assert isinstance(given_answer, Answer)
    assert given_answer.status == 403


def test_plans_can_change_while_counting_goes_on():
    meter = UsageMeter(plans(quota=Quota(1, "DAY")))
    gate = Gates(usage=meter)
    assert isinstance(step(served(), sent(KEY.value), gate), Invocation)
    meter.plans = plans(quota=Quota(2, "DAY"))
    assert isinstance(step(served(), sent(KEY.value), gate), Invocation)
    assert isinstance(step(served(), sent(KEY.value), gate), Answer)


def log_of(given_answer: Answer) -> list[str]:
    return [line.partition(") ")[2] for line in given_answer.execution_log]


def test_a_refused_key_is_in_the_log_with_its_reason():  # the refusing line: public notes
    given_answer = step(served(settings=logging()), sent("nobody-knows-this-key"), gates())
    assert isinstance(given_answer, Answer)
    log = log_of(given_answer)
    assert log[1].startswith("Verifying Usage Plan for request: ")
    assert log[1].endswith(f"API Key: ***************is-key API Stage: {HERE}")
    assert "not authorized because method 'GET /orders' requires API Key" in log[2]
    assert len(log) == 3


def test_a_key_nobody_asked_for_is_in_the_log_too():
    started = step(served(required=False, settings=logging()), sent(KEY.value), gates())
    assert isinstance(started, Invocation)
    log = log_of(finish(started, returned({}), now_ms=0))
    assert "authorized because method 'GET /orders' does not require API Key." in log[2]
    assert log[3].startswith("Usage Plan check succeeded for API Key ")


def test_a_key_that_was_asked_for_and_found_writes_no_reason():  # a public log of 2016
    started = step(served(settings=logging(trace=True)), sent(KEY.value), gates())
    assert isinstance(started, Invocation)
    log = log_of(finish(started, returned({}), now_ms=0))
    assert log[2].startswith("Usage Plan check succeeded for API Key ********************456789 and")
    assert log[4:7] == [
        "HTTP Method: GET, Resource Path: /orders",
        "API Key: ********************456789",
        f"API Key ID: {KEY.id}",
    ]


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        ({"limit": Limit(1, 1)}, "Key throttle limit exceeded for RestApi a1b2c3d4e5, Stage dev, "),
        (
            {"quota": Quota(1, "DAY")},
            "Key quota limit exceeded for Usage Plan plan12, Key keyid12345. ",
        ),
    ],
)
def test_a_limit_that_was_reached_is_in_the_log(
    plan, line
):  # of a throttle measured in 2019; the quota's ours
    gate, logged = gates(**plan), served(settings=logging("ERROR"))
    assert isinstance(step(logged, sent(KEY.value), gate), Invocation)
    given_answer = step(logged, sent(KEY.value), gate)
    assert isinstance(given_answer, Answer)
    log = log_of(given_answer)
    assert log[0].startswith(line)
    assert log[1:] == ["Method completed with status: 429"]
