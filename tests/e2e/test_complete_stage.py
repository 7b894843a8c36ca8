"""A stage that says everything the embedded AWS can carry: applied, asked, planned again without a change.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.e2e.conftest import CommandLine

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

PROJECT = Path(__file__).parent / "complete"
FUNCTION = "complete-dev-answers"


@pytest.fixture(scope="module")
def apitool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("complete")
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    line = CommandLine(folder)
    yield line
    line("local", "stop")


@pytest.fixture(scope="module")
def up(apitool):
    return apitool.json("up", "--yes")


def ask(up):
    with urllib.request.urlopen(f"{up['url']}/answers", timeout=60) as answer:
        return json.load(answer)


def test_it_answers_and_the_next_plan_is_empty(apitool, up):
    assert ask(up) == {"color": "blue", "canary": False}
    assert apitool.json("plan")["changes"] == []


def test_the_function_has_what_the_file_says(apitool, up):
    assert up["url"]
    function = apitool.clients()("lambda")
    said = function.get_function_configuration(FunctionName=FUNCTION)
    assert said["EphemeralStorage"] == {"Size": 1024}
    assert said["VpcConfig"]["SubnetIds"] == ["subnet-0a1b2c3d4e5f60718"]
    assert said["FileSystemConfigs"][0]["LocalMountPath"] == "/mnt/answers"
    assert said["DeadLetterConfig"]["TargetArn"].endswith(":dead")
    assert said["TracingConfig"] == {"Mode": "Active"}
    concurrency = function.get_function_concurrency(FunctionName=FUNCTION)
    assert concurrency["ReservedConcurrentExecutions"] == 10


def test_data_trace_of_a_production_stage_is_refused_without_an_explicit_yes(apitool, up):
    assert up["url"]
    refused = apitool("logs", "enable", "--level", "full", exits=2)
    assert "--yes-log-bodies" in refused.stderr


def test_a_resource_policy_that_denies_turns_callers_away(apitool, up):
    policy = apitool.folder / "policies" / "open.json"
    kept = policy.read_text()
    policy.write_text(kept.replace("192.0.2.0/24", "127.0.0.0/8"))
    try:
        apitool("up", "--yes", exits=7)
        with pytest.raises(urllib.error.HTTPError) as raised:
            ask(up)
        with raised.value as answer:
            assert answer.code == 403
    finally:
        policy.write_text(kept)
    apitool("up", "--yes")
    assert ask(up)["color"] == "blue"


def test_a_canary_takes_its_share_with_its_own_variables(apitool, up):
    deployment = apitool.json("status")["deployment_id"]
    toml = apitool.folder / "apitool.toml"
    canary = (
        f'canary = {{ percent = 100, deployment_id = "{deployment}", variables = {{ color = "green" }} }}\n'
    )
    toml.write_text(toml.read_text().replace("production         = true\n", f"production = true\n{canary}"))
    apitool("up", "--yes")
    assert ask(up) == {"color": "green", "canary": True}
    assert apitool.json("plan")["changes"] == []
    apitool("down", "--yes")
