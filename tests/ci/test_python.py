"""Which of the Pythons on the PATH `make` takes; they are programs here that say what the choice asks for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHOICE = Path(__file__).parents[2] / ".ci/python"


def chosen_on(path: str) -> str:
    shell = shutil.which("sh") or "sh"
    said = subprocess.run([shell, CHOICE], env={"PATH": path}, capture_output=True, text=True, check=True)
    assert said.stderr == ""
    return said.stdout.strip()


@pytest.fixture
def choose(tmp_path):
    """Of Pythons as `folder/name`: nanoseconds, or None for one that is too old or makes no environment."""

    def chosen(**pythons: int | None) -> str:
        folders = []
        for place, took in pythons.items():
            folder, name = place.split("_", 1)
            path = tmp_path / folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"#!/bin/sh\n{'exit 1' if took is None else f'[ $# = 3 ] || echo {took}'}\n")
            path.chmod(0o755)
            folders.append(str(path.parent))
        return chosen_on(os.pathsep.join(dict.fromkeys(folders))).removeprefix(str(tmp_path))

    return chosen


def test_the_newest_version_is_taken_however_fast_an_older_one_is(choose):
    assert choose(**{"a_python3.11": 10, "b_python3.13": 900, "b_python3.12": 20}) == "/b/python3.13"


def test_of_one_version_the_first_is_taken(choose):
    assert choose(**{"a_python3.12": 100, "b_python3.12": 90}) == "/a/python3.12"


def test_of_one_version_one_that_is_much_faster_is_taken(choose):
    assert choose(**{"a_python3.12": 130, "b c_python3.12": 100, "d_python3.12": 99}) == "/b c/python3.12"


def test_one_that_is_too_old_or_makes_no_environment_is_passed_over(choose):
    assert choose(**{"a_python3.13": None, "a_python3": 100, "b_python3.13": 200}) == "/b/python3.13"


def test_nothing_is_said_where_there_is_none(choose):
    assert choose(**{"a_python3.11": None}) == ""


def test_real_ones_answer_what_the_choice_asks(tmp_path):
    (tmp_path / "python3").symlink_to(sys.executable)
    assert chosen_on(str(tmp_path)) == str(tmp_path / "python3")
