"""`apitool doctor`: one line for each thing, one next step, exit code 1 when something will not work."""

from __future__ import annotations

import json

import pytest
from tests.e2e.conftest import CommandLine, new_project

from apitool.aws.account import Account
from apitool.errors import ApitoolError, CredentialsError
from apitool.local import service
from apitool.stage.doctor.sign import looking_at


@pytest.fixture(scope="module")
def apitool(tmp_path_factory) -> CommandLine:
    line = new_project(tmp_path_factory.mktemp("project"))
    yield line
    service.stop(line.folder)


def signs(apitool, *options: str, exits: int = 0) -> dict[str, dict[str, str]]:
    return {sign["subject"]: sign for sign in apitool.json("doctor", *options, exits=exits)["signs"]}


def test_a_machine_that_has_everything_is_well_and_nothing_is_started(apitool):
    found = signs(apitool)
    assert {found[name]["health"] for name in ("python", "uv", "terraform", "provider", "disk")} == {"good"}
    assert found["terraform"]["seen"].startswith("1.")
    assert "not running" in found["embedded"]["seen"]
    assert service.running(apitool.folder) is None


def test_a_terraform_that_will_not_do_is_bad_and_ends_with_1(apitool, tmp_path):
    (tmp_path / "terraform").write_text('#!/bin/sh\necho \'{"terraform_version": "1.5.0"}\'\n')
    (tmp_path / "terraform").chmod(0o755)
    old = CommandLine(apitool.folder, {"APITOOL_TERRAFORM": str(tmp_path / "terraform")})
    sign = signs(old, exits=1)["terraform"]
    assert sign["health"] == "bad"
    assert "1.5.0" in sign["seen"]
    assert sign["next_step"]


def test_without_credentials_the_account_is_bad_and_says_how_to_log_in(apitool, tmp_path):
    nobody = {
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    sign = signs(CommandLine(apitool.folder, nobody), "--stage", "prod", exits=1)["account"]
    assert sign["health"] == "bad"
    assert "aws sso login" in sign["next_step"]


@pytest.mark.embedded
def test_an_account_is_looked_at_as_up_will_meet_it(apitool):
    endpoint = service.ensure(apitool.folder, region="eu-central-1")
    account = Account(endpoint.region, environment=endpoint.environment())
    found = signs(apitool)
    assert found["role"]["health"] == "poor"
    assert found["bucket"]["health"] == "poor"
    assert found["quota"]["seen"] == "0 of 600 RestApis in eu-central-1"

    bucket = f"apitool-state-{account.id}-eu-central-1"
    s3 = account.client("s3")
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    lock = {
        "ID": "4711",
        "Operation": "OperationTypeApply",
        "Who": "ann@x",
        "Created": "2026-11-22T01:58Z",
    }
    s3.put_object(Bucket=bucket, Key="orders/dev.tfstate.tflock", Body=json.dumps(lock))
    found = signs(apitool)
    assert "not versioned" in found["bucket"]["seen"]
    assert "is locked: apply by ann@x" in found["state"]["seen"]
    assert "apitool unlock 4711" in found["state"]["next_step"]


@pytest.mark.embedded
def test_state_names_the_lock_and_unlock_takes_only_that_one_away(apitool):
    assert apitool.json("state")["stage"]["lock"]["id"] == "4711"
    assert "no lock" not in apitool("unlock", "0815", "--yes", exits=2).stderr
    assert "confirmation" in apitool("unlock", "4711", exits=2).stderr
    assert apitool.json("unlock", "4711", "--yes") == {"key": "orders/dev.tfstate", "unlocked": "4711"}
    assert apitool.json("state")["stage"]["lock"] is None


@pytest.mark.embedded
def test_a_control_plane_that_gives_no_answer_is_bad(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    record = apitool.folder / ".apitool/local/service.json"
    kept = record.read_text()
    try:
        record.write_text(json.dumps(json.loads(kept) | {"control_port": 9}))
        assert signs(apitool, exits=1)["account"]["health"] == "bad"
    finally:
        record.write_text(kept)


def test_what_cannot_be_looked_at_is_a_bad_sign_and_no_reason_to_stop():
    found = []
    with looking_at("role", found):
        raise CredentialsError("not allowed", seen="AccessDenied", fix="allow it")
    with looking_at("quota", found):
        raise ApitoolError("no answer")
    assert [(sign.health, sign.seen, sign.next_step) for sign in found] == [
        ("bad", "not allowed: AccessDenied", "allow it"),
        ("bad", "no answer", ""),
    ]
