"""An extended request id is base64 for URLs: one in 64 begins with a dash."""

from __future__ import annotations

import subprocess
import sys

import pytest

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.a]
source = "src"
handler = "app.handler"
[routes]
"GET /a" = "a"
[stages.dev]
local = true
"""
ID = "-Sv2abcdefg_hi-="  # letters that are options of every command, too


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/app.py").write_text("def handler(event, context): ...\n")
    (tmp_path / "apitool.toml").write_text(TOML)
    return tmp_path


@pytest.mark.parametrize("words", [[ID], [ID, "--stage", "dev"], ["--stage", "dev", "--", ID]])
def test_an_id_that_begins_with_a_dash_is_no_option(shop, words):
    argv = [sys.executable, "-P", "-m", "apitool", "logs", "explain", *words]
    done = subprocess.run(argv, cwd=shop, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("error: the stage `dev` is not up")
