"""`apitool check` on projects, as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.items]
source = "src"
handler = "app.handler"
[routes]
"GET /items/{id}" = "items"
"POST /items" = "items"
[stages.dev]
local = true
"""
GOOD = "def handler(event, context):\n    return {'statusCode': 200, 'body': event['httpMethod']}\n"
BROKEN = "def handler(event, context):\n    return {'statusCode': 200, 'body': {'id': 1}}\n"
HIDDEN = "def made():\n    return {'id': 1}\ndef handler(event, context):\n    return made()\n"


@pytest.fixture
def check(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "apitool.toml").write_text(TOML)

    def run(handler: str, *options: str, exits: int, toml: str = TOML) -> str:
        (tmp_path / "src/app.py").write_text(handler)
        (tmp_path / "apitool.toml").write_text(toml)
        argv = [sys.executable, "-P", "-m", "apitool", "check", *options]
        ended = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == exits, ended.stdout + ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout

    return run


def test_a_good_project_passes_with_every_route_called(check):
    assert check(GOOD, "--call", exits=0) == "nothing found\n"


def test_a_visible_break_fails_it_without_running_anything(check):
    assert "src/app.py:2:40" in check(BROKEN, "--static", exits=5)
    assert "src/app.py:2:40" in check(BROKEN, "--static", "--fail-on", "never", exits=0)


def test_a_hidden_break_needs_the_call_and_is_found_at_its_route(check):
    assert check(HIDDEN, "--static", exits=0) == "nothing found\n"
    findings = json.loads(check(HIDDEN, "--call", "--format", "json", exits=5))["findings"]
    assert {(each["about"], each["file"], each["line"]) for each in findings} == {
        ("GET /items/{id}", "apitool.toml", 7),
        ("POST /items", "apitool.toml", 8),
    }


def test_an_import_that_fails_is_found_as_lambda_words_it(check):
    out = check("import nosuch\n" + GOOD, exits=5)
    assert "No module named 'nosuch'" in out
    assert "function.not-importable" in out


def test_importing_does_not_call(check, tmp_path):
    check(
        f"def handler(event, context):\n    open({str(tmp_path / 'called')!r}, 'w')\n    return {{}}\n",
        exits=0,
    )
    assert not (tmp_path / "called").exists()


def test_a_broken_configuration_is_findings_too(check):
    broken = TOML.replace('"items"\n"POST', '"nosuch"\n"POST')
    findings = json.loads(check(GOOD, "--format", "json", exits=5, toml=broken))["findings"]
    assert findings[0]["file"] == "apitool.toml"
    assert findings[0]["line"] == 7


MAPPED = """\
name = "shop"
region = "eu-central-1"
[functions.items]
source = "src"
handler = "app.handler"
[routes."POST /items"]
function = "items"
integration = "AWS"
ROUTE
[stages.dev]
local = true
"""
BARE = "def handler(event, context):\n    return {'name': event['name']}\n"


def mapped(route: str = "") -> str:
    return MAPPED.replace("ROUTE", route)


def found(out: str) -> list[tuple[str, str, int, int]]:
    findings = json.loads(out)["findings"]
    return [(each["rule"], each["file"], each["line"], each["column"]) for each in findings]


def test_a_handler_of_the_proxy_behind_templates_is_found_where_it_shows(check):
    both = (
        "def handler(event, context):\n"
        "    who = event['requestContext']['identity']\n"
        "    return {'statusCode': 200, 'body': who}\n"
    )
    out = check(both, "--static", "--format", "json", exits=5, toml=mapped())
    assert found(out) == [
        ("integration-switched", "src/app.py", 3, 12),
        ("integration-switched", "src/app.py", 2, 11),
    ]


def test_a_handler_of_templates_behind_the_proxy_is_found_where_it_shows(check):
    out = check(BARE, "--static", "--format", "json", exits=5)
    assert ("integration-switched", "src/app.py", 2, 21) in found(out)
    assert ("response.unknown-key", "src/app.py", 2) in {each[:3] for each in found(out)}


def test_what_a_template_makes_or_reads_is_no_sign(check):
    handler = (
        "def handler(event, context):\n    return {'statusCode': event['stageVariables']['n'], 'body': ''}\n"
    )
    assert "integration-switched" in check(handler, "--static", exits=5, toml=mapped())
    templates = """\
request_templates = { "application/json" = '{"stageVariables": {"n": 1}}' }
responses = [{ status = 200, templates = { "application/json" = "$input.path('$.statusCode')" } }]"""
    assert check(handler, "--static", exits=0, toml=mapped(templates)) == "nothing found\n"


def test_a_function_of_both_integrations_is_not_judged_by_either(check):
    handler = "def handler(event, context):\n    return {'id': 1} if event else {'statusCode': 200}\n"
    both = mapped().replace("[stages", '[routes."GET /items"]\nfunction = "items"\n[stages')
    assert check(handler, "--static", exits=0, toml=both) == "nothing found\n"


def test_a_handler_that_looks_where_its_event_is_from_is_not_judged_by_what_it_reads(check):
    handler = (
        "def handler(event, context):\n"
        "    if 'Records' in event:\n"
        "        return {'statusCode': 200, 'body': str(event['Records'])}\n"
        "    return {'statusCode': 200}\n"
    )
    assert check(handler, "--static", exits=0) == "nothing found\n"


def test_calling_shows_the_switch_that_the_source_hides(check):
    hidden = HIDDEN.replace("{'id': 1}", "{'statusCode': 200, 'body': ''}")
    assert check(hidden, "--static", exits=0, toml=mapped()) == "nothing found\n"
    assert found(check(hidden, "--call", "--format", "json", exits=5, toml=mapped())) == [
        ("integration-switched", "apitool.toml", 6, 1)
    ]


def test_calling_shows_an_error_that_no_response_takes(check):
    out = check("def handler(event, context):\n    return event['name']\n", "--call", exits=5, toml=mapped())
    assert "integration.error-as-answer" in out
    assert "KeyError: 'name'" in out
    responses = "responses = [{ status = 200 }, { status = 500, pattern = '.*' }]"
    assert "error-as-answer" not in check(BARE, "--call", exits=0, toml=mapped(responses))


def test_a_template_that_can_not_be_read_is_named_with_line_and_column(check, tmp_path):
    (tmp_path / "quote.vtl").write_text('{\n  "a": 1,\n  #foreach($x in $input.path("$.y"))\n}\n')
    templates = """\
request_templates = { "application/json" = { file = "quote.vtl" } }
[[routes."POST /items".responses]]
status = 200
templates = { "text/plain" = "#set($x 1)", "application/xml" = "a$!{b" }
[routes."POST /items".responses.templates]""".replace('\n[routes."POST /items".responses.templates]', "")
    out = check(BARE, "--static", "--format", "json", exits=5, toml=mapped(templates))
    assert ("mapping.template", "quote.vtl", 3, 3) in found(out)
    assert ("mapping.template", "apitool.toml", 12, 39) in found(out)


def test_a_template_of_several_lines_in_the_file_is_named_by_its_own_line(check):
    templates = """\
[routes."POST /items".request_templates]
"application/json" = '''
{
  #if($x)
}
'''"""
    out = check(BARE, "--static", "--format", "json", exits=5, toml=mapped(templates))
    assert ("mapping.template", "apitool.toml", 12, 3) in found(out)


GUARDED = """\
name = "shop"
region = "eu-central-1"
[functions.items]
source = "src"
handler = "app.handler"
[functions.who]
source = "src"
handler = "app.who"
[authorizers.staff]
type = "token"
function = "who"
[models]
Item = "item.json"
[routes]
"POST /items" = { function = "items", model = "Item", validator = "all" }
[routes."GET /items"]
function = "items"
authorizer = "staff"
required_parameters = ["method.request.querystring.page"]
validator = "all"
[stages.dev]
local = true
"""
WHO = """\
import json
def handler(event, context):
    if event["httpMethod"] == "POST":
        return {"statusCode": 200, "body": json.loads(event["body"])}
    return {"statusCode": 200, "body": event["requestContext"]["authorizer"]}
def who(event, context):
    return {"principalId": "x", "policyDocument": {"Statement": []}}
"""


ITEM = {
    "type": "object",
    "required": ["name", "tags"],
    "properties": {"name": {"type": "string", "minLength": 3}, "tags": {"type": "array", "minItems": 1}},
}


def test_routes_are_called_past_their_authorizers_with_what_they_ask_for(check, tmp_path):
    (tmp_path / "item.json").write_text(json.dumps(ITEM))
    out = check(WHO, "--call", "--format", "json", exits=5, toml=GUARDED)
    found = {each["about"]: each for each in json.loads(out)["findings"] if each["about"]}
    assert set(found) == {"GET /items", "POST /items"}  # and nothing about the authorizer
    assert "principalId" in found["GET /items"]["seen"]
    assert found["POST /items"]["seen"] == 'object {"name": "xxx", "tags": [{}]}'


def test_an_authorizer_is_held_to_its_own_contract(check, tmp_path):
    (tmp_path / "item.json").write_text(json.dumps(ITEM))
    broken = WHO.replace('"policyDocument": {"Statement": []}', '"policy": {}')
    assert "policyDocument" in check(broken, "--static", exits=5, toml=GUARDED)
