"""New code that never reached Lambda is not forgotten: the state calls it deployed, the function has the old.

The provider writes down what it is about to send. The tests are steps of one story and run in order.
"""

from __future__ import annotations

import urllib.request

import pytest
from tests.e2e.conftest import CommandLine
from tests.e2e.wire import Refused, between

from apitool.local import service

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

PROJECT = """\
name = "code"
region = "eu-central-1"

[functions.a]
source = "src"
handler = "app.handler"

[routes]
"GET /a" = "a"

[stages.dev]
local = true
"""
UPDATE_CODE = "PUT /2015-03-31/functions/code-dev-a/code"
DENIED = '{"Message": "User is not authorized to perform: lambda:UpdateFunctionCode"}'


@pytest.fixture(scope="module")
def apitool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("code")
    (folder / "apitool.toml").write_text(PROJECT)
    (folder / "src").mkdir()
    line = CommandLine(folder)
    yield line
    line("local", "stop")


@pytest.fixture(scope="module")
def wire(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    with between(apitool.folder) as wire:
        yield wire


def write(apitool, version):
    code = f"def handler(event, context):\n    return {{'statusCode': 200, 'body': '{version}'}}\n"
    (apitool.folder / "src" / "app.py").write_text(code)


def body(apitool):
    url = apitool.json("local", "status")["stages"]["dev"]
    with urllib.request.urlopen(f"{url}/a", timeout=60) as answer:
        return answer.read().decode()


def test_code_that_is_refused_is_not_live(apitool, wire):
    write(apitool, "one")
    apitool("up", "--yes")
    write(apitool, "two")
    wire.faults[:] = [Refused(UPDATE_CODE, status=403, body=DENIED, error="AccessDeniedException")]
    apitool("up", "--yes", exits=4)
    assert [fault.times for fault in wire.faults] == [0]
    assert body(apitool) == "one"


def test_the_next_up_sends_it_although_the_state_calls_it_deployed(apitool):
    apitool("up", "--yes")
    assert body(apitool) == "two"
    assert apitool.json("plan")["changes"] == []
