"""The command line for uv, and the environment it gets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.package.projects import ARM

from apitool.errors import ApitoolError
from apitool.package import wheels
from apitool.package.requirements import Requirements
from apitool.package.target import Target

FILE = Path("/project/requirements.txt")
COMMON = [
    "uv",
    "pip",
    "install",
    "--target",
    "/into",
    "--requirement",
    str(FILE),
    "--python",
    sys.executable,
    "--only-binary",
    ":all:",
    "--no-progress",
    "--color",
    "never",
    "--no-python-downloads",
]


def test_a_lock_for_a_runtime():
    locked = Requirements(FILE, ("a==1 --hash=sha256:00\n",))
    assert wheels.argv("uv", locked, ARM, Path("/into")) == [
        *COMMON,
        "--python-version",
        "3.13",
        "--python-platform",
        "aarch64-manylinux_2_34",
        "--require-hashes",
    ]


def test_loose_requirements_for_this_machine():
    assert wheels.argv("uv", Requirements(FILE, ("a\n",)), Target.host(), Path("/into")) == COMMON


def test_wheels_of_a_folder_only():
    command = wheels.argv("uv", Requirements(FILE, ("a\n",)), Target.host(), Path("/into"), no_index=True)
    assert command == [*COMMON, "--no-index"]


def test_the_environment_is_the_users_with_pips_index_and_without_what_moves_the_target(tmp_path):
    environ = {
        "HOME": str(tmp_path),
        "PATH": "/bin",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "https://me:pw@mirror",
        "UV_CACHE_DIR": "/cache",
        "UV_TARGET": "/elsewhere",
        "UV_COMPILE_BYTECODE": "1",
        "PYTHONPATH": "/mine",
    }
    given = wheels.environment(environ)
    assert given["UV_INDEX_URL"] == "https://me:pw@mirror"
    assert given["UV_CACHE_DIR"] == "/cache"
    assert not {"UV_TARGET", "UV_COMPILE_BYTECODE", "PYTHONPATH"} & set(given)


def test_passwords_are_never_in_the_arguments(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:s3cret@127.0.0.1:9/simple")
    seen = {}

    def run(command, **options):
        seen.update(command=command, environment=options["env"])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    wheels.install(Requirements(tmp_path / "requirements.txt", ("a\n",)), ARM, tmp_path)
    assert "s3cret" not in " ".join(seen["command"])
    assert "s3cret" in seen["environment"]["UV_INDEX_URL"]


@pytest.mark.parametrize(
    ("program", "seen"),
    [("#!/bin/sh\nkill -9 $$\n", "it was stopped by signal 9"), (None, "No such file or directory")],
)
def test_a_uv_that_does_not_run_is_an_error_of_ours(tmp_path, monkeypatch, program, seen):
    path = tmp_path / "uv"
    if program:
        path.write_text(program)
        path.chmod(0o755)
    monkeypatch.setattr(wheels, "find_uv_bin", lambda: str(path))
    with pytest.raises(ApitoolError, match="uv did not run") as raised:
        wheels.install(Requirements(tmp_path / "requirements.txt", ("a\n",)), ARM, tmp_path)
    assert seen in raised.value.problems[0].seen
