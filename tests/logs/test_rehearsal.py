"""Patch operations before they are sent: refused where AWS refuses, or accepts and spoils.

Recorded on AWS: stackd (2026), LocalStack's snapshots (2024 to 2026), paths tried on throwaway APIs (2026).
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.errors import UsageError
from apitool.logs import access_switch, rehearsal
from apitool.proxy.method_settings import DEFAULTS, FIELDS, StageSettings

GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/x"
NO_ROLE = "CloudWatch Logs role ARN must be set in account settings to enable logging"
ACCESS_PATHS = (
    "Invalid accessLogSettings path. Must be one of : "
    "[/accessLogSettings/destinationArn, /accessLogSettings/format]"
)
CACHED = {**DEFAULTS, "cachingEnabled": True}
TO_GROUP = f"replace /accessLogSettings/destinationArn {GROUP}"

REFUSED = [  # operations, whether the account has a role, AWS's words
    (["replace /*/*/logging/loglevel INFO"], False, NO_ROLE),
    ([TO_GROUP, "replace /accessLogSettings/format $context.requestId"], False, NO_ROLE),
    (["replace /*/*/logging/loglevel DEBUG"], True, "Invalid logging level specified: DEBUG"),
    (["replace /*/*/logging/loglevel DEBUG"], False, "Invalid logging level specified: DEBUG"),
    (
        ["replace /accessLogSettings/destinationArn not-an-arn"],
        False,
        "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn",
    ),
    (
        [TO_GROUP, "replace /accessLogSettings/format literal-only"],
        True,
        "Access Log format must include either",
    ),
    (["add /accessLogSettings/randomValue updated"], True, ACCESS_PATHS),
    (["add /accessLogSettings test"], True, ACCESS_PATHS),
    (
        ["remove /accessLogSettings/randomValue"],
        True,
        "Cannot remove method setting accessLogSettings/randomValue because there is no method setting",
    ),
    (["replace /lit/ANY/logging/loglevel INFO"], True, "Invalid method setting path: /lit/ANY/"),
    (["replace /~1*~1*/logging/loglevel INFO"], True, "Invalid method setting path: /~1*~1*/"),
    (["replace /documentation_version 123"], True, "Invalid method setting path: /documentation_version"),
    (["replace /tags/tag1 value1"], True, "Invalid method setting path: /tags/tag1"),
    (["remove /*/*"], True, "Cannot remove method setting */*"),
]


def op(text):
    """`replace /a/b value` as API Gateway takes it."""
    name, path, *value = text.split(" ", 2)
    return {"op": name, "path": path} | ({"value": value[0]} if value else {})


def rehearse(*texts, before=None, role=True):
    return rehearsal.rehearsed(before or StageSettings(), [op(each) for each in texts], account_has_role=role)


@pytest.mark.parametrize(
    ("operations", "role", "says"), REFUSED, ids=[f"{each[0][-1]}, role {each[1]}" for each in REFUSED]
)
def test_what_aws_refuses_is_not_sent_and_its_words_are_shown(operations, role, says):
    with pytest.raises(UsageError) as raised:
        rehearse(*operations, role=role)
    (problem,) = raised.value.problems
    assert problem.what.startswith("not sent: ")
    assert says in problem.seen
    assert problem.fix


@pytest.mark.parametrize("setting", ["metrics/enabled", "logging/dataTrace", "caching/dataEncrypted"])
@pytest.mark.parametrize("value", ["invalid", "1", "yes", ""])
def test_garbage_that_aws_takes_for_false_is_not_sent(setting, value):
    with pytest.raises(UsageError, match="would take"):
        rehearse(f"replace /*/*/{setting} {value}")


def test_all_garbage_is_named_at_once():
    with pytest.raises(UsageError) as raised:
        rehearse("replace /*/*/metrics/enabled on", "replace /*/*/logging/dataTrace on")
    assert len(raised.value.problems) == 2


@pytest.mark.parametrize("path", ["/deploymentId", "/variables/color", "/canarySettings/percentTraffic"])
def test_what_terraform_owns_is_named_with_its_place(path):
    with pytest.raises(UsageError, match="is Terraform's to change") as raised:
        rehearse(f"replace {path} x")
    assert "apitool.toml" in raised.value.problems[0].fix


@pytest.mark.parametrize(
    "path", ["/lit/GET", "/pg/{p}/GET", "/g/{proxy+}/GET", "/~1orders~1{id}/PUT", "/*/*"]
)
def test_paths_of_methods_and_of_the_stage_are_taken(path):
    (operation,) = rehearse(f"replace {path}/caching/enabled true")
    assert (operation.before, operation.after) == ("nothing", "true")


def test_off_with_data_trace_needs_no_role():
    operations = rehearse(
        "replace /*/*/logging/loglevel OFF", "replace /*/*/logging/dataTrace true", role=False
    )
    assert [each.after for each in operations] == ["OFF", "true"]


def test_each_operation_shows_what_it_changes_after_those_before_it():
    before = StageSettings(method_settings={"*/*": CACHED, "~1orders/GET": CACHED})
    operations = rehearse(
        "remove /~1orders/GET",
        "replace /*/*/logging/loglevel INFO",
        "replace /*/*/logging/loglevel ERROR",
        before=before,
    )
    assert [(each.before, each.after) for each in operations] == [
        ("settings of its own", "nothing"),
        ("nothing", "INFO"),
        ("INFO", "ERROR"),
    ]


def test_an_access_log_is_switched_on_and_off_by_paths_aws_takes():
    on = access_switch.on(StageSettings(), f"{GROUP}:*", "$context.requestId")
    assert [each.data() for each in on] == [
        op(TO_GROUP),
        op("replace /accessLogSettings/format $context.requestId"),
    ]
    stage = StageSettings(access_log_destination=GROUP, access_log_format="$context.requestId")
    assert access_switch.on(stage, GROUP, "$context.requestId") == ()
    off = access_switch.off(stage)
    assert [each.data() for each in off] == [op("remove /accessLogSettings")]
    assert access_switch.off(StageSettings()) == ()
    assert rehearsal.rehearsed(StageSettings(), [each.data() for each in on])[0].after == GROUP
    assert rehearsal.rehearsed(stage, [each.data() for each in off])[0].after == "nothing"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "op": st.sampled_from(["replace", "remove", "add", "copy", "move", ""]),
                "path": st.one_of(st.text(max_size=30), st.sampled_from([f"/*/*/{each}" for each in FIELDS])),
            },
            optional={"value": st.text(max_size=10)},
        ),
        max_size=4,
    )
)
def test_any_operations_are_described_or_refused(operations):
    with suppress(UsageError):
        assert len(rehearsal.rehearsed(StageSettings(), operations)) == len(operations)
