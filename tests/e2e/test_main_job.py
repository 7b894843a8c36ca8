"""The main job, with nothing mocked but AWS itself: real Terraform, provider, boto3, DynamoDB API and HTTP.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json
import re
import stat
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

pytestmark = [pytest.mark.terraform, pytest.mark.embedded]

CANARY = "canary-8d1f60b2"  # the value of an environment variable: must never be shown
PROD = ("--stage", "prod", "--local")
OBJECT_BODY_HANDLER = (
    "def handler(event, context):\n    return {'statusCode': 200, 'body': {'not': 'text'}}\n"
)


def call(method: str, url: str, body: Any = None) -> tuple[int, dict[str, str], str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data=data, method=method, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


@pytest.fixture(scope="module")
def up(apitool):
    toml = apitool.folder / "apitool.toml"
    toml.write_text(toml.read_text().replace("{ LOG_LEVEL", f'{{ PASSPHRASE = "{CANARY}", LOG_LEVEL'))
    return apitool.json("up", *PROD, "--yes")


@pytest.fixture(scope="module")
def url(up):
    return up["url"]


@pytest.fixture
def aws(apitool):
    return apitool.clients()


def test_up_ends_with_an_url_whose_first_segment_is_the_stage(up):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/prod", up["url"])
    assert up["smoke"]["status"] == 200


def test_orders_are_created_read_updated_and_deleted(url):
    status, headers, body = call("POST", f"{url}/orders", {"item": "tea", "quantity": 2})
    order = json.loads(body)
    assert (status, order["status"]) == (201, "active")
    one = f"{url}/orders/{order['orderId']}"
    assert call("GET", one)[0] == 200
    assert json.loads(call("GET", f"{url}/orders?status=active&limit=5")[2])["orders"]
    assert call("PUT", one, {"item": "tea", "quantity": 3})[0] == 200
    assert call("DELETE", one)[::2] == (204, "")
    assert call("GET", one)[0] == 404
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_a_route_that_does_not_exist_is_aws_own_403(url):
    status, headers, body = call("GET", f"{url}/nothing")
    assert (status, body) == (403, '{"message":"Missing Authentication Token"}')
    assert headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"


def test_a_second_up_changes_nothing(apitool, up):
    again = apitool("up", *PROD, "--yes")
    assert "no changes" in again.stdout
    assert up["url"] in again.stdout


def test_logs_enable_makes_the_next_request_appear_in_cloudwatch(apitool, up, url, aws):
    shown = apitool("logs", "enable", *PROD, "--level", "info").stdout
    assert "replace /*/*/logging/loglevel INFO" in shown
    call("GET", f"{url}/orders")
    group = f"API-Gateway-Execution-Logs_{up['rest_api_id']}/prod"
    lines = wait_for_lines(aws("logs"), group)
    assert any("HTTP Method: GET, Resource Path: /orders" in line for line in lines)
    assert any(line.endswith("Method completed with status: 200") for line in lines)


def test_a_plan_after_logs_enable_shows_no_change(apitool):
    assert apitool("plan", *PROD, "--detailed-exitcode").stdout == "no changes\n"


def test_logs_of_one_route_are_a_method_setting_of_their_own(apitool, up, aws):
    apitool("logs", "enable", *PROD, "--route", "GET /orders/{orderId}", "--level", "full")
    settings = aws("apigateway").get_stage(restApiId=up["rest_api_id"], stageName="prod")["methodSettings"]
    assert settings["~1orders~1{orderId}/GET"]["dataTraceEnabled"] is True
    assert settings["*/*"]["dataTraceEnabled"] is False


def test_logs_disable_clears_the_method_setting_too(apitool, up, aws):
    apitool("logs", "disable", *PROD)
    settings = aws("apigateway").get_stage(restApiId=up["rest_api_id"], stageName="prod")["methodSettings"]
    assert {entry.get("loggingLevel", "OFF") for entry in settings.values()} == {"OFF"}
    assert apitool.json("logs", "status", *PROD)["routes"]["GET /orders/{orderId}"] == "off"


def test_patch_operations_of_ones_own_are_sent_unless_aws_would_refuse_or_spoil_them(apitool, up, aws):
    sent = apitool.json("logs", "patch", *PROD, "/*/*/logging/loglevel=ERROR")
    assert sent["patch_operations"] == [{"op": "replace", "path": "/*/*/logging/loglevel", "value": "ERROR"}]
    gateway = aws("apigateway")
    before = gateway.get_stage(restApiId=up["rest_api_id"], stageName="prod")
    assert before["methodSettings"]["*/*"]["loggingLevel"] == "ERROR"
    for wrong in (
        "/*/*/logging/loglevel=DEBUG",
        "/*/*/metrics/enabled=on",
        "/orders/ANY/logging/dataTrace=true",
    ):
        apitool("logs", "patch", *PROD, "/*/*/logging/loglevel=INFO", wrong, exits=2)
    after = gateway.get_stage(restApiId=up["rest_api_id"], stageName="prod")
    assert after["methodSettings"] == before["methodSettings"]
    apitool("logs", "disable", *PROD)


def test_the_access_log_goes_off_and_on_and_leaves_nothing_to_plan(apitool, up, aws):
    def settings():
        return aws("apigateway").get_stage(restApiId=up["rest_api_id"], stageName="prod")

    declared = settings()["accessLogSettings"]
    off = apitool("logs", "disable", *PROD, "--source", "access")
    assert "remove /accessLogSettings" in off.stdout
    assert "the next `up` turns the access log on again" in off.stderr
    assert "accessLogSettings" not in settings()
    apitool("logs", "enable", *PROD, "--source", "access")
    assert settings()["accessLogSettings"] == declared
    assert "nothing to change" in apitool("logs", "enable", *PROD, "--source", "access").stdout


def test_a_method_is_tested_with_its_log_while_logging_is_off(apitool):
    tested = apitool.json("call", "GET", "/orders", "--test-invoke", *PROD)
    assert (tested["status"], json.loads(tested["body"])["orders"]) == (200, [])
    assert tested["log"][0].startswith("Execution log for request ")
    assert tested["log"][-1].endswith("Method completed with status: 200")
    assert any("test-invoke-stage" in line for line in tested["log"])


def test_a_body_that_is_an_object_is_the_silent_502(apitool, url):
    source = apitool.folder / "lambda_src/orders/app.py"
    kept = source.read_text()
    source.write_text(OBJECT_BODY_HANDLER)
    try:
        failed = apitool("up", *PROD, "--yes", exits=7)
        assert "502" in failed.stderr
        status, headers, body = call("GET", f"{url}/orders")
        tested = apitool.json("call", "GET", "/orders", "--test-invoke", *PROD)
    finally:
        source.write_text(kept)
    assert (status, body) == (502, '{"message": "Internal server error"}')
    assert headers["x-amzn-ErrorType"] == "InternalServerErrorException"
    assert [finding["rule"] for finding in tested["findings"]] == ["response.body-not-a-string"]


def test_an_added_route_shows_as_one_added_route_and_answers_after_up(apitool, url):
    toml = apitool.folder / "apitool.toml"
    toml.write_text(toml.read_text().replace("[api]", '"GET /health" = "orders"\n\n[api]'))
    planned = apitool("plan", *PROD, "--detailed-exitcode", exits=3).stdout.splitlines()
    assert [line for line in planned if "route" in line or " /" in line] == ["+ GET /health → orders"]
    apitool("up", *PROD, "--yes")
    assert call("GET", f"{url}/health")[0] in {200, 404}, "the function answers now, not the gateway"
    assert apitool.json("status", *PROD)["routes_missing"] == []


def test_status_shows_what_was_added_by_hand_and_no_plan_shows(apitool, up, aws):
    gateway, api = aws("apigateway"), up["rest_api_id"]
    ours = gateway.get_stage(restApiId=api, stageName="prod")["deploymentId"]
    (orders,) = [each for each in gateway.get_resources(restApiId=api)["items"] if each["path"] == "/orders"]
    added = {"restApiId": api, "resourceId": orders["id"], "httpMethod": "DELETE"}
    gateway.put_method(**added, authorizationType="NONE")
    gateway.put_integration(
        **added, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'}
    )
    deployed = gateway.create_deployment(restApiId=api)["id"]
    patch(gateway, api, "/deploymentId", deployed)
    patch(gateway, api, "/~1orders/GET/throttling/rateLimit", "1")
    seen = apitool.json("status", *PROD)
    assert seen["routes_extra"] == ["DELETE /orders"]
    assert "GET /orders" in seen["settings_extra"]
    shown = apitool("status", *PROD).stdout
    assert "deployed, not declared: DELETE /orders" in shown
    assert "settings of their own, not declared: GET /orders" in shown
    patch(gateway, api, "/deploymentId", ours)


def patch(gateway, api, path, value):
    operation = {"op": "replace", "path": path, "value": value}
    gateway.update_stage(restApiId=api, stageName="prod", patchOperations=[operation])


def test_values_of_environment_variables_are_shown_nowhere(apitool):
    apitool("plan", *PROD, "-v")
    apitool("status", *PROD)
    assert len(apitool.said) > 10
    assert not [text for text in apitool.said if CANARY in text]


def test_files_that_hold_them_are_private(apitool):
    files = [path for path in (apitool.folder / ".apitool").rglob("*") if path.is_file()]
    holding = [path for path in files if CANARY.encode() in path.read_bytes()]
    assert holding, "the variables file holds it"
    assert {stat.filemode(path.stat().st_mode) for path in holding} == {"-rw-------"}


def test_down_leaves_no_resource_but_the_accounts_role_and_stop_leaves_no_process(apitool, aws):
    role = aws("apigateway").get_account()["cloudwatchRoleArn"]
    apitool("down", *PROD, "--yes")
    assert aws("apigateway").get_account()["cloudwatchRoleArn"] == role
    assert [each["Arn"] for each in aws("iam").list_roles()["Roles"]] == [role]
    assert aws("apigateway").get_rest_apis()["items"] == []
    assert aws("lambda").list_functions()["Functions"] == []
    assert aws("dynamodb").list_tables()["TableNames"] == []
    assert aws("logs").describe_log_groups()["logGroups"] == []
    assert apitool.json("status", *PROD)["up"] is False
    assert apitool.json("local", "stop")["stopped"] is True
    assert apitool.json("local", "status")["running"] is False


def wait_for_lines(logs: Any, group: str) -> list[str]:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        events = logs.filter_log_events(logGroupName=group)["events"]
        if any("Method completed" in event["message"] for event in events):
            return [event["message"] for event in events]
        time.sleep(0.05)
    raise AssertionError(f"no request in {group}")
