"""Canaries under UpdateStage. Source: LocalStack's TestStageCrudCanary (AWS, 2025)."""

from __future__ import annotations

import pytest

from apitool.proxy.method_settings import StageSettings
from apitool.proxy.stage_patch import PatchOperation, PatchRefused, apply_patch

CANARY = {
    "deploymentId": "dep2",
    "percentTraffic": 50.0,
    "stageVariableOverrides": {"testVar": "override"},
    "useStageCache": False,
}
BEFORE = StageSettings(
    deployment_id="dep1", variables={"testVar": "test", "testVar2": "test2"}, canary=CANARY
)
COPIES = (
    "Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. "
    "Valid copy:path are [/deploymentId, /variables] and valid copy:from are "
    "[/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"
)
WITHOUT = StageSettings(deployment_id="dep1", variables={"testVar": "default"})


def apply(before: StageSettings, *operations: PatchOperation) -> StageSettings | PatchRefused:
    return apply_patch(before, operations, account_has_role=False, deployments={"dep1", "dep2"})


def patched(before: StageSettings, *operations: PatchOperation) -> StageSettings:
    result = apply(before, *operations)
    assert isinstance(result, StageSettings), result
    return result


def replace(member: str, value: str) -> PatchOperation:
    return PatchOperation("replace", f"/canarySettings/{member}", value)


def test_an_override_is_replaced_alone():
    canary = patched(BEFORE, replace("stageVariableOverrides/testVar", "updated")).canary
    assert canary == {**CANARY, "stageVariableOverrides": {"testVar": "updated"}}


def test_a_canary_can_be_made_by_its_deployment_or_its_percentage():
    by_deployment = patched(WITHOUT, replace("deploymentId", "dep2")).canary
    assert by_deployment == {"deploymentId": "dep2", "percentTraffic": 0.0, "useStageCache": False}
    by_percentage = patched(WITHOUT, replace("percentTraffic", "50")).canary
    assert by_percentage == {"deploymentId": "dep1", "percentTraffic": 50.0, "useStageCache": False}


def test_a_canary_is_removed_as_a_whole():
    assert patched(BEFORE, PatchOperation("remove", "/canarySettings")).canary is None


def test_promotion_copies_deployment_and_variables_and_leaves_the_canary():
    after = patched(
        BEFORE,
        replace("percentTraffic", "0"),
        PatchOperation("copy", "/variables", from_="/canarySettings/stageVariableOverrides"),
        PatchOperation("copy", "/deploymentId", from_="/canarySettings/deploymentId"),
    )
    assert after.deployment_id == "dep2"
    assert after.variables == {"testVar": "override", "testVar2": "test2"}
    assert after.canary == {**CANARY, "percentTraffic": 0.0}


@pytest.mark.parametrize(
    ("before", "operation", "message"),
    [
        (
            WITHOUT,
            PatchOperation("add", "/canarySettings/deploymentId", "dep2"),
            "Invalid add operation with path: /canarySettings/deploymentId",
        ),
        (WITHOUT, replace("deploymentId", "deploy"), "Deployment id does not exist"),
        (
            WITHOUT,
            PatchOperation("copy", "/variables", from_="/canarySettings/stageVariableOverrides"),
            "Promotion not available. Canary does not exist.",
        ),
        (
            BEFORE,
            PatchOperation("copy", "/canarySettings/stageVariableOverrides", from_="/variables"),
            COPIES,
        ),
    ],
)
def test_refusals_are_in_awss_words(before, operation, message):
    result = apply(before, operation)
    assert isinstance(result, PatchRefused)
    assert result.message == message


def test_an_unknown_member_is_an_invalid_path():
    result = apply(BEFORE, replace("badPath", "x"))
    assert isinstance(result, PatchRefused)
    assert result.message.startswith(
        "Invalid method setting path: /canarySettings/badPath. Must be one of: ["
    )


@pytest.mark.parametrize("percent", ["-1", "101", "half", "nan"])
def test_a_percentage_is_one(percent):
    result = apply(BEFORE, replace("percentTraffic", percent))
    assert isinstance(result, PatchRefused)
    assert not result.recorded


def test_an_override_is_removed_alone_and_only_one_that_is_there():
    # the provider's acceptance tests do so on AWS; the refusal is recorded of `/stageVariableOverrides`
    path = "/canarySettings/stageVariableOverrides"
    canary = patched(BEFORE, PatchOperation("remove", f"{path}/testVar")).canary
    assert canary == {**CANARY, "stageVariableOverrides": {}}
    refused = apply(BEFORE, PatchOperation("remove", f"{path}/other"))
    assert isinstance(refused, PatchRefused)
    assert refused.message.startswith(f"Cannot remove method setting {path[1:]}/other because")
