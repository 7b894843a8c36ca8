"""Every way to say who may call and what is refused, applied by the real Terraform and asked over HTTP.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import base64
import json
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.e2e.conftest import CommandLine

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

PROJECT = Path(__file__).parent / "guarded"
TENANT = {"X-Tenant": "acme"}


@pytest.fixture(scope="module")
def apitool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    line = CommandLine(folder)
    yield line
    line("local", "stop")


@pytest.fixture(scope="module")
def up(apitool):
    return apitool.json("up", "--yes")


@pytest.fixture(scope="module")
def keys(apitool, up):
    """Values of the API keys by their names, as who may read them gets them."""
    assert up["url"]
    items = apitool.clients()("apigateway").get_api_keys(includeValues=True)["items"]
    return {item["name"]: item["value"] for item in items}


@pytest.fixture(scope="module")
def call(up):
    def asked(method, path, headers=None, body=None):
        request = urllib.request.Request(up["url"] + path, body, headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    return asked


def id_token(**claims):
    """As a user pool would sign it; the signature is not looked at."""
    parts = [{"alg": "RS256"}, {"exp": int(time.time()) + 60, **claims}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmVk"])


def test_a_token_authorizer_lets_in_and_turns_away(call):
    status, _, body = call("GET", "/staff", {"Authorization": "Bearer ada"})
    assert (status, json.loads(body)["caller"]) == (
        200,
        {"principalId": "ada", "role": "admin", "level": "3"},
    )
    status, _, body = call("GET", "/staff", {"Authorization": "Bearer mallory"})
    assert (status, b"explicit deny" in body) == (403, True)
    assert call("GET", "/staff", {"Authorization": "Bearer eve"})[0] == 401
    status, headers, _ = call("GET", "/staff", {"Authorization": "ada"})  # not what the expression wants
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
    assert call("GET", "/open")[0] == 200


def test_a_request_authorizer_looks_at_its_sources(call):
    assert call("GET", "/tenants/acme?token=ada")[0] == 200
    assert call("GET", "/tenants/acme?token=mallory")[0] == 403
    assert call("GET", "/tenants/acme")[0] == 401


def test_a_user_pools_token_has_to_have_the_scope(call):
    read, write = (id_token(token_use="access", scope=f"orders/{verb}") for verb in ("read", "write"))
    assert call("GET", "/people", {"Authorization": read})[0] == 200
    assert call("GET", "/people", {"Authorization": write})[0] == 401
    assert call("GET", "/people")[0] == 401


def test_an_unsigned_request_is_refused_where_iam_decides(call):
    status, _, body = call("GET", "/signed")
    assert (status, body) == (403, b'{"message":"Missing Authentication Token"}')


def test_keys_are_asked_for_counted_and_used_up(call, keys):
    assert call("GET", "/metered")[0] == 403
    assert call("GET", "/metered", {"x-api-key": "guess"})[0] == 403
    assert call("GET", "/metered", {"x-api-key": keys["guarded-dev-former"]})[0] == 403
    mine = {"x-api-key": keys["guarded-dev-mobile"]}
    assert [call("GET", "/metered", mine)[0] for _ in range(3)] == [200, 200, 200]
    status, headers, body = call("GET", "/metered", mine)
    assert (status, headers["x-amzn-ErrorType"]) == (
        402,
        "LimitExceededException",
    )  # 429, had we not said 402
    assert json.loads(body)["message"] == "Limit Exceeded"


def test_requests_are_validated(call):
    good = json.dumps({"items": [{"sku": "tea", "count": 2}]}).encode()
    assert call("POST", "/orders?page=1", TENANT, good)[0] == 200
    status, _, body = call("POST", "/orders", {}, good)
    assert (status, body) == (400, b'{"message":"Missing required request parameters: [X-Tenant, page]"}')
    bad = json.dumps({"items": [{"count": 0}]}).encode()
    json_type = {**TENANT, "Content-Type": "application/json"}
    status, _, body = call("POST", "/orders?page=1", json_type, bad)
    assert (status, json.loads(body)) == (400, {"message": "Invalid request body"})


def test_a_method_is_throttled_by_settings_of_its_own(call):
    statuses = [call("GET", "/slow")[0] for _ in range(3)]
    assert statuses == [200, 429, 429]
    assert call("GET", "/open")[0] == 200


def test_preflights_are_open_and_the_gateways_own_errors_have_cors_headers(call):
    status, headers, _ = call("OPTIONS", "/staff", {"Origin": "http://localhost:8000"})
    assert (status, headers["Access-Control-Allow-Origin"]) == (204, "http://localhost:8000")
    for path in ("/staff", "/metered", "/nothing"):
        _, headers, _ = call("GET", path)
        assert headers["Access-Control-Allow-Origin"] == "http://localhost:8000", path


def test_what_single_methods_have_of_their_own_is_on_the_stage(apitool, up):
    assert up["url"]
    client = apitool.clients()("apigateway")
    (api,) = client.get_rest_apis()["items"]
    stage = client.get_stage(restApiId=api["id"], stageName="dev")
    assert (stage["cacheClusterEnabled"], stage["cacheClusterSize"]) == (True, "0.5")
    whole, slow, orders = (stage["methodSettings"][key] for key in ("*/*", "~1slow/GET", "~1orders/POST"))
    assert (whole["metricsEnabled"], whole["cachingEnabled"], whole["loggingLevel"]) == (
        False,
        False,
        "ERROR",
    )
    assert (slow["metricsEnabled"], slow["throttlingBurstLimit"]) == (True, 1)
    assert slow.get("loggingLevel", "OFF") == "OFF"
    assert (orders["cachingEnabled"], orders["cacheTtlInSeconds"], orders["cacheDataEncrypted"]) == (
        True,
        60,
        True,
    )


def test_a_second_plan_finds_nothing_to_do(apitool, up):
    assert up["url"]
    assert apitool.json("plan", "--detailed-exitcode")["changes"] == []


def test_no_command_ever_says_the_value_of_a_key(apitool, keys):
    assert len(keys) == 2
    for value in keys.values():
        assert not any(value in said for said in apitool.said)


def test_down_takes_keys_and_plans_along(apitool, up):
    assert up["url"]
    apitool("down", "--yes")
    client = apitool.clients()("apigateway")
    assert (client.get_api_keys()["items"], client.get_usage_plans()["items"]) == ([], [])
