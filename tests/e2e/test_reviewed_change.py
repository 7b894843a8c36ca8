"""`up --fingerprint`: the reviewed change and no other, secret values included; and nothing tells a secret.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json
import re
import stat
import zipfile

import pytest

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

CANARY = "canary-env-41d0aa"
PROD = ("--stage", "prod", "--local")
KEY = """
[api_keys.mobile]

[usage_plans.partners]
api_keys = ["mobile"]
"""


@pytest.fixture(scope="module")
def secrets(apitool):
    """A stage that is up, and the values nobody may see: ours, and the API key that API Gateway made."""
    toml = apitool.folder / "apitool.toml"
    text = toml.read_text().replace("{ LOG_LEVEL", f'{{ PASSPHRASE = "{CANARY}", LOG_LEVEL')
    toml.write_text(text + KEY)
    apitool("up", *PROD, "--yes")
    (key,) = apitool.clients()("apigateway").get_api_keys(includeValues=True)["items"]
    assert len(key["value"]) >= 20
    return [CANARY, key["value"]]


@pytest.fixture(scope="module")
def reviewed(apitool, secrets):
    """A change that was planned and saved: the bundle, and its fingerprint."""
    assert secrets
    toml = apitool.folder / "apitool.toml"
    toml.write_text(re.sub(r"(?m)^(memory *= )256", r"\g<1>512", toml.read_text()))
    bundle = apitool.folder / "prod.bundle"
    return bundle, apitool.json("plan", *PROD, "--out", str(bundle))["fingerprint"]


def test_another_secret_is_another_change_and_what_it_would_do_is_shown(apitool, reviewed):
    toml = apitool.folder / "apitool.toml"
    text = toml.read_text()
    toml.write_text(text.replace(CANARY, CANARY[::-1]))
    try:
        ended = apitool("up", *PROD, "--yes", "--fingerprint", reviewed[1], exits=6)
    finally:
        toml.write_text(text)
    assert "this is not the reviewed change" in ended.stderr
    assert "~ function orders: environment PASSPHRASE changed, memory 256 MB → 512 MB" in ended.stderr


def test_a_fingerprint_without_the_key_is_told_apart(apitool, reviewed):
    document = apitool.folder / "plan.json"
    with zipfile.ZipFile(reviewed[0]) as bundle:
        document.write_bytes(bundle.read("plan.json"))
    document.chmod(0o600)
    without = apitool.json("review", str(document))["fingerprint"]
    ended = apitool("up", *PROD, "--yes", "--fingerprint", without, exits=6)
    assert "says nothing of secret values" in ended.stderr


def test_what_is_no_fingerprint_is_a_mistake_of_the_command_line(apitool, reviewed):
    assert "64 hexadecimal digits" in apitool("up", *PROD, "--fingerprint", reviewed[1][:12], exits=2).stderr


def test_a_review_has_the_same_fingerprint_as_the_plan(apitool, reviewed):
    assert apitool.json("review", *PROD)["fingerprint"] == reviewed[1]


def test_the_reviewed_change_is_applied(apitool, reviewed):
    up = apitool.json("up", *PROD, "--yes", "--fingerprint", reviewed[1])
    assert [(each["action"], each["kind"], each["name"]) for each in up["changes"]] == [
        ("change", "function", "orders")
    ]


def test_after_it_the_state_has_moved_on(apitool, reviewed):
    bundle, fingerprint = reviewed
    ended = apitool("up", *PROD, "--yes", "--plan", str(bundle), exits=6)
    assert "the state has moved on" in ended.stderr
    assert re.search(r"serial \d+ when planned, \d+ now", ended.stderr)
    assert "no changes" in apitool("up", *PROD, "--yes", "--fingerprint", fingerprint, exits=6).stderr


def test_no_secret_is_told_by_any_command_nor_lies_about(apitool, secrets):
    apitool("status", *PROD)
    apitool("plan", *PROD, "-v")
    apitool("review", *PROD, "--format", "markdown")
    apitool("package", *PROD)
    apitool("down", *PROD, "--yes")
    assert len(apitool.said) > 20
    assert not [text for text in apitool.said for secret in secrets if secret in text]
    holding = {
        path: stat.filemode(path.stat().st_mode)
        for path in apitool.folder.rglob("*")
        if path.is_file()
        and path.name != "apitool.toml"
        and any(secret.encode() in path.read_bytes() for secret in secrets)
    }
    assert set(holding.values()) == {"-rw-------"}, holding
    assert json.loads((apitool.folder / "plan.json").read_bytes()), "what was taken out of the bundle"
