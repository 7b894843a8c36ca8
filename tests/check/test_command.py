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
