"""Terraform's complaints, as recorded, become errors that say what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.errors import ApitoolError, CredentialsError, LockedError, StaleError
from apitool.terraform import diagnostics
from apitool.terraform.diagnostic import Diagnostic
from apitool.terraform.diagnostics import Circumstances
from apitool.terraform.listener import Silent
from apitool.terraform.record import Record
from apitool.terraform.state_lock import StateLock
from apitool.visible import visible

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HERE = Circumstances("apply", Path("/r"), by_hand="terraform -chdir=/r", now=NOW)


@pytest.fixture
def failure(recorded):
    def of(name: str, circumstances: Circumstances = HERE) -> ApitoolError:
        record = Record(Silent())
        for line in recorded(name):
            record.line(line)
        error = diagnostics.failure(record.diagnostics, circumstances)
        assert error is not None
        return error

    return of


WORDS = [
    (
        "locked",
        LockedError,
        "the state is locked by alex@laptop, apply, 2 hours ago",
        "apitool unlock 5cd9814f-b7d4-967c-9aff-d2defc7dd84d",
    ),
    (
        "s3_locked",
        LockedError,
        "the state is locked by alex@laptop, apply, 2 hours ago",
        "apitool unlock 39a340fe-3eef-b9bf-d87d-cdcb863e3d02",
    ),
    ("stale", StaleError, "the plan is stale: the state has changed since it was made", "plan again"),
    ("aws_expired", CredentialsError, "the AWS credentials have expired", "aws sso login"),
    ("aws_nocreds", CredentialsError, "there are no AWS credentials", "AWS_PROFILE"),
    ("s3_nocreds", CredentialsError, "there are no AWS credentials", "AWS_PROFILE"),
    ("aws_noprofile", CredentialsError, "there is no AWS profile `ghost`", "aws configure list-profiles"),
    ("s3_denied", CredentialsError, "these credentials may not HeadObject in S3", "bucket policy"),
    (
        "aws_denied",
        CredentialsError,
        "these credentials may not apigateway:POST on arn:aws:apigateway:eu-central-1::/restapis",
        '"Action": "apigateway:POST"',
    ),
    (
        "package_gone",
        StaleError,
        "a planned deployment package is not here: /project/.apitool/packages/orders-7b7904b8dcb25dfc.zip",
        "`apitool package` makes it again from the same source; else plan again",
    ),
    ("lock_mismatch", ApitoolError, "the provider is not the one in the lock file", ".terraform.lock.hcl"),
    (
        "wrong_platform",
        ApitoolError,
        "there is no provider for this platform, linux_amd64",
        "-platform=linux_amd64",
    ),
    ("registry_unreachable", ApitoolError, "the provider can't be fetched", "APITOOL_PROVIDER_MIRROR"),
    (
        "lock_missing",
        ApitoolError,
        "the lock file does not have the providers the configuration asks for",
        "-lockfile=update",
    ),
    ("s3_no_bucket", ApitoolError, "the bucket for the state does not exist: tfstate", "apitool up"),
    (
        "provider_not_installed",
        ApitoolError,
        "the folder is no longer initialised",
        "run the same command again",
    ),
]


@pytest.mark.parametrize(("name", "error", "what", "fix"), WORDS, ids=[row[0] for row in WORDS])
def test_what_terraform_said_becomes(failure, name, error, what, fix):
    failed = failure(name)
    assert type(failed) is error
    assert str(failed) == what
    assert fix in failed.problems[0].fix
    assert failed.problems[0].seen


def test_every_denied_action_is_named(failure):
    assert [problem.what for problem in failure("aws_denied").problems] == [
        "these credentials may not apigateway:POST on arn:aws:apigateway:eu-central-1::/restapis",
        "these credentials may not iam:CreateRole on arn:aws:iam::123456789012:role/orders-dev",
    ]


def test_an_error_nobody_knows_is_told_with_address_and_place(failure):
    problem = failure("apply_failed").problems[0]
    assert problem.what == "terraform apply: local-exec provisioner error, on terraform_data.bad[0]"
    assert str(problem.place) == "/r/main.tf:11:30"
    assert "exit status 3" in problem.seen


def test_a_place_below_the_current_folder_is_told_from_there(failure, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here = Circumstances("plan", tmp_path / "terraform" / "api")
    assert str(failure("syntax_error", here).problems[0].place) == "terraform/api/main.tf:16:18"


def test_a_lock_outranks_credentials_and_those_outrank_the_rest():
    said = [
        Diagnostic("error", "something else"),
        Diagnostic("error", "operation error STS: X, api error ExpiredToken: gone"),
        Diagnostic(
            "error", "Error acquiring the state lock", "Lock Info:\n  ID:        abc\n  Who:       a@b\n"
        ),
    ]
    assert type(diagnostics.failure(said, HERE)) is LockedError
    assert type(diagnostics.failure(said[:2], HERE)) is CredentialsError
    assert len(diagnostics.failure(said, HERE).problems) == 3


def test_a_lock_that_could_not_be_read_for_lack_of_permission_is_about_permission():
    said = Diagnostic(
        "error",
        "Error acquiring the state lock",
        "Error message: operation error S3: PutObject, https response error StatusCode: 403, RequestID: a, "
        "HostID: b, api error AccessDenied: Access Denied\n\nTerraform acquires a state lock",
    )
    failed = diagnostics.failure([said], HERE)
    assert (type(failed), str(failed)) == (CredentialsError, "these credentials may not PutObject in S3")


def test_warnings_alone_are_no_failure():
    assert diagnostics.failure([Diagnostic("warning", "deprecated")], HERE) is None


def test_the_same_error_is_told_once():
    said = Diagnostic("error", "boom")
    assert len(diagnostics.failure([said, said], HERE).problems) == 1


HOSTILE = "\x1b[2J\x07\u202efake\r\nNo changes.\x9b"


def test_control_characters_come_out_as_escapes_and_the_first_line_is_one():
    said = Diagnostic("error", HOSTILE, HOSTILE, address=f"a.b[{HOSTILE!r}]")
    problem = diagnostics.failure([said], HERE).problems[0]
    for text in (problem.what, problem.seen):
        assert not set(text) & set("\x1b\x07\u202e\r\x9b")
    assert "\n" not in problem.what
    assert "\\x1b[2J" in problem.what


SECRETS = [
    "AKIAIOSFODNN7EXAMPLE",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
    "Authorization: Bearer abcdef0123456789",
    'password = "correct-horse"',
    "secret_access_key: wJalrXUtnFEMI/K7MDENG",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    "https://x/?X-Amz-Security-Token=FwoGZXIvYXdz&y=1",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_a_secret_is_not_shown(secret):
    problem = diagnostics.failure([Diagnostic("error", f"bad: {secret}", f"detail {secret}")], HERE).problems[
        0
    ]
    for text in (problem.what, problem.seen):
        assert secret not in text
        assert "(redacted)" in text


def test_known_secret_values_are_not_shown():
    here = Circumstances("plan", Path("/r"), secrets=("hunter2hunter2",))
    said = Diagnostic("error", "api error ExpiredToken: hunter2hunter2", "x hunter2hunter2 y")
    assert "hunter2" not in repr(diagnostics.failure([said], here).problems)


@given(st.text(), st.text())
def test_any_text_makes_a_problem_that_fits_a_terminal(summary, detail):
    problem = diagnostics.failure([Diagnostic("error", summary, detail)], HERE).problems[0]
    assert problem.what
    assert visible(problem.what, keep="") == problem.what
    assert len(problem.seen or "") <= 1_500


@pytest.mark.parametrize(
    ("created", "age"),
    [
        ("2026-11-22 03:59:40.875790903 +0000 UTC", "20 s ago"),
        ("2026-11-22 05:58:00 +0200 CEST", "2 minutes ago"),
        ("2026-11-22 02:59:59 +0000 UTC", "1 hour ago"),
        ("2026-11-01 04:00:00 +0000 UTC", "21 days ago"),
        ("2027-01-01 00:00:00 +0000 UTC", "0 s ago"),
        ("yesterday", "at an unknown time"),
        ("2026-99-99 00:00:00 +0000 UTC", "at an unknown time"),
    ],
)
def test_the_age_of_a_lock(created, age):
    lock = StateLock.of(f"Lock Info:\n  ID:        abc\n  Who:       a@b\n  Created:   {created}\n")
    assert lock.age(NOW) == age
