"""What serve does beside functions: it keeps answers as the stage's cache, and calls services of AWS."""

from __future__ import annotations

import http.client
import json

import pytest
from tests.serve.conftest import Running

from apitool.local import service

TOML = """\
name = "notes"
region = "eu-central-1"
[functions.count]
source = "src"
handler = "app.handler"
[routes."GET /counted/{id}"]
function = "count"
cache_key_parameters = ["method.request.path.id"]
[routes."GET /fresh"]
function = "count"
[routes."PUT /notes/{id}"]
integration = "AWS"
uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem"
tables = ["notes"]
[routes."PUT /notes/{id}".request_templates]
"application/json" = '''
{
  "TableName": "$stageVariables.table_notes",
  "Item": { "id": { "S": "$input.params('id')" }, "text": { "S": $input.json('$.text') } }
}'''
[routes."GET /notes/{id}"]
integration = "AWS"
uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/GetItem"
tables = ["notes"]
responses = [{ status = 200, templates = { "application/json" = '{"text": $input.json("$.Item.text.S")}' } }]
[routes."GET /notes/{id}".request_templates]
"application/json" = '''
{ "TableName": "$stageVariables.table_notes", "Key": { "id": { "S": "$input.params('id')" } } }'''
[tables.notes]
hash_key = "id"
[stages.dev]
local = true
cache = {}
routes = { "GET /counted/{id}" = { cache = true } }
"""
HANDLER = """\
count = 0
def handler(event, context):
    global count
    count += 1
    return {"statusCode": 200, "body": str(count)}
"""
TELLING = """\
import json
def handler(event, context):
    context = event["requestContext"]
    body = {"tier": event["stageVariables"]["tier"], "canary": context.get("isCanaryRequest")}
    return {"statusCode": 200, "body": json.dumps(body)}
"""


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notes")
    (folder / "src").mkdir()
    (folder / "apitool.toml").write_text(TOML)
    (folder / "src/app.py").write_text(HANDLER)
    with Running(folder).going() as running:
        yield running
    service.stop(folder)


def test_a_route_with_a_cache_answers_from_it_and_another_does_not(notes):
    first, again, other = (notes.get(f"/dev/counted/{name}")[2] for name in ("a", "a", "b"))
    assert first == again != other
    assert notes.get("/dev/fresh")[2] != notes.get("/dev/fresh")[2]
    kept = [each.answer.verdict.cached for each in notes.serving.exchanges.last]
    assert kept == [False, True, False, False, False]


def test_a_canary_answers_its_share_with_its_variables(tmp_path):
    canary = 'variables = { tier = "gold" }\ncanary = { percent = 100, variables = { tier = "new" } }\n'
    head, _, _ = TOML.partition("[routes")
    toml = f'{head}[routes]\n"GET /tier" = "count"\n[stages.dev]\nlocal = true\n{canary}'
    (tmp_path / "src").mkdir()
    (tmp_path / "apitool.toml").write_text(toml)
    (tmp_path / "src/app.py").write_text(TELLING)
    with Running(tmp_path).going() as running:
        assert json.loads(running.get("/dev/tier")[2]) == {"tier": "new", "canary": True}


def asked(running, method, path, body=None):
    """With the patience that the start of the embedded AWS takes."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    try:
        connection.request(method, path, body=body, headers={"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@pytest.mark.embedded
def test_a_service_is_called_in_the_embedded_aws_which_starts_for_it(notes):
    assert asked(notes, "PUT", "/dev/notes/1", json.dumps({"text": "tea"})) == (200, {})
    assert asked(notes, "GET", "/dev/notes/1") == (200, {"text": "tea"})
    assert any("starting the embedded one" in each for each in notes.said)
    assert any("tables made" in each for each in notes.said)
