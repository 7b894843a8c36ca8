"""From the logging a stage has to the logging it should have: which patch operations, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.logs import levels

LEVELS = ("off", "error", "info", "full")
FULL = {"loggingLevel": "INFO", "dataTraceEnabled": True}
ERROR = {"loggingLevel": "ERROR", "dataTraceEnabled": False}


def sent(operations) -> list[str]:
    return [" ".join(operation.data().values()) for operation in operations]


@pytest.mark.parametrize(
    ("entry", "level"),
    [
        (None, "off"),
        ({}, "off"),
        ({"dataTraceEnabled": True}, "off"),
        ({"loggingLevel": "OFF", "dataTraceEnabled": True}, "off"),
        (ERROR, "error"),
        ({"loggingLevel": "INFO", "dataTraceEnabled": False}, "info"),
        (FULL, "full"),
        ({"loggingLevel": "ERROR", "dataTraceEnabled": True}, "full"),
    ],
)
def test_an_entry_amounts_to_a_level(entry, level):
    assert levels.level_of(entry) == level


def test_the_whole_stage_is_star_star_never_escaped():
    assert sent(levels.for_stage({}, "full")) == [
        "replace /*/*/logging/loglevel INFO",
        "replace /*/*/logging/dataTrace true",
    ]


def test_one_method_is_its_escaped_path_and_verb():
    operations = levels.for_methods({}, "info", [("GET", "/orders/{orderId}")])
    assert sent(operations) == ["replace /~1orders~1{orderId}/GET/logging/loglevel INFO"]


def test_nothing_is_sent_when_the_level_is_there_already():
    assert levels.for_stage({"*/*": ERROR}, "error") == ()
    assert levels.for_stage({}, "off") == ()


def test_only_the_setting_that_differs_is_sent():
    assert sent(levels.for_stage({"*/*": FULL}, "info")) == ["replace /*/*/logging/dataTrace false"]


def test_switching_off_clears_a_method_that_copied_the_stage():
    entries = {"*/*": FULL, "~1orders/GET": FULL}
    assert sent(levels.for_stage(entries, "off")) == [
        "replace /*/*/logging/loglevel OFF",
        "replace /*/*/logging/dataTrace false",
        "remove /~1orders/GET",
    ]


def test_a_method_with_throttling_of_its_own_keeps_it():
    entries = {"*/*": ERROR, "~1orders/GET": {**ERROR, "throttlingRateLimit": 5.0}}
    assert sent(levels.for_stage(entries, "off")) == [
        "replace /*/*/logging/loglevel OFF",
        "replace /~1orders/GET/logging/loglevel OFF",
    ]


def test_a_method_has_the_level_it_declares_and_the_stage_its_own():
    entries = {"*/*": ERROR, "~1orders/GET": ERROR}
    operations = levels.for_stage(entries, "error", own={"~1orders/GET": "full", "~1new/GET": "off"})
    assert sent(operations) == [
        "replace /~1new/GET/logging/loglevel OFF",
        "replace /~1orders/GET/logging/loglevel INFO",
        "replace /~1orders/GET/logging/dataTrace true",
    ]


def test_an_entry_somebody_declared_is_kept_when_it_is_like_the_stages():
    entries = {"*/*": ERROR, "~1orders/GET": FULL}
    operations = levels.for_stage(entries, "error", own={"~1orders/GET": "error"})
    assert "remove /~1orders/GET" not in sent(operations)
    assert sent(operations)[0] == "replace /~1orders/GET/logging/loglevel ERROR"


def test_a_new_method_entry_undoes_the_data_trace_it_would_copy():
    operations = levels.for_methods({"*/*": FULL}, "info", [("GET", "/orders")])
    assert sent(operations) == ["replace /~1orders/GET/logging/dataTrace false"]


def test_an_operation_shows_before_and_after():
    (operation, *_) = levels.for_stage({}, "info")
    assert str(operation) == "replace /*/*/logging/loglevel INFO   (unset → INFO)"


entries = st.dictionaries(
    st.sampled_from(["*/*", "~1orders/GET", "~1/POST", "~1orders~1{orderId}/DELETE"]),
    st.fixed_dictionaries(
        {"dataTraceEnabled": st.booleans()},
        optional={"loggingLevel": st.sampled_from(["OFF", "ERROR", "INFO"]), "cachingEnabled": st.booleans()},
    ),
)


@given(entries, st.sampled_from(LEVELS))
def test_after_the_operations_every_method_has_the_level(before, level):
    after = {key: dict(entry) for key, entry in before.items()}
    for operation in levels.for_stage(before, level):
        if operation.op == "remove":
            del after[operation.path.lstrip("/")]
            continue
        key, _, setting = operation.path.lstrip("/").rpartition("/logging/")
        entry = after.setdefault(key, {})
        if setting == "loglevel":
            entry["loggingLevel"] = operation.value
        else:
            entry["dataTraceEnabled"] = operation.value == "true"
    assert all(levels.level_of(entry) == level for entry in after.values())
    assert levels.for_stage(after, level) == ()
    assert level == "off" or levels.level_of(after.get("*/*")) == level
