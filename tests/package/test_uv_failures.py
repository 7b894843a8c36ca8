"""uv's own words, from real runs, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.package.projects import ARM

from apitool.package import uv_failures
from apitool.package.uv_failures import Missing

FILE = Path("/project/requirements.txt")
SAID = Path(__file__).with_name("uv_says")  # one file for each run
BECOMES = {
    "no-wheel": "`psycopg2==2.9.9` has no wheel for Python 3.13 on aarch64-manylinux_2_34",
    "no-wheel-older-uv": "`psycopg2==2.9.9` has no wheel for Python 3.13 on aarch64-manylinux_2_34",
    "no-wheel-for-the-ABI": "`pywin32==306` has no wheel for Python 3.13 on aarch64-manylinux_2_34",
    "unknown-package": "no package index has `no-such`",
    "unknown-version": "there is no `requests==99.0`",
    "wrong-hash": "`markupsafe==3.0.2` is not the file that requirements.txt names by its hash",
    "dependency-without-hash": "requirements.txt has hashes, but none for `charset-normalizer`",
    "pin-without-hash": "requirements.txt has hashes, but none for `requests==2.32.3`",
    "unpinned": "requirements.txt has hashes, but none for `requests`",
    "contradiction": "the requirements of requirements.txt contradict each other",
    "no-requirement": "requirements.txt has a line that is no requirement",
    "missing-path": "requirements.txt names `file:///project/foo`, which is not there",
    "no-network": "the package index can't be reached",
    "wrong-password": "the package index refused the request (401)",
    "failed-build": "`lib @ file:///project/badlib` could not be built from source",
    "no-space": "no space is left to install the requirements",
    "anything-else": f"uv could not install what requirements.txt asks for, for {ARM}",
}


def test_every_recorded_run_is_looked_at():
    assert {path.stem for path in SAID.iterdir()} == set(BECOMES)


@pytest.mark.parametrize(("said", "what"), BECOMES.items(), ids=BECOMES)
def test_what_uv_says_becomes_what_failed_on_what_and_what_to_do(said, what):
    (problem,) = uv_failures.explained((SAID / f"{said}.txt").read_text(), FILE, ARM).problems
    assert problem.what == what
    assert problem.fix
    assert "{" not in problem.fix
    assert problem.seen
    assert "\n" not in problem.seen
    assert not problem.seen.startswith(("error", "Using"))


def test_a_uv_that_says_nothing_is_an_error_too():
    (problem,) = uv_failures.explained("", FILE, ARM).problems
    assert problem.seen == "uv said nothing"


def test_passwords_in_addresses_are_not_repeated():
    said = "error: Failed to fetch: https://me:s3cret@mirror/simple/\n cause: https://token@mirror failed\n"
    (problem,) = uv_failures.explained(said, FILE, ARM).problems
    assert "s3cret" not in repr(problem)
    assert "token" not in repr(problem)
    assert "https://***@mirror/simple/" in problem.seen


def test_a_long_story_is_cut():
    (problem,) = uv_failures.explained("error: " + "x" * 5000, FILE, ARM).problems
    assert len(problem.seen) == uv_failures.LONGEST_SEEN + 1


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("no-wheel", Missing("psycopg2", "2.9.9")),
        ("no-wheel-older-uv", Missing("psycopg2", "2.9.9")),
        ("no-wheel-for-the-ABI", Missing("pywin32", "306")),
        ("unknown-package", None),
        ("failed-build", None),
    ],
)
def test_a_missing_wheel_is_told_from_everything_else(said, missing):
    assert uv_failures.missing_wheel((SAID / f"{said}.txt").read_text()) == missing


def test_what_a_build_made_or_said_last_is_kept():
    built = (
        "error: Failed to download and build `cext==1.0`\n  cause: The built wheel"
        " `cext-1.0-cp311-cp311-linux_x86_64.whl` is not compatible with the target Python 3.13 on Linux.\n"
    )
    missing = uv_failures.missing_wheel(built)
    assert str(missing) == "cext==1.0"
    assert (
        missing.tried
        == "building it from source makes `cext-1.0-cp311-cp311-linux_x86_64.whl`, for this machine"
    )
    failed = (
        "error: Failed to build `psycopg2==2.9.9`\n  cause: …\n     Error: pg_config executable not found.\n"
    )
    assert uv_failures.missing_wheel(failed).tried.endswith("failed: Error: pg_config executable not found.")
