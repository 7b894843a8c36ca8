"""The pytest plugin as a handler's author uses it: a project, a handler, a test file."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from apitool.project.load import load
from apitool.project.stages import stage_named
from apitool.testing.answer import BrokenContractError
from apitool.testing.client import Api
from apitool.testing.handlers import Handlers

if TYPE_CHECKING:
    from pathlib import Path

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.first]
source = "first"
handler = "app.handler"
environment = { COLOUR = "blue" }
tables = { TABLE = "items" }
[functions.second]
source = "second"
handler = "app.handler"
[tables.items]
hash_key = "id"
[routes]
"GET /items/{id}" = "first"
"POST /items" = "first"
"GET /other" = "second"
[stages.dev]
local = true
variables = { tier = "silver" }
"""
FIRST = """\
import json, os
from parts import wrap
def handler(event, context):
    if event["httpMethod"] == "POST":
        return {"statusCode": 200, "body": json.loads(event["body"])}
    if event["pathParameters"]["id"] == "boom":
        raise KeyError("boom")
    seen = {
        "event": event, "colour": os.environ["COLOUR"], "table": os.environ["TABLE"],
        "key": os.environ["AWS_ACCESS_KEY_ID"], "name": context.function_name,
        "left": context.get_remaining_time_in_millis(),
    }
    return wrap(json.dumps(seen))
"""
PARTS = """\
def wrap(body):
    cookies = {"Set-Cookie": ["a=1", "b=2"]}
    headers = {"Content-Type": "application/json"}
    return {"statusCode": 200, "headers": headers, "multiValueHeaders": cookies, "body": body}
"""
SECOND = """\
from parts import WORD
def handler(event, context):
    return {"statusCode": 200, "body": WORD}
"""


@pytest.fixture
def project(tmp_path: Path):
    for name, text in {
        "apitool.toml": TOML,
        "first/app.py": FIRST,
        "first/parts.py": PARTS,
        "second/app.py": SECOND,
        "second/parts.py": "WORD = 'second'\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def shop(project: Path, monkeypatch):
    from apitool.testing.environment import prepared  # noqa: PLC0415 - beside its only use

    monkeypatch.setenv("AWS_PROFILE", "production")
    loaded = load(project).project
    stage = stage_named(loaded, None)
    return Api(loaded, stage, Handlers(), lambda name: prepared(monkeypatch, loaded, stage, name))


def test_the_handler_gets_the_exact_event_and_its_environment(shop):
    answer = shop.get("/items/a b", query={"tag": ["x", "y"]}, headers={"X-Trace": "1"})
    seen = answer.json()
    event = seen["event"]
    assert answer.status == answer.status_code == 200
    assert len(event) == 12
    assert event["pathParameters"] == {"id": "a%20b"}
    assert event["multiValueQueryStringParameters"] == {"tag": ["x", "y"]}
    assert event["queryStringParameters"] == {"tag": "y"}
    assert event["stageVariables"] == {"tier": "silver"}
    assert event["headers"]["X-Trace"] == "1"
    assert (seen["colour"], seen["table"], seen["name"]) == ("blue", "shop-dev-items", "shop-dev-first")
    assert 9_000 < seen["left"] <= 10_000


def test_the_developers_own_credentials_are_out_of_reach(shop):
    assert shop.get("/items/1").json()["key"] == "testing"
    assert "AWS_PROFILE" not in os.environ


def test_headers_are_those_of_the_wire(shop):
    answer = shop.get("/items/1")
    assert answer.header_values("set-cookie") == ["a=1", "b=2"]
    assert answer.header("CONTENT-TYPE") == "application/json"
    assert answer.header("x-amzn-requestid")


def test_a_broken_contract_fails_with_the_verdict(shop):
    with pytest.raises(BrokenContractError) as caught:
        shop.post("/items", json={"id": 1})
    text = str(caught.value)
    assert "502" in text
    assert "/body" in text
    assert "json.dumps" in text


def test_a_broken_contract_is_a_502_where_that_is_what_the_test_is_about(shop):
    answer = shop.post("/items", json={"id": 1}, broken=True)
    assert answer.status == 502
    assert answer.json() == {"message": "Internal server error"}
    assert not answer.verdict.accepted


def test_what_the_handler_raises_passes_through_and_is_a_502_on_demand(shop):
    with pytest.raises(KeyError, match="boom"):
        shop.get("/items/boom")
    assert shop.get("/items/boom", broken=True).status == 502


def test_functions_with_modules_of_the_same_name_do_not_meet(shop):
    assert shop.get("/other").text == "second"
    assert shop.get("/items/1").status == 200
    assert shop.get("/other").text == "second"
    assert "parts" not in sys.modules


def test_a_request_without_a_route_is_the_gateways_403(shop):
    answer = shop.delete("/items/1")
    assert answer.status == 403
    assert answer.event is None
    assert answer.json() == {"message": "Missing Authentication Token"}


def test_the_fixture_works_in_a_run_of_pytest(project: Path):
    (project / "test_items.py").write_text(
        "def test_read(api):\n    assert api.get('/items/1').status == 200\n"
        "def test_write(api):\n    api.post('/items', json={'id': 1})\n"
    )
    argv = [sys.executable, "-m", "pytest", "-p", "apitool.testing", "-p", "no:cacheprovider", "-q", "."]
    ended = subprocess.run(argv, cwd=project, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "1 failed, 1 passed" in ended.stdout
    assert "call json.dumps" in ended.stdout or "json.dumps" in ended.stdout
    assert "client.py" not in ended.stdout, "the plugin's own frames are hidden"
