"""After logging for a while a stage logs exactly as before, entry by entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.logs import levels, restoring
from apitool.proxy import method_settings, stage_patch

METHODS = [("GET", "/ok"), ("POST", "/orders/{orderId}")]
ENTRY = dict(method_settings.DEFAULTS)
STATES = {
    "nothing": {},
    "throttled only, as Terraform leaves it": {"*/*": {**ENTRY, "throttlingBurstLimit": 10}},
    "error": {"*/*": {**ENTRY, "loggingLevel": "ERROR"}},
    "one method full": {
        "*/*": {**ENTRY, "loggingLevel": "ERROR"},
        "~1ok/GET": {**ENTRY, "loggingLevel": "INFO", "dataTraceEnabled": True},
    },
    "a method that follows nothing": {"~1ok/GET": {**ENTRY, "loggingLevel": "OFF", "metricsEnabled": True}},
    "a method without a level": {"~1ok/GET": {**ENTRY, "throttlingRateLimit": 5.0}},
}


def patched(entries, operations):
    settings = method_settings.StageSettings(method_settings=entries)
    patch = [stage_patch.PatchOperation(each.op, each.path, each.value) for each in operations]
    return dict(stage_patch.apply_patch(settings, patch, account_has_role=True).method_settings)


def there_and_back(before, operations):
    during = patched(before, operations)
    return patched(during, restoring.to_former(during, before))


@pytest.mark.parametrize("level", ["off", "error", "info", "full"])
@pytest.mark.parametrize("state", STATES)
def test_the_whole_stage_goes_there_and_back(state, level):
    before = STATES[state]
    assert there_and_back(before, levels.for_stage(before, level)) == before


@pytest.mark.parametrize("state", STATES)
def test_single_methods_go_there_and_back(state):
    before = STATES[state]
    assert there_and_back(before, levels.for_methods(before, "full", METHODS)) == before


@pytest.mark.parametrize("state", STATES)
def test_what_is_as_before_needs_no_operation(state):
    assert restoring.to_former(STATES[state], STATES[state]) == ()


LOGGING = st.fixed_dictionaries(
    {"dataTraceEnabled": st.booleans()}, optional={"loggingLevel": st.sampled_from(["OFF", "ERROR", "INFO"])}
)


@given(LOGGING, st.sampled_from(["off", "error", "info", "full"]))
def test_any_former_entry_of_the_stage_comes_back(logging, level):
    before = {"*/*": {**ENTRY, **logging}}
    assert there_and_back(before, levels.for_stage(before, level)) == before
