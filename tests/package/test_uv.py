"""Running uv: its environment, its end, and what is heard while it takes its time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from apitool.errors import ApitoolError
from apitool.package import child_process, uv, uv_environment

if TYPE_CHECKING:
    from pathlib import Path


def fake(tmp_path: Path, monkeypatch, script: str | None) -> None:
    """Put a shell script in uv's place, or nothing at all."""
    path = tmp_path / "uv"
    if script is not None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setattr(uv, "find_uv_bin", lambda: str(path))


def test_the_environment_is_the_users_with_pips_index_and_without_what_moves_the_target(tmp_path):
    environ = {
        "HOME": str(tmp_path),
        "PATH": "/bin",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "https://me:pw@mirror",
        "UV_CACHE_DIR": "/cache",
        "UV_TARGET": "/elsewhere",
        "UV_COMPILE_BYTECODE": "1",
        "UV_PROJECT": "/other",
        "PYTHONPATH": "/mine",
    }
    given = uv_environment.of(environ)
    assert given["UV_INDEX_URL"] == "https://me:pw@mirror"
    assert given["UV_CACHE_DIR"] == "/cache"
    assert not {"UV_TARGET", "UV_COMPILE_BYTECODE", "UV_PROJECT", "PYTHONPATH"} & set(given)


@pytest.mark.parametrize(
    ("script", "what", "seen"),
    [
        ("kill -9 $$", "uv was stopped before it was done", "Killed"),
        (None, "uv did not run", "No such file or directory"),
    ],
)
def test_a_uv_that_does_not_run_is_an_error_of_ours(tmp_path, monkeypatch, script, what, seen):
    fake(tmp_path, monkeypatch, script)
    with pytest.raises(ApitoolError, match=what) as raised:
        uv.run(["pip"], cwd=tmp_path)
    assert seen in raised.value.problems[0].seen


def test_input_and_both_outputs_come_through_whatever_bytes_they_are(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, r"cat; printf 'caf\351' >&2; exit 3")
    done = uv.run(["pip"], cwd=tmp_path, given="thé\n")
    assert (done.returncode, done.stdout, done.stderr) == (3, "thé\n", "caf�")


def test_a_run_that_takes_long_is_heard_of(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, "cat; sleep 0.3; echo done")
    monkeypatch.setattr(child_process, "TICK", 0.05)
    ticks = []
    done = uv.run(["pip"], cwd=tmp_path, given="asked\n", ticking=ticks.append)
    assert done.stdout == "asked\ndone\n"
    assert len(ticks) >= 2


def test_an_interrupted_run_is_not_left_behind(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; exec sleep 60")
    monkeypatch.setattr(child_process, "TICK", 0.2)

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        uv.run(["pip"], cwd=tmp_path, ticking=interrupt)
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
