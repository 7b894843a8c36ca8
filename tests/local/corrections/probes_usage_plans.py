"""Probes of usage plans and API keys: LocalStack's TestUsagePlans, TestApigatewayApiKeysCrud (AWS, 2024)."""

from __future__ import annotations

from typing import Any

from tests.local.corrections.probe import api_of, client, document, operations, probes, refusal


def plan_of_a_stage() -> tuple[str, str]:
    """A usage plan with a stage, and how its patch operations name the stage."""
    api = api_of(document())
    client("apigateway").create_deployment(restApiId=api, stageName="dev")
    stages = [{"apiId": api, "stage": "dev"}]
    return client("apigateway").create_usage_plan(name="partners", apiStages=stages)["id"], f"{api}:dev"


def patched(plan: str, *written: tuple[str, str, str | None]) -> dict[str, Any]:
    patch = operations(*written)
    return dict(client("apigateway").update_usage_plan(usagePlanId=plan, patchOperations=patch))


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
        {"limit": 10, "offset": 0, "period": "DAY"},
    )
    assert "throttle" not in patched(plan, ("remove", "/throttle", None))


@probes("APIGatewayBackend.update_usage_plan")
def only_stages_that_are_there_go_in_and_out() -> None:
    update, (plan, stage) = client("apigateway").update_usage_plan, plan_of_a_stage()
    api = stage.partition(":")[0]

    def refused(value: str | None, plan: str = plan) -> tuple[int, str, str]:
        patch = operations(("remove", "/apiStages", value))
        return refusal(update, usagePlanId=plan, patchOperations=patch)

    for value in (None, "fakevalue"):
        assert refused(value) == (400, "BadRequestException", "Invalid API Stage specified")
    for wrong, name in ((f"{api}b", "dev"), (api, "fakestage")):
        text = f"Invalid API Stage {{api: {wrong}, stage: {name}}} specified for usageplan {plan}"
        assert refused(f"{wrong}:{name}") == (404, "NotFoundException", text)
    assert refused(stage, plan="ghost") == (404, "NotFoundException", "Invalid Usage Plan ID specified")


@probes("UsagePlan.apply_patch_operations")
def a_patch_of_a_plan_that_leads_nowhere_is_refused() -> None:
    plan, _ = plan_of_a_stage()
    patch = operations(("replace", "/throttle/rate", "1"))
    refused = refusal(client("apigateway").update_usage_plan, usagePlanId=plan, patchOperations=patch)
    assert refused == (400, "BadRequestException", "Invalid patch path /throttle/rate")


@probes("APIGatewayBackend.create_usage_plan")
def a_plan_is_made_of_stages_that_are_there() -> None:
    create = client("apigateway").create_usage_plan
    refused = refusal(create, name="a", apiStages=[{"apiId": "ghost", "stage": "dev"}])
    assert refused == (404, "NotFoundException", "API Stage not found: ghost:dev")


@probes("APIGatewayBackend.create_usage_plan_key")
def a_key_is_added_to_a_plan_that_is_there() -> None:
    call = client("apigateway")
    key = {"keyId": call.create_api_key(name="a")["id"], "keyType": "API_KEY"}
    refused = refusal(call.create_usage_plan_key, usagePlanId="ghost", **key)
    assert refused == (404, "NotFoundException", "Invalid Usage Plan ID specified")


@probes("APIGatewayBackend.delete_usage_plan_key")
def a_key_is_taken_out_of_a_plan_once() -> None:
    call = client("apigateway")
    key, plan = call.create_api_key(name="a")["id"], call.create_usage_plan(name="a")["id"]
    call.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
    at = {"usagePlanId": plan, "keyId": key}
    call.delete_usage_plan_key(**at)
    refused = refusal(call.delete_usage_plan_key, **at)
    assert refused == (404, "NotFoundException", "Invalid API Key identifier specified")


@probes("APIGatewayBackend.delete_usage_plan")
def a_usage_plan_that_is_not_there_is_not_found() -> None:
    refused = refusal(client("apigateway").delete_usage_plan, usagePlanId="ghost")
    assert refused == (404, "NotFoundException", "Invalid Usage Plan ID specified")


@probes("UsagePlan.to_json")
def a_quota_has_an_offset() -> None:
    made = client("apigateway").create_usage_plan(name="a", quota={"limit": 1, "period": "DAY"})
    assert made["quota"] == {"limit": 1, "offset": 0, "period": "DAY"}


@probes("APIGatewayBackend.create_api_key")
def an_api_key_has_its_limits() -> None:
    create = client("apigateway").create_api_key

    def message(**asked: str) -> str:
        return refusal(create, **asked)[2]

    assert message(name="a" * 1025) == "Invalid API Key name, can be at most 1024 characters."
    assert message(value="a" * 129) == "API Key value exceeds maximum size of 128 characters"
    assert message(description="a" * 125_001) == "Invalid API Key description specified."
    assert create(name="a" * 1024)["enabled"] is False


@probes("APIGatewayBackend.delete_api_key")
def a_key_that_is_gone_is_gone_from_its_plans() -> None:
    call = client("apigateway")
    key, plan = call.create_api_key(name="a")["id"], call.create_usage_plan(name="a")["id"]
    call.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
    call.delete_api_key(apiKey=key)
    assert call.get_usage_plan_keys(usagePlanId=plan)["items"] == []


@probes("ApiKey.update_operations")
def an_api_key_is_patched_where_it_can_be() -> None:
    call = client("apigateway")
    update, key = call.update_api_key, call.create_api_key(name="a", enabled=True)["id"]

    def message(op: str, path: str, value: str) -> str:
        return refusal(update, apiKey=key, patchOperations=operations((op, path, value)))[2]

    known = "[/description, /enabled, /name, /customerId]"
    assert message("replace", "/id", "b") == (
        f"Invalid patch path  '/id' specified for op 'replace'. Must be one of: {known}"
    )
    assert message("replace", "/description", "a" * 125_001) == "Invalid API Key description specified."
    patch = operations(("replace", "/enabled", "whatever"), ("replace", "/customerId", "b"))
    after = update(apiKey=key, patchOperations=patch)
    assert (after["enabled"], after["customerId"]) == (False, "b")


@probes("APIGatewayResponse.update_api_key")
def a_key_that_is_patched_stays_secret() -> None:
    call = client("apigateway")
    key = call.create_api_key(name="a")
    assert len(key["value"]) >= 20
    patch = operations(("replace", "/name", "b"))
    assert "value" not in call.update_api_key(apiKey=key["id"], patchOperations=patch)


@probes("ApiKey.to_json")
def a_key_without_a_name_has_none() -> None:
    assert "name" not in client("apigateway").create_api_key(name="")
