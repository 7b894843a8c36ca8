"""Reading and patching a stage, and finding the RestApi by its name."""

from __future__ import annotations

import json

import pytest

from apitool.aws import deployed_routes, stage_settings
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:f"
INVOKE = f"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
PROXY = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": INVOKE}
INTEGRATIONS = {"get": PROXY, "x-amazon-apigateway-any-method": PROXY, "options": {"type": "MOCK"}}
BODY = {
    "openapi": "3.0.1",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/orders": {
            method: {"responses": {}, "x-amazon-apigateway-integration": integration}
            for method, integration in INTEGRATIONS.items()
        }
    },
}


@pytest.fixture(scope="module")
def api(account):
    client = account.client("apigateway")
    api = client.import_rest_api(body=json.dumps(BODY).encode())["id"]
    client.update_rest_api(
        restApiId=api, patchOperations=[{"op": "replace", "path": "/name", "value": "one-of-a-kind"}]
    )
    client.create_deployment(restApiId=api, stageName="prod")
    yield api
    client.delete_rest_api(restApiId=api)


def test_a_rest_api_is_found_by_its_name(account, api):
    assert stage_settings.find_rest_api(account, "one-of-a-kind") == api
    assert stage_settings.find_rest_api(account, "nobody") is None


def test_two_rest_apis_of_one_name_are_an_error_that_names_both(account, api):
    client = account.client("apigateway")
    twin = client.create_rest_api(name="one-of-a-kind")["id"]
    try:
        with pytest.raises(ApitoolError) as caught:
            stage_settings.find_rest_api(account, "one-of-a-kind")
        assert {api, twin} <= set(caught.value.problems[0].seen.split(", "))
    finally:
        client.delete_rest_api(restApiId=twin)


def test_a_stage_that_is_not_there_reads_as_none(account, api):
    assert stage_settings.read(account, api, "nope") is None
    assert stage_settings.read(account, "0000000000", "prod") is None


def test_a_patch_is_read_back(account, api):
    before = stage_settings.read(account, api, "prod")
    after = stage_settings.patch(
        account, before, [{"op": "replace", "path": "/*/*/logging/dataTrace", "value": "true"}]
    )
    assert after.method_settings["*/*"]["dataTraceEnabled"] is True
    stage_settings.patch(account, after, [{"op": "remove", "path": "/*/*"}])


def test_the_path_of_the_seed_document_is_refused(account, api):
    before = stage_settings.read(account, api, "prod")
    wrong = [{"op": "replace", "path": "/~1*~1*/logging/loglevel", "value": "INFO"}]
    with pytest.raises(ApitoolError) as caught:
        stage_settings.patch(account, before, wrong)
    assert "Invalid method setting path" in caught.value.problems[0].seen


def test_deployed_routes_are_those_of_the_snapshot(account, api):
    routes = deployed_routes.read(account, api, "prod")
    assert [route for route, kind in routes.items() if not deployed_routes.is_preflight(route, kind)] == [
        "ANY /orders",
        "GET /orders",
    ]
    assert routes["GET /orders"] == "AWS_PROXY"
