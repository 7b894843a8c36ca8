"""`apitool call` to a deployed stage: what it says of the answer, without the logs and with them."""

from __future__ import annotations

import json

import boto3
import pytest
from tests.local.deploy import ACCOUNT, REGION, integration, package, role

from apitool.local import service
from apitool.project.load import load
from apitool.stage import call as calling
from apitool.stage.call_shown import data, text
from apitool.stage.request_options import RequestOptions

pytestmark = pytest.mark.embedded

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.orders]
source = "src"
handler = "app.handler"
[routes]
"GET /object" = "orders"
"GET /raises" = "orders"
"GET /own" = "orders"
"GET /fine" = "orders"
"GET /new" = "orders"
[stages.dev]
local = true
"""
CODE = """\
def handler(event, context):
    path = event["path"]
    if path == "/raises":
        raise ValueError("no such order, token=secret-token-1234")
    if path == "/own":
        return {"statusCode": 503, "body": "later"}
    return {"statusCode": 200, "body": {"id": 1} if path == "/object" else "fine"}
"""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """The project as it is declared, less the route that nobody deployed; and its control plane's clients."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "src").mkdir()
    (folder / "src/app.py").write_text(CODE)
    (folder / "apitool.toml").write_text(TOML)
    endpoint = service.ensure(folder, region=REGION)

    def client(name):
        return boto3.client(
            name,
            region_name=REGION,
            endpoint_url=endpoint.control_url,
            aws_access_key_id="a",
            aws_secret_access_key="a",
        )

    _deploy(client)
    yield load(folder).project, client
    service.stop(folder)


def _deploy(client) -> None:
    lambdas, gateway = client("lambda"), client("apigateway")
    arn = role(client, "orders")
    lambdas.create_function(
        FunctionName="shop-dev-orders",
        Runtime="python3.13",
        Handler="app.handler",
        Role=arn,
        Code={"ZipFile": package(CODE)},
    )
    version = lambdas.publish_version(FunctionName="shop-dev-orders")["Version"]
    alias = lambdas.create_alias(FunctionName="shop-dev-orders", Name="live", FunctionVersion=version)
    api = gateway.create_rest_api(name="shop-dev")["id"]
    paths = {
        f"/{path}": {"get": integration(alias["AliasArn"])} for path in ("object", "raises", "own", "fine")
    }
    body = {"openapi": "3.0.1", "info": {"title": "shop-dev", "version": "1"}, "paths": paths}
    gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(body))
    deployment = gateway.create_deployment(restApiId=api)["id"]
    gateway.create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    lambdas.add_permission(
        FunctionName="shop-dev-orders",
        Qualifier="live",
        StatementId="gateway",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/dev/*",
    )
    gateway.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}])


def level(client, name: str) -> None:
    gateway = client("apigateway")
    api = next(each["id"] for each in gateway.get_rest_apis()["items"] if each["name"] == "shop-dev")
    operation = {"op": "replace", "path": "/*/*/logging/loglevel", "value": name}
    gateway.update_stage(restApiId=api, stageName="dev", patchOperations=[operation])


def call(project, path: str, said: list[str] | None = None):
    stage = project.stages["dev"]
    place = calling.place_of(project, stage, local=False, profile=None)
    told = [] if said is None else said
    options = RequestOptions("GET", path, None, (), (), binary=False)
    return calling.call(project, stage, options, place, say=told.append)


def test_without_logs_the_answer_says_who_made_it_and_what_it_may_be(deployed):
    project, client = deployed
    level(client, "OFF")
    said: list[str] = []
    called = call(project, "/object", said)
    assert (called.status, called.verdict.made_by, called.findings, said) == (502, "gateway", (), [])
    shown = text(called)
    assert "one of:" in shown
    assert "    - what it returned is no proxy response" in shown
    request_id = dict(called.headers)["x-amzn-RequestId"]
    assert f"next: apitool logs explain --stage dev {request_id}" in shown


def test_with_logs_they_decide(deployed):
    project, client = deployed
    level(client, "ERROR")
    said: list[str] = []
    called = call(project, "/raises", said)
    assert said == ["looking for the request in the logs"]
    assert called.verdict.possible == ()
    (finding,) = called.findings
    assert (finding.rule, finding.what) == ("function.error", "The function raised ValueError")
    assert "secret-token-1234" not in text(called)
    assert data(called)["findings"][0]["rule"] == finding.rule


def test_a_status_of_the_functions_own_is_told_apart(deployed):
    project, client = deployed
    level(client, "OFF")
    called = call(project, "/own")
    assert (called.status, called.verdict.made_by) == (503, "integration")
    assert "The function made this answer" in text(called)


def test_a_success_needs_no_log(deployed):
    project, client = deployed
    level(client, "INFO")
    said: list[str] = []
    called = call(project, "/fine", said)
    assert (called.status, called.verdict.possible, said) == (200, (), [])


def test_a_route_that_is_declared_and_not_deployed_is_named(deployed):
    project, client = deployed
    level(client, "OFF")
    called = call(project, "/new")
    assert (called.status, called.verdict.possible) == (
        403,
        ("the route is declared and not deployed: apitool up",),
    )
