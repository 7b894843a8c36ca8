"""Every way a request can fail, made for real on the embedded AWS, and `logs explain --last-error` on it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.e2e.conftest import CommandLine

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.xdist_group("fault-matrix")]

FAULTS = Path(__file__).parent / "faults"
BY_HANDLER = {
    "body-object": (502, "response.body-not-a-string"),
    "long-body": (502, "response.body-not-a-string"),
    "unknown-key": (502, "response.unknown-key"),
    "bad-status": (502, "response.status-not-an-integer"),
    "headers-list": (502, "response.headers-not-an-object"),
    "bad-base64": (500, "response.body-not-base64"),
    "text": (502, "response.not-an-object"),
    "raise": (502, "function.error"),
    "exit": (502, "function.exited"),
    "unserialisable": (502, "response.not-json"),
    "import": (502, "function.import-error"),
    "timeout": (502, "function.timeout"),
    "memory": (502, "function.out-of-memory"),
    "memory-error": (502, "function.out-of-memory"),
    "slow": (504, "function.no-answer-in-time"),
    "own-500": (500, "handler.server-error"),
    "own-404": (404, "handler.client-error"),
    "nothing": (403, "route.no-such-method"),
}
BY_SETTING = {
    "throttled": (500, "function.throttled"),
    "unpermitted": (500, "function.not-permitted"),
    "wrong-method": (500, "integration.invalid-endpoint"),
    "rate": (429, "request.throttled"),
}

TOKEN = "Authorization"
AT_THE_GATE = {
    "no token": ("GET", "guarded", {}, 401, "authorizer.unauthorized"),
    "a token refused": ("GET", "guarded", {TOKEN: "unauthorized"}, 401, "authorizer.unauthorized"),
    "a policy that denies": ("GET", "guarded", {TOKEN: "deny"}, 403, "authorizer.denied"),
    "an authorizer that fails": ("GET", "guarded", {TOKEN: "fail"}, 500, "authorizer.failed"),
    "an authorizer's garbage": ("GET", "guarded", {TOKEN: "garbage"}, 500, "authorizer.invalid-output"),
    "no signature": ("GET", "signed", {}, 403, "authorizer.no-signature"),
    "no key": ("GET", "keyed", {}, 403, "request.invalid-api-key"),
    "an unknown key": ("GET", "keyed", {"x-api-key": "x" * 20}, 403, "request.invalid-api-key"),
    "a wrong body": ("POST", "checked", {"Content-Type": "application/json"}, 400, "request.invalid-body"),
    "a missing parameter": ("GET", "needs-parameter", {}, 400, "request.missing-parameters"),
    "a media type": ("POST", "only-json", {"Content-Type": "a/b"}, 415, "request.unsupported-media-type"),
    "nobody at the endpoint": ("GET", "nobody-listens", {}, 504, "integration.endpoint"),
}


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults") / "project"
    shutil.copytree(FAULTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    line = CommandLine(folder)
    yield line
    line("local", "stop")


@pytest.fixture(scope="module")
def up(faults):
    return faults.json("up", "--yes")


@pytest.fixture(scope="module")
def broken(faults, up):
    """The same stage after somebody broke it by hand."""
    client = faults.clients()
    functions, gateway = client("lambda"), client("apigateway")
    functions.put_function_concurrency(FunctionName="faults-dev-throttled", ReservedConcurrentExecutions=0)
    take_permission_away(functions, "faults-dev-unpermitted")
    break_integration(gateway, up["rest_api_id"])
    gateway.create_deployment(restApiId=up["rest_api_id"], stageName="dev")
    gateway.update_stage(
        restApiId=up["rest_api_id"],
        stageName="dev",
        patchOperations=[
            {"op": "replace", "path": f"/~1rate/GET/throttling/{name}", "value": "0"}
            for name in ("rateLimit", "burstLimit")
        ],
    )
    return up["url"]


def take_permission_away(functions, name):
    alias = functions.list_aliases(FunctionName=name)["Aliases"][0]["Name"]
    policy = json.loads(functions.get_policy(FunctionName=name, Qualifier=alias)["Policy"])
    for statement in policy["Statement"]:
        functions.remove_permission(FunctionName=name, Qualifier=alias, StatementId=statement["Sid"])


def break_integration(gateway, rest_api_id):
    pages = gateway.get_paginator("get_resources").paginate(restApiId=rest_api_id)
    ids = {each["path"].removeprefix("/"): each["id"] for page in pages for each in page["items"]}

    where = {"restApiId": rest_api_id, "resourceId": ids["wrong-method"], "httpMethod": "GET"}
    uri = gateway.get_integration(**where)["uri"]
    gateway.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="GET", uri=uri)


def call(url, method="GET", headers=None):
    """(status, request id) of a request; a POST sends an empty object."""
    try:
        headers = {"Accept": "image/png"} | (headers or {})
        body = b"{}" if method == "POST" else None
        request = urllib.request.Request(url, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["x-amzn-RequestId"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["x-amzn-RequestId"]


def explained(line, url, name, status, **sent):
    """The cause `logs explain --last-error` names for the request just made."""
    seen, request_id = call(f"{url}/{name}", **sent)
    assert seen == status
    told = line.json("logs", "explain", "--last-error")
    assert told["request_id"] == request_id
    return told


@pytest.mark.parametrize("name", BY_HANDLER)
def test_a_fault_of_the_handler_is_named(faults, up, name):
    status, rule = BY_HANDLER[name]
    told = explained(faults, up["url"], name, status)
    assert told["cause"]["rule"] == rule
    assert told["evidence"]


@pytest.mark.parametrize("name", AT_THE_GATE)
def test_who_was_turned_away_at_the_gate_is_told_why(faults, up, name):
    method, path, headers, status, rule = AT_THE_GATE[name]
    told = explained(faults, up["url"], path, status, method=method, headers=headers)
    assert told["cause"]["rule"] == rule


def test_a_quota_that_is_used_up_is_named(faults, up):
    keys = faults.clients()("apigateway").get_api_keys(includeValues=True)["items"]
    headers = {"x-api-key": keys[0]["value"]}
    assert call(f"{up['url']}/keyed", "GET", headers)[0] == 200
    told = explained(faults, up["url"], "keyed", 429, headers=headers)
    assert told["cause"]["rule"] == "request.quota-exceeded"


@pytest.mark.parametrize("name", ["request_id", "extended_request_id", "lambda_request_id", "trace_id"])
def test_a_request_is_found_by_any_of_its_ids(faults, up, name):
    told = explained(faults, up["url"], "raise", 502)
    again = faults.json("logs", "explain", told[name])
    assert again["request_id"] == told["request_id"]
    assert again["cause"]["rule"] == "function.error"


def test_an_answer_piped_in_from_curl_is_explained(faults, up):
    answer = subprocess.run(
        ["curl", "-si", f"{up['url']}/body-object"], capture_output=True, text=True, check=True
    ).stdout
    told = faults.json("logs", "explain", answer)
    assert told["cause"]["rule"] == "response.body-not-a-string"


def test_a_stage_that_is_not_deployed_is_named_from_the_answer(faults, up):
    elsewhere = up["url"].removesuffix("/dev") + "/nowhere/ok"
    answer = subprocess.run(["curl", "-si", elsewhere], capture_output=True, text=True, check=True).stdout
    assert faults.json("logs", "explain", answer)["cause"]["rule"] == "route.no-such-stage"


def test_tail_shows_each_request_once_and_who_made_the_error(faults, up):
    ids = [call(f"{up['url']}/{name}")[1] for name in ("ok", "body-object", "own-500")]
    lines = [json.loads(line) for line in faults("logs", "tail", "-o", "json").stdout.splitlines()]
    by_id = [line for line in lines if line["request_id"] in ids]
    assert [(line["request_id"], line["error_by"]) for line in by_id] == list(
        zip(ids, (None, "gateway", "handler"), strict=True)
    )


def test_stats_count_every_request_of_a_route(faults, up):
    before = faults.json("logs", "stats").get("GET /ok", {"requests": 0})["requests"]
    for _ in range(5):
        call(f"{up['url']}/ok")
    figures = faults.json("logs", "stats")["GET /ok"]
    assert figures["requests"] == before + 5
    assert figures["latency_ms"]["gateway"]["p50"] is not None


def test_a_body_is_shown_only_when_asked_for(faults, up):
    _, request_id = call(f"{up['url']}/own-500")
    assert "database" not in faults("logs", "explain", request_id).stdout
    assert "database" in faults("logs", "explain", request_id, "--bodies").stdout


def test_debug_ended_by_a_signal_leaves_the_settings_as_they_were(faults, up):
    gateway = faults.clients()("apigateway")

    def settings():
        return gateway.get_stage(restApiId=up["rest_api_id"], stageName="dev").get("methodSettings", {})

    faults("logs", "enable", "--level", "error", "--route", "GET /ok")
    before = settings()
    process = faults.start("logs", "debug", "--for", "5m")
    assert any("until" in line for line in iter(process.stderr.readline, ""))
    assert settings()["*/*"]["dataTraceEnabled"] is True
    call(f"{up['url']}/raise")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert settings() == before
    assert faults("plan", "--detailed-exitcode").stdout == "no changes\n"
    faults("logs", "enable", "--level", "full")


def test_what_is_on_for_a_while_is_known_on_every_machine_and_kept_by_up_until_it_is_over(faults, up):
    gateway = faults.clients()("apigateway")

    def level():
        stage = gateway.get_stage(restApiId=up["rest_api_id"], stageName="dev")
        return stage["methodSettings"]["*/*"].get("loggingLevel", "OFF")

    before = level()
    faults("logs", "enable", "--level", "info" if before != "INFO" else "error", "--for", "30m")
    during = level()
    assert during != before
    for left in (faults.folder / ".apitool" / "embedded" / "stages" / "dev").glob("*logging*"):
        left.unlink()  # another machine has no such file
    faults("up", "--yes", "--refresh")
    assert level() == during
    expire(faults)
    assert "is over" in faults("logs", "status").stderr
    assert "as before" in faults("up", "--yes").stderr
    assert level() == before


def expire(faults):
    """Let the time of the record in the state bucket be over."""
    s3 = faults.clients()("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    place = {"Bucket": bucket, "Key": "faults/dev.logging-before.json"}
    record = json.loads(s3.get_object(**place)["Body"].read())
    s3.put_object(**place, Body=json.dumps(record | {"expires_at": 0}))


def test_a_killed_debug_is_noticed_and_undone(faults, up):
    gateway = faults.clients()("apigateway")

    def settings():
        return gateway.get_stage(restApiId=up["rest_api_id"], stageName="dev").get("methodSettings", {})

    faults("logs", "enable", "--level", "info")
    before = settings()
    process = faults.start("logs", "debug")
    assert any("until" in line for line in iter(process.stderr.readline, ""))
    process.kill()
    process.communicate(timeout=60)
    assert settings() != before
    assert "logs restore" in faults("logs", "status").stderr
    faults("logs", "restore")
    assert settings() == before
    faults("logs", "enable", "--level", "full")


@pytest.mark.parametrize("name", BY_SETTING)
def test_a_fault_of_the_settings_is_named(faults, broken, name):
    status, rule = BY_SETTING[name]
    assert explained(faults, broken, name, status)["cause"]["rule"] == rule


def test_live_tail_shows_a_request_as_it_comes(faults, up):
    process = faults.start("logs", "tail", "--live", "-o", "json", "--source", "gateway,access")
    try:
        assert any("waiting for requests" in line for line in iter(process.stderr.readline, ""))
        _, request_id = call(f"{up['url']}/ok")
        shown = json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert (shown["request_id"], shown["status"]) == (request_id, 200)
