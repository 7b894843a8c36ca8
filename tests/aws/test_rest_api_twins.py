"""Of several RestApis with one name: which are ours, which one to go on with, which may go."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from apitool.aws import existing, rest_api_twins
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
TAGS = {"apitool:project": "orders", "apitool:stage": "dev"}
BODY = {
    "openapi": "3.0.1",
    "info": {"title": "t", "version": "1"},
    "paths": {"/": {"get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "MOCK"}}}},
}


@pytest.fixture
def made(account):
    """Make RestApis of one name; those with a stage really have one."""
    client, name, ids = account.client("apigateway"), f"twins-{uuid4().hex[:8]}", []

    def make(*, stage: bool = False, tags=TAGS) -> str:
        api = client.create_rest_api(name=name, tags=tags)["id"]
        ids.append(api)
        if stage:
            client.put_rest_api(restApiId=api, body=json.dumps(BODY).encode())
            client.create_deployment(restApiId=api, stageName="dev")
        return api

    make.name = name
    make.planned = {"name": name, "tags_all": {**TAGS, "team": "x"}}
    yield make
    there = {api["id"] for api in client.get_rest_apis()["items"]}
    for api in set(ids) & there:
        client.delete_rest_api(restApiId=api)


def test_ours_have_our_tags_and_a_strangers_of_the_same_name_is_none_of_ours(account, made):
    made(tags={"apitool:project": "other"})
    first, second = made(), made(stage=True)
    ours = rest_api_twins.ours(account, made.name, TAGS)
    assert {(api.id, api.stages) for api in ours} == {(first, ()), (second, ("dev",))}


def test_the_one_that_serves_a_stage_is_imported_and_the_other_may_go(account, made):
    empty, serving = made(), made(stage=True)
    assert existing.import_id(account, "aws_api_gateway_rest_api", made.planned) == serving
    ours = rest_api_twins.ours(account, made.name, TAGS)
    assert [api.id for api in rest_api_twins.spare(account, ours, serving)] == [empty]


def test_of_several_that_serve_nobody_one_is_imported_and_no_new_one_made(account, made):
    ids = {made(), made()}
    assert existing.import_id(account, "aws_api_gateway_rest_api", made.planned) in ids


def test_two_that_serve_stages_are_an_error_that_names_both(account, made):
    ids = {made(stage=True), made(stage=True)}
    with pytest.raises(ApitoolError, match="2 RestApis of ours") as caught:
        existing.import_id(account, "aws_api_gateway_rest_api", made.planned)
    assert all(f"{api} (stages: dev)" in caught.value.problems[0].seen for api in ids)


def test_a_serving_one_beside_the_one_in_the_state_is_not_removed(account, made):
    known, serving = made(), made(stage=True)
    ours = rest_api_twins.ours(account, made.name, TAGS)
    with pytest.raises(ApitoolError, match="2 RestApis of ours") as caught:
        rest_api_twins.spare(account, ours, known)
    assert serving in caught.value.problems[0].seen


def test_a_removed_one_takes_its_execution_log_group_along_and_may_be_gone_already(account, made):
    api = rest_api_twins.RestApi(made(), ())
    group = f"API-Gateway-Execution-Logs_{api.id}/dev"
    account.client("logs").create_log_group(logGroupName=group)
    for _ in range(2):
        rest_api_twins.remove(account, api, "dev")
    assert rest_api_twins.ours(account, made.name, TAGS) == []
    assert account.client("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"] == []
