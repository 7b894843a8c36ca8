"""Keys, paths and the effect of method settings. Sources: stackd (AWS 2026), cdkd PR #971, provider issue
#9738.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpointer import JsonPointer

from apitool.proxy.method_settings import (
    DEFAULTS,
    FIELDS,
    VERBS,
    EffectiveSettings,
    StageSettings,
    effective,
    from_stage,
    method_key,
    setting_path,
    to_stage,
)
from apitool.proxy.stage_patch import PatchOperation, apply_patch, method_setting_of


@pytest.mark.parametrize(
    ("resource", "verb", "key"),
    [
        ("*", "*", "*/*"),
        ("/", "GET", "~1/GET"),
        ("/quiet", "GET", "~1quiet/GET"),
        ("/sample/{value}", "GET", "~1sample~1{value}/GET"),
        ("/orders/{orderId}", "DELETE", "~1orders~1{orderId}/DELETE"),
        ("/{proxy+}", "POST", "~1{proxy+}/POST"),
        ("/a~b", "GET", "~1a~0b/GET"),
    ],
)
def test_keys_are_awss(resource, verb, key):
    assert method_key(resource, verb) == key


@pytest.mark.parametrize(("resource", "verb"), [("/a", "ANY"), ("/a", "*"), ("*", "GET"), ("/a", "get")])
def test_what_aws_refuses_has_no_key(resource, verb):
    with pytest.raises(ValueError, match="No method setting for"):
        method_key(resource, verb)


def test_the_whole_stage_is_two_bare_stars():
    assert setting_path() == "/*/*/logging/loglevel"
    assert setting_path(setting="logging/dataTrace") == "/*/*/logging/dataTrace"
    assert setting_path("/orders", "GET") == "/~1orders/GET/logging/loglevel"


def test_an_unknown_setting_has_no_path():
    with pytest.raises(ValueError, match="No such setting: logging/logLevel"):
        setting_path(setting="logging/logLevel")


RESOURCES = st.lists(st.text(alphabet="ab~{}+.-_:", min_size=1, max_size=6), max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@given(resource=RESOURCES, verb=st.sampled_from(VERBS), setting=st.sampled_from(sorted(FIELDS)))
def test_a_patch_path_decodes_to_what_it_was_made_from(resource, verb, setting):
    path = setting_path(resource, verb, setting)
    assert JsonPointer(path).parts == [resource, verb, *setting.split("/")]
    assert not path.startswith("/~1*~1*")
    target = method_setting_of(path)
    assert target is not None
    assert (target.key, target.setting) == (method_key(resource, verb), setting)


@given(resource=RESOURCES, verb=st.sampled_from(VERBS))
def test_a_level_set_for_a_method_holds_for_that_method(resource, verb):
    operation = PatchOperation("replace", setting_path(resource, verb), "INFO")
    patched = apply_patch(StageSettings(), [operation], account_has_role=True)
    assert isinstance(patched, StageSettings)
    assert effective(patched, resource, verb).logging_level == "INFO"


def settings(**entries: dict) -> StageSettings:
    return StageSettings(method_settings=entries)


INFO = {"loggingLevel": "INFO", "dataTraceEnabled": True, "metricsEnabled": True}


def test_without_entries_nothing_is_logged_or_limited():
    assert effective(StageSettings(), "/orders", "GET") == EffectiveSettings()


def test_an_own_entry_replaces_the_stages_and_does_not_add_to_it():
    both = settings(**{"*/*": INFO, "~1orders/GET": {"metricsEnabled": True}})
    assert effective(both, "/orders", "GET").logging_level == "OFF"
    assert effective(both, "/orders", "POST").logging_level == "INFO"


def test_a_request_that_matched_nothing_gets_the_stages_settings():
    assert effective(settings(**{"*/*": INFO}), None, "GET").data_trace


@pytest.mark.parametrize("key", ["/orders/GET", "orders/GET", "~1orders/ANY", "~1Orders/GET"])
def test_an_entry_under_another_spelling_has_no_effect(key):
    assert effective(settings(**{key: INFO}), "/orders", "GET").logging_level == "OFF"


def test_minus_one_is_no_limit():
    entry = {"throttlingBurstLimit": -1, "throttlingRateLimit": -1.0}
    found = effective(settings(**{"*/*": entry}), "/orders", "GET")
    assert (found.rate, found.burst) == (None, None)
    found = effective(settings(**{"*/*": dict(DEFAULTS)}), "/orders", "GET")
    assert (found.rate, found.burst) == (10_000.0, 5_000)


def test_get_stage_goes_in_and_out_unchanged():
    shown = {
        "deploymentId": "dep123",
        "description": "d",
        "cacheClusterEnabled": True,
        "cacheClusterSize": "0.5",
        "clientCertificateId": "c",
        "methodSettings": {"*/*": {**DEFAULTS, "loggingLevel": "INFO"}},
        "variables": {"a": "b"},
        "accessLogSettings": {"destinationArn": "arn:x", "format": "$context.requestId"},
        "canarySettings": {"percentTraffic": 10.0},
        "tracingEnabled": True,
    }
    assert to_stage(from_stage(shown)) == shown


def test_what_is_not_set_is_absent():
    assert to_stage(StageSettings()) == {
        "methodSettings": {},
        "cacheClusterEnabled": False,
        "tracingEnabled": False,
    }
