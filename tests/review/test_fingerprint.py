"""A fingerprint stands for one change, and gives no secret away."""

from __future__ import annotations

import copy
import json

import pytest
from tests.review.golden import NAMES, document
from tests.review.scenarios import CANARIES

from apitool.review import concealed, fingerprint

KEY = b"k" * 32


def other_secrets(plan):
    """The same plan with another value in the place of every secret."""
    text = json.dumps(plan)
    for canary in CANARIES.values():
        text = text.replace(canary, canary[::-1])
    return json.loads(text)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_key_the_values_of_secrets_are_not_in_it(name):
    plan = document(name)
    assert fingerprint.of(plan, {}) == fingerprint.of(other_secrets(plan), {})


def test_with_a_key_they_are():
    plan = document("first_plan")
    assert fingerprint.of(plan, {}, KEY) != fingerprint.of(other_secrets(plan), {}, KEY)


def test_with_a_key_nobody_can_try_values_without_it():
    plan = document("first_plan")
    assert len({fingerprint.of(plan, {}, key) for key in (b"", KEY, b"x" * 32)}) == 3


@pytest.mark.parametrize("key", [b"", KEY])
def test_that_a_secret_changes_is_in_it_and_by_which_name(key):
    plan = document("environment_value_changed")
    unchanged = copy.deepcopy(plan)
    for record in unchanged["resource_changes"]:
        if record["type"] == "aws_lambda_function":
            record["change"]["after"]["environment"] = record["change"]["before"]["environment"]
    assert fingerprint.of(plan, {}, key) != fingerprint.of(unchanged, {}, key)
    renamed = json.loads(json.dumps(plan).replace('"PARTNER"', '"PARTNERS"'))
    assert fingerprint.of(plan, {}, key) != fingerprint.of(renamed, {}, key)


@pytest.mark.parametrize("key", [b"", KEY])
def test_order_and_time_are_not_in_it(key):
    plan = document("route_added")
    shuffled = copy.deepcopy(plan)
    shuffled["resource_changes"].reverse()
    shuffled["timestamp"] = "2030-01-01T00:00:00Z"
    assert fingerprint.of(plan, {"a": "1", "b": "2"}, key) == fingerprint.of(
        shuffled, {"b": "2", "a": "1"}, key
    )


def test_what_terraform_marks_is_concealed_at_any_depth():
    change = {
        "before": {"a": [{"b": "one", "c": "open"}], "d": "same"},
        "after": {"a": [{"b": "two", "c": "open"}], "d": "same"},
        "before_sensitive": {"a": [{"b": True}], "d": True},
        "after_sensitive": {"a": [{"b": True}], "d": True},
    }
    before, after = concealed.pair(change, "x_y")
    assert before == {"a": [{"b": "secret", "c": "open"}], "d": "secret"}
    assert after == {"a": [{"b": "another secret", "c": "open"}], "d": "secret"}


def test_a_whole_that_is_sensitive_is_concealed_as_a_whole():
    change = {"before": None, "after": {"a": {"b": ["one"]}}, "after_sensitive": True}
    assert concealed.pair(change, "x_y") == (None, {"a": {"b": ["another secret"]}})


def test_an_output_that_is_sensitive_is_concealed():
    change = {"before": "one", "after": "two", "before_sensitive": True, "after_sensitive": True}
    assert concealed.pair(change, "") == ("secret", "another secret")
