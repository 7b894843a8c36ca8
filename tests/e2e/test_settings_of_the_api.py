"""What is said of the API as a whole can be changed and taken out again, and AWS has what is said.

The provider sends values that it read before after each import of the body, unless they are set.
The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json

import pytest
from tests.e2e.conftest import CommandLine

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

HANDLER = "def handler(event, context):\n    return {'statusCode': 200, 'body': '{}'}\n"
PROJECT = """\
name = "settings"
region = "eu-central-1"

[functions.a]
source = "src"
handler = "app.handler"

[routes]
"GET /a" = "a"

[stages.dev]
local = true
"""


def saying(size: int, binary: str, text: str) -> str:
    return (
        PROJECT
        + f"""\
resource_policy = "policy.json"

[api]
description = "{text}"
minimum_compression_size = {size}
binary_media_types = ["{binary}"]
"""
    )


def allowing(path: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "execute-api:Invoke",
        "Resource": f"execute-api:/{path}",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def apitool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settings")
    (folder / "src").mkdir()
    (folder / "src" / "app.py").write_text(HANDLER)
    line = CommandLine(folder)
    yield line
    line("local", "stop")


def up(apitool, project):
    (apitool.folder / "apitool.toml").write_text(project)
    apitool("up", "--yes")
    assert apitool.json("plan")["changes"] == []
    (api,) = apitool.clients()("apigateway").get_rest_apis()["items"]
    return api


def resources(api):
    policy = json.loads(json.loads(f'"{api["policy"]}"'))
    return [statement["Resource"] for statement in policy["Statement"]]


def test_what_is_said_is_there(apitool):
    (apitool.folder / "policy.json").write_text(allowing("*"))
    api = up(apitool, saying(1000, "image/png", "one"))
    assert (api["minimumCompressionSize"], api["binaryMediaTypes"]) == (1000, ["image/png"])
    assert api["description"] == "one"
    assert resources(api) == ["arn:aws:execute-api:eu-central-1:123456789012:*/*"]


def test_what_is_changed_is_changed(apitool):
    (apitool.folder / "policy.json").write_text(allowing("dev/GET/a"))
    api = up(apitool, saying(2000, "image/gif", "two"))
    assert (api["minimumCompressionSize"], api["binaryMediaTypes"]) == (2000, ["image/gif"])
    assert api["description"] == "two"
    assert resources(api) == ["arn:aws:execute-api:eu-central-1:123456789012:*/dev/GET/a"]


def test_a_policy_that_is_taken_out_would_come_back_and_is_told_so(apitool):
    (apitool.folder / "apitool.toml").write_text(PROJECT)
    said = apitool("up", "--yes", exits=1).stderr
    assert "a resource policy that nothing declares any more" in said
    assert "aws apigateway update-rest-api --rest-api-id" in said


def test_what_is_taken_out_is_gone(apitool):
    gateway = apitool.clients()("apigateway")
    (api,) = gateway.get_rest_apis()["items"]
    gateway.update_rest_api(  # what the message says
        restApiId=api["id"], patchOperations=[{"op": "replace", "path": "/policy", "value": ""}]
    )
    api = up(apitool, PROJECT)
    assert {"minimumCompressionSize", "binaryMediaTypes", "policy"} & api.keys() == set()
    apitool("down", "--yes")
