"""API keys, usage plans and VPC links of ours that no state knows go; a stranger's stay."""

from __future__ import annotations

import json

import pytest

from apitool.aws import existing, spare_tagged

pytestmark = pytest.mark.embedded
TAGS = {"apitool:project": "usage", "apitool:stage": "dev"}
BODY = {
    "openapi": "3.0.1",
    "info": {"title": "t", "version": "1"},
    "paths": {"/": {"get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "MOCK"}}}},
}


@pytest.fixture(scope="module")
def client(account):
    return account.client("apigateway")


def test_what_was_made_twice_goes_and_what_the_state_knows_or_a_stranger_has_stays(account, client):
    api = client.import_rest_api(body=json.dumps(BODY).encode())["id"]
    client.create_deployment(restApiId=api, stageName="dev")
    stages = [{"apiId": api, "stage": "dev"}]
    keys = [client.create_api_key(name="partner", tags=TAGS)["id"] for _ in range(2)]
    plans = [client.create_usage_plan(name="gold", tags=TAGS, apiStages=stages)["id"] for _ in range(2)]
    strangers = client.create_api_key(name="partner", tags={**TAGS, "apitool:stage": "prod"})["id"]
    spare = spare_tagged.find(account, TAGS, {keys[0], plans[0]})
    assert {(each.kind, each.id) for each in spare} == {("API key", keys[1]), ("usage plan", plans[1])}
    for each in (*spare, *spare):
        spare_tagged.remove(account, each)
    assert {key["id"] for key in client.get_api_keys()["items"]} == {keys[0], strangers}
    assert [plan["id"] for plan in client.get_usage_plans()["items"]] == [plans[0]]


def test_keys_plans_and_their_ties_are_found_by_name_and_tags(account, client):
    planned = {"name": "platinum", "tags_all": TAGS}
    assert existing.import_id(account, "aws_api_gateway_usage_plan", planned) is None
    plan = client.create_usage_plan(name="platinum", tags=TAGS)["id"]
    key = client.create_api_key(name="platinum", tags=TAGS)["id"]
    assert existing.import_id(account, "aws_api_gateway_usage_plan", planned) == plan
    assert existing.import_id(account, "aws_api_gateway_api_key", planned) == key
    tie = {"usage_plan_id": plan, "key_id": key}
    assert existing.import_id(account, "aws_api_gateway_usage_plan_key", tie) is None
    client.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
    assert existing.import_id(account, "aws_api_gateway_usage_plan_key", tie) == f"{plan}/{key}"
    assert existing.import_id(account, "aws_api_gateway_usage_plan_key", {"usage_plan_id": plan}) is None
