"""Probes of usage plans."""

from __future__ import annotations

from typing import Any

from tests.local.corrections.probe import api_of, client, document, probes


def plan_of_a_stage() -> tuple[str, str]:
    """A usage plan with a stage, and how its patch operations name the stage."""
    api = api_of(document())
    client("apigateway").create_deployment(restApiId=api, stageName="dev")
    stages = [{"apiId": api, "stage": "dev"}]
    return client("apigateway").create_usage_plan(name="partners", apiStages=stages)["id"], f"{api}:dev"


def patched(plan: str, *operations: tuple[str, str, str | None]) -> dict[str, Any]:
    written = [
        {"op": op, "path": path} | ({} if value is None else {"value": value})
        for op, path, value in operations
    ]
    return dict(client("apigateway").update_usage_plan(usagePlanId=plan, patchOperations=written))


@probes("UsagePlan.apply_patch_operations")
def a_throttle_of_one_method_is_kept_and_goes_with_its_stage() -> None:
    plan, stage = plan_of_a_stage()
    at = f"/apiStages/{stage}/throttle//orders/GET"
    after = patched(plan, ("replace", f"{at}/rateLimit", "0.5"), ("replace", f"{at}/burstLimit", "2"))
    assert after["apiStages"][0]["throttle"] == {"/orders/GET": {"rateLimit": 0.5, "burstLimit": 2}}
    assert patched(plan, ("remove", "/apiStages", stage))["apiStages"] == []


@probes("UsagePlan.apply_patch_operations")
def limits_are_numbers_and_may_have_a_fraction() -> None:
    plan, _ = plan_of_a_stage()
    after = patched(
        plan,
        ("replace", "/throttle/rateLimit", "0.5"),
        ("replace", "/throttle/burstLimit", "2"),
        ("replace", "/quota/limit", "10"),
        ("replace", "/quota/period", "DAY"),
    )
    assert (after["throttle"], after["quota"]) == (
        {"rateLimit": 0.5, "burstLimit": 2},
        {"limit": 10, "period": "DAY"},
    )
    assert "throttle" not in patched(plan, ("remove", "/throttle", None))
