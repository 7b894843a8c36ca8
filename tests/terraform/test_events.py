"""The event stream, read against what a real Terraform wrote."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from apitool.terraform import events
from apitool.terraform.events import (
    ApplyComplete,
    ApplyErrored,
    ApplyProgress,
    ApplyStart,
    ChangeSummary,
    Outputs,
    PlainText,
    PlannedChange,
    Resource,
    ResourceDrift,
    Said,
    Unknown,
    Version,
)

ONE = Resource("terraform_data.one", "terraform_data", "one")
BAD = Resource("terraform_data.bad[0]", "terraform_data", "bad", 0)


def test_a_plan(recorded):
    assert [events.parse(line) for line in recorded("plan_create")] == [
        Version("1.11.4"),
        PlannedChange(ONE, "create"),
        PlannedChange(Resource("terraform_data.slow", "terraform_data", "slow"), "create"),
        ChangeSummary("plan", add=2, change=0, remove=0, imported=0),
        Outputs({}, {"secret": "create", "url": "create"}),
    ]


def test_an_apply_ends_with_the_outputs_that_are_not_sensitive(recorded):
    *_, summary, outputs = map(events.parse, recorded("apply"))
    assert summary == ChangeSummary("apply", add=2, change=0, remove=0, imported=0)
    assert isinstance(outputs, Outputs)
    assert list(outputs.values) == ["url"]


def test_what_happens_to_a_resource(recorded):
    happened = [
        event
        for event in map(events.parse, recorded("apply_failed"))
        if isinstance(event, ApplyStart | ApplyComplete | ApplyErrored)
    ]
    assert happened == [ApplyStart(BAD, "create"), ApplyErrored(BAD, "create", 0)]


def test_the_reason_of_a_replacement(recorded):
    planned = [
        event for event in map(events.parse, recorded("plan_tainted")) if isinstance(event, PlannedChange)
    ]
    assert [(change.action, change.reason) for change in planned] == [("replace", "tainted")]


def test_progress_and_drift_are_known():
    hook = {"resource": {"addr": "a.b", "resource_type": "a", "resource_name": "b"}, "action": "create"}
    line = json.dumps({"type": "apply_progress", "hook": hook | {"elapsed_seconds": 20}})
    assert events.parse(line) == ApplyProgress(Resource("a.b", "a", "b"), "create", 20)
    line = json.dumps({"type": "resource_drift", "change": hook | {"action": "update"}})
    assert events.parse(line) == ResourceDrift(Resource("a.b", "a", "b"), "update")


def test_a_diagnostic_has_its_place_and_not_its_snippet(recorded):
    said = events.parse(recorded("syntax_error")[-1])
    assert isinstance(said, Said)
    assert str(said.diagnostic.place) == "main.tf:16:18"
    assert "sensitive = true" not in repr(said)


def test_init_prints_plain_text_between_its_events(recorded):
    plain = [event for event in map(events.parse, recorded("s3_init")) if isinstance(event, PlainText)]
    assert any('Successfully configured the backend "s3"' in event.text for event in plain)


def test_an_event_of_an_unknown_type_is_kept():
    document = {"type": "ephemeral_op_start", "@message": "hello", "more": [1]}
    assert events.parse(json.dumps(document)) == Unknown("ephemeral_op_start", "hello", document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
TYPES = [
    "version",
    "planned_change",
    "resource_drift",
    "change_summary",
    "apply_start",
    "apply_progress",
    "apply_complete",
    "apply_errored",
    "diagnostic",
    "outputs",
]


@given(
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(["change", "changes", "hook", "diagnostic", "outputs"]), JSON),
)
def test_an_event_of_another_shape_never_raises(kind, fields):
    assert not isinstance(events.parse(json.dumps(fields | {"type": kind})), PlainText | Unknown)


@given(st.text())
def test_any_line_is_something(line):
    assert events.parse(line) is not None


def test_deep_nesting_is_plain_text():
    line = "[" * 200_000
    assert events.parse(line) == PlainText(line)
