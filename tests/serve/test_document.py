"""The document made from the project is the one the Terraform module makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apitool.project.deployed import deployed_stage
from apitool.project.load import load
from apitool.project.openapi import document
from apitool.project.stages import stage_named
from apitool.proxy.routing import match

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests/terraform/recorded/route_removed.show.json"


@pytest.fixture(scope="module")
def planned():
    """The body before and after the plan that removes `GET /orders` from the sample project."""
    changes = json.loads(RECORDED.read_text())["resource_changes"]
    (change,) = [each["change"] for each in changes if each["type"] == "aws_api_gateway_rest_api"]
    return json.loads(change["before"]["body"]), json.loads(change["after"]["body"])


def sample():
    project = load(ROOT).project
    return project, stage_named(project, "dev")


def test_it_equals_the_body_terraform_planned(planned):
    before, _ = planned
    project, stage = sample()
    assert document(project, stage, account_id="123456789012") == before


def test_a_route_less_changes_it_as_the_module_does(planned):
    _, after = planned
    project, stage = sample()
    routes = tuple(route for route in project.routes if route.key != "GET /orders")
    fewer = project.model_copy(update={"routes": routes})
    assert document(fewer, stage, account_id="123456789012") == after


def test_any_is_the_extension_and_answers_its_own_preflight():
    project, stage = sample()
    route = project.routes[0].model_copy(update={"method": "ANY", "path": "/{proxy+}"})
    made = document(project.model_copy(update={"routes": (route,)}), stage, account_id="1" * 12)
    (operations,) = made["paths"].values()
    assert list(operations) == ["x-amazon-apigateway-any-method"]
    assert operations["x-amazon-apigateway-any-method"]["parameters"][0]["name"] == "proxy"


def test_the_partition_follows_the_region():
    project, stage = sample()
    made = document(project.model_copy(update={"region": "cn-north-1"}), stage, account_id="1" * 12)
    assert "arn:aws-cn:apigateway:cn-north-1:lambda" in json.dumps(made)


def test_every_route_of_the_project_is_matched_and_the_stage_has_its_throttle():
    project, _ = sample()
    deployed = deployed_stage(project, stage_named(project, "prod"))
    for route in project.routes:
        found = match(deployed.api, route.method, route.path)
        assert found is not None
        assert found.resource.path == route.path
    settings = deployed.settings_for("/orders", "GET")
    assert (settings.rate, settings.burst) == (50, 100)
