"""A deployment that was made twice goes; what a stage serves, or was there before, stays."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from apitool.aws import spare_deployments

pytestmark = pytest.mark.embedded
BODY = {
    "openapi": "3.0.1",
    "info": {"title": "t", "version": "1"},
    "paths": {"/": {"get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "MOCK"}}}},
}


@pytest.fixture
def api(account):
    client = account.client("apigateway")
    api = client.import_rest_api(body=json.dumps(BODY).encode())["id"]
    yield api
    client.delete_rest_api(restApiId=api)


def test_only_what_no_stage_uses_and_was_made_since_then_is_spare(account, api):
    client = account.client("apigateway")
    used = client.create_deployment(restApiId=api, stageName="prod")["id"]
    twice = client.create_deployment(restApiId=api)["id"]
    now = datetime.now(UTC)
    assert spare_deployments.find(account, api, now - timedelta(minutes=2)) == [twice]
    assert spare_deployments.find(account, api, now + timedelta(minutes=5)) == []
    for _ in range(2):
        spare_deployments.remove(account, api, twice)
    assert [each["id"] for each in client.get_deployments(restApiId=api)["items"]] == [used]
