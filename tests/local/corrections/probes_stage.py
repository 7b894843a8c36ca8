"""Probes of deployments, stages and the account's settings."""

from __future__ import annotations

import json
from typing import Any

from tests.local.corrections.probe import (
    PROXY,
    api_of,
    client,
    deployed,
    document,
    operations,
    probes,
    refusal,
    role,
    staged,
)

EXTENSIONS = {"extensions": "integrations,apigateway"}
GATEWAY = "apigateway.amazonaws.com"
LOGGING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}}
NO_PERMISSION = (
    "The role ARN does not have required permissions configured. "
    "Please grant trust permission for API Gateway and add the required role policy."
)
GET = {"get": {"x-amazon-apigateway-integration": PROXY}}


def exported(api: str) -> Any:
    answer = client("apigateway").get_export(
        restApiId=api, stageName="dev", exportType="oas30", parameters=EXTENSIONS
    )
    return json.loads(answer["body"].read())


@probes("APIGatewayBackend.create_deployment")
def a_stage_shows_the_deployments_snapshot_until_it_is_redeployed() -> None:
    api, _ = staged()
    client("apigateway").put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document(new=GET)))
    assert set(exported(api)["paths"]) == {"/orders"}
    client("apigateway").create_deployment(restApiId=api, stageName="dev")
    assert set(exported(api)["paths"]) == {"/new"}


@probes("APIGatewayBackend.create_deployment")
def deploying_to_a_stage_keeps_its_settings() -> None:
    api, before = staged()
    operation = {"op": "replace", "path": "/*/*/metrics/enabled", "value": "true"}
    client("apigateway").update_stage(restApiId=api, stageName="dev", patchOperations=[operation])
    client("apigateway").create_deployment(restApiId=api, stageName="dev")
    stage = client("apigateway").get_stage(restApiId=api, stageName="dev")
    assert stage["deploymentId"] != before
    assert stage["methodSettings"]["*/*"]["metricsEnabled"] is True


@probes("APIGatewayBackend.create_deployment")
def a_snapshot_holds_what_single_calls_set() -> None:
    api = api_of(document())
    call = client("apigateway")
    call.put_gateway_response(restApiId=api, responseType="DEFAULT_5XX", statusCode="503")
    operation = {"op": "add", "path": "/binaryMediaTypes/image~1png"}
    call.update_rest_api(restApiId=api, patchOperations=[operation])
    call.create_deployment(restApiId=api, stageName="dev")
    document_served = exported(api)
    assert document_served["x-amazon-apigateway-binary-media-types"] == ["image/png"]
    assert document_served["x-amazon-apigateway-gateway-responses"] == {"DEFAULT_5XX": {"statusCode": "503"}}


@probes("APIGatewayBackend.delete_deployment")
def a_deployment_in_use_stays_and_one_that_is_not_goes() -> None:
    api, deployment = staged()
    call = client("apigateway")
    refused = refusal(call.delete_deployment, restApiId=api, deploymentId=deployment)
    text = "Active stages pointing to this deployment must be moved or deleted"
    assert refused == (400, "BadRequestException", text)
    call.create_deployment(restApiId=api, stageName="dev")
    call.delete_deployment(restApiId=api, deploymentId=deployment)


@probes("APIGatewayBackend.get_deployment")
def an_unknown_deployment_is_not_found() -> None:
    api = api_of(document())
    status, code, _ = refusal(client("apigateway").get_deployment, restApiId=api, deploymentId="ghost")
    assert (status, code) == (404, "NotFoundException")


@probes("APIGatewayResponse.create_stage")
def a_stage_needs_a_proper_name_and_a_deployment() -> None:
    api, deployment = deployed()
    create = client("apigateway").create_stage
    status, code, message = refusal(create, restApiId=api, stageName="bad name!", deploymentId=deployment)
    assert (status, code) == (400, "BadRequestException")
    assert message.startswith("Stage name only allows")
    ghost = refusal(create, restApiId=api, stageName="dev", deploymentId="ghost")
    assert ghost == (400, "BadRequestException", "Deployment id does not exist")
    assert create(restApiId=api, stageName="a-b_C9", deploymentId=deployment)["stageName"] == "a-b_C9"


@probes("APIGatewayResponse.create_stage")
def a_canary_is_kept() -> None:
    api, deployment = deployed()
    canary = {"percentTraffic": 20.0, "deploymentId": deployment}
    made = client("apigateway").create_stage(
        restApiId=api, stageName="dev", deploymentId=deployment, canarySettings=canary
    )
    assert made["canarySettings"] == {**canary, "useStageCache": False}


@probes("APIGatewayResponse.create_deployment")
def a_canary_is_deployed_beside_what_is_served() -> None:
    api, before = staged()
    canary = {"percentTraffic": 50, "stageVariableOverrides": {"tier": "canary"}}
    deploy = client("apigateway").create_deployment
    made = deploy(restApiId=api, stageName="dev", canarySettings=canary)["id"]
    stage = client("apigateway").get_stage(restApiId=api, stageName="dev")
    assert stage["deploymentId"] == before
    assert stage["canarySettings"] == {
        "deploymentId": made,
        "percentTraffic": 50.0,
        "stageVariableOverrides": {"tier": "canary"},
        "useStageCache": False,
    }
    text = "Active stages pointing to this deployment must be moved or deleted"
    in_use = refusal(client("apigateway").delete_deployment, restApiId=api, deploymentId=made)
    assert in_use == (400, "BadRequestException", text)


@probes("APIGatewayResponse.create_deployment")
def a_canary_needs_a_stage_that_is_there() -> None:
    api, _ = staged()
    deploy = client("apigateway").create_deployment
    canary = {"percentTraffic": 50}
    content = "Invalid deployment content specified."
    no_name = f"{content}Non null and non empty stageName must be provided for canary deployment."
    assert refusal(deploy, restApiId=api, canarySettings=canary) == (
        400,
        "BadRequestException",
        f"{no_name} Provided value is null",
    )
    assert refusal(deploy, restApiId=api, stageName="ghost", canarySettings=canary) == (
        400,
        "BadRequestException",
        f"{content}Stage ghost must already be created before making a canary release deployment",
    )


@probes("APIGatewayBackend.update_stage")
def a_wrong_patch_path_is_refused_and_changes_nothing() -> None:
    api, _ = staged()
    wrong = [
        {"op": "replace", "path": "/*/*/metrics/enabled", "value": "true"},
        {"op": "replace", "path": "/~1*~1*/logging/loglevel", "value": "INFO"},
    ]
    update = client("apigateway").update_stage
    status, code, message = refusal(update, restApiId=api, stageName="dev", patchOperations=wrong)
    assert (status, code) == (400, "BadRequestException")
    assert message.startswith("Invalid method setting path: /~1*~1*/logging/loglevel. Must be one of: [")
    assert client("apigateway").get_stage(restApiId=api, stageName="dev")["methodSettings"] == {}


@probes("APIGatewayBackend.update_stage")
def a_method_setting_can_be_removed() -> None:
    api, _ = staged()
    update = client("apigateway").update_stage
    setting = {"op": "replace", "path": "/~1orders/GET/metrics/enabled", "value": "true"}
    shown = update(restApiId=api, stageName="dev", patchOperations=[setting])["methodSettings"]
    assert shown["~1orders/GET"]["throttlingBurstLimit"] == 5000
    remove = {"op": "remove", "path": "/~1orders/GET"}
    assert update(restApiId=api, stageName="dev", patchOperations=[remove])["methodSettings"] == {}


@probes("Stage.to_json")
def a_fresh_stage_shows_what_it_shows_on_aws() -> None:
    api, deployment = staged()
    stage = client("apigateway").get_stage(restApiId=api, stageName="dev")
    created, updated = stage.pop("createdDate"), stage.pop("lastUpdatedDate")
    del stage["ResponseMetadata"]
    assert created == updated
    assert stage == {
        "stageName": "dev",
        "deploymentId": deployment,
        "cacheClusterEnabled": False,
        "cacheClusterStatus": "NOT_AVAILABLE",
        "methodSettings": {},
        "tracingEnabled": False,
    }


@probes("APIGatewayResponse.get_export")
def the_export_is_the_document_with_its_extensions_if_asked_for() -> None:
    validators = {"all": {"validateRequestBody": True, "validateRequestParameters": True}}
    body = {**document(), "x-amazon-apigateway-request-validators": validators}
    api, deployment = deployed(body)
    client("apigateway").create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    assert exported(api)["x-amazon-apigateway-request-validators"] == validators
    plain = client("apigateway").get_export(restApiId=api, stageName="dev", exportType="oas30")
    shown = json.loads(plain["body"].read())
    assert shown["paths"]["/orders"] == {"get": {}}
    assert "x-amazon-apigateway-request-validators" not in shown


@probes("APIGatewayResponse.get_export")
def a_stage_that_is_not_there_has_no_export() -> None:
    api = api_of(document())
    status, code, _ = refusal(
        client("apigateway").get_export, restApiId=api, stageName="ghost", exportType="oas30"
    )
    assert (status, code) == (404, "NotFoundException")


def allow_logging(name: str) -> None:
    client("iam").put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(LOGGING))


def set_role(arn: str) -> dict[str, object]:
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
    return dict(client("apigateway").update_account(patchOperations=[operation]))


@probes("APIGatewayBackend.update_account")
def a_role_must_exist_be_trusted_and_allow_logging() -> None:
    refused = (400, "BadRequestException", NO_PERMISSION)
    assert refusal(lambda: set_role("arn:aws:iam::123456789012:role/ghost")) == refused
    untrusted = role("untrusted")
    allow_logging("untrusted")
    assert refusal(lambda: set_role(untrusted)) == refused
    arn = role("logs", service=GATEWAY)
    assert refusal(lambda: set_role(arn)) == refused
    allow_logging("logs")
    assert set_role(arn)["cloudwatchRoleArn"] == arn


@probes("APIGatewayBackend.update_account")
def the_role_can_be_cleared_with_an_empty_value_and_with_none() -> None:
    arn = role("logs", service=GATEWAY)
    allow_logging("logs")
    assert set_role(arn)["cloudwatchRoleArn"] == arn
    assert "cloudwatchRoleArn" not in set_role("")
    without = {"op": "replace", "path": "/cloudwatchRoleArn"}
    client("apigateway").update_account(patchOperations=[without])


@probes("Account.to_json")
def a_fresh_account_shows_what_it_shows_on_aws() -> None:
    account = client("apigateway").get_account()
    del account["ResponseMetadata"]
    assert account == {
        "throttleSettings": {"burstLimit": 5000, "rateLimit": 10000.0},
        "features": ["UsagePlans"],
        "apiKeyVersion": "4",
    }


@probes("IAMBackend._init_aws_policies")
def the_managed_policy_for_logging_exists_and_makes_a_role_good() -> None:
    arn = role("logs", service=GATEWAY)
    policy = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    client("iam").attach_role_policy(RoleName="logs", PolicyArn=policy)
    assert set_role(arn)["cloudwatchRoleArn"] == arn


@probes("APIGatewayResponse.flush_stage_authorizers_cache")
def a_stages_authorizers_can_be_asked_anew() -> None:
    api, _ = staged()
    flush = client("apigateway").flush_stage_authorizers_cache
    assert flush(restApiId=api, stageName="dev")["ResponseMetadata"]["HTTPStatusCode"] == 202
    status, code, _ = refusal(flush, restApiId=api, stageName="nope")
    assert (status, code) == (404, "NotFoundException")


@probes("APIGatewayResponse.flush_stage_cache")
def a_stages_kept_answers_can_be_forgotten() -> None:
    api, _ = staged()
    flush = client("apigateway").flush_stage_cache
    assert flush(restApiId=api, stageName="dev")["ResponseMetadata"]["HTTPStatusCode"] == 202
    status, code, _ = refusal(flush, restApiId=api, stageName="nope")
    assert (status, code) == (404, "NotFoundException")


@probes("UsagePlan.apply_patch_operations")
def a_usage_plan_is_patched_as_terraform_does() -> None:
    api, _ = staged()
    gateway = client("apigateway")
    plan = gateway.create_usage_plan(name="partners", apiStages=[{"apiId": api, "stage": "dev"}])["id"]
    limits = {"rateLimit": "0.5", "burstLimit": "2"}
    method = f"/apiStages/{api}:dev/throttle//orders/GET"
    for path in ("/throttle", method):
        patches = [{"op": "replace", "path": f"{path}/{name}", "value": limits[name]} for name in limits]
        gateway.update_usage_plan(usagePlanId=plan, patchOperations=patches)
    known = gateway.get_usage_plan(usagePlanId=plan)
    expected = {"rateLimit": 0.5, "burstLimit": 2}
    assert (known["throttle"], known["apiStages"][0]["throttle"]) == (expected, {"/orders/GET": expected})
    remove = {"op": "remove", "path": "/apiStages", "value": f"{api}:dev"}
    assert gateway.update_usage_plan(usagePlanId=plan, patchOperations=[remove])["apiStages"] == []


@probes("APIGatewayResponse.get_stages")
def stages_of_one_deployment_are_shown() -> None:
    call, (api, first) = client("apigateway"), staged()
    second = call.create_deployment(restApiId=api)["id"]
    call.create_stage(restApiId=api, stageName="prod", deploymentId=second)

    def names(**asked: str) -> list[str]:
        return [each["stageName"] for each in call.get_stages(restApiId=api, **asked)["item"]]

    assert names() == ["dev", "prod"]
    assert (names(deploymentId=first), names(deploymentId=second)) == (["dev"], ["prod"])


@probes("APIGatewayResponse.update_deployment")
def a_deployment_is_described() -> None:
    call, (api, deployment) = client("apigateway"), deployed()
    patch = operations(("replace", "/description", "b"))
    at = {"restApiId": api, "deploymentId": deployment}
    assert call.update_deployment(**at, patchOperations=patch)["description"] == "b"
    assert call.get_deployment(**at)["description"] == "b"


@probes("Deployment.to_json")
def a_deployment_shows_no_description_that_is_none() -> None:
    api = api_of(document())
    made = client("apigateway").create_deployment(restApiId=api, stageName="dev", description="")
    assert {"stageName", "description"}.isdisjoint(made)


@probes("APIGatewayBackend.update_stage")
def a_stage_gets_another_version_of_its_documentation() -> None:
    call, (api, _) = client("apigateway"), staged()
    patch = operations(("replace", "/documentationVersion", "v2"))
    at = {"restApiId": api, "stageName": "dev"}
    assert call.update_stage(**at, patchOperations=patch)["documentationVersion"] == "v2"
    assert call.get_stage(**at)["documentationVersion"] == "v2"


@probes("APIGatewayBackend.create_deployment")
def every_method_that_is_deployed_leads_somewhere() -> None:
    call, api = client("apigateway"), api_of(document())
    root = call.get_rest_api(restApiId=api)["rootResourceId"]
    call.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    refused = refusal(call.create_deployment, restApiId=api)
    assert refused == (400, "BadRequestException", "No integration defined for method")
