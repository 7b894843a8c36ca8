"""Where a stage lives, and how another command is led to the same place."""

from __future__ import annotations

import pytest

from apitool.aws.account import Account
from apitool.local.endpoint import Endpoint
from apitool.project.load import load
from apitool.stage.target import Target

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
[stages.prod]
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/app.py").write_text("def handler(event, context): ...\n")
    (tmp_path / "apitool.toml").write_text(TOML)
    return load(tmp_path).project


@pytest.mark.parametrize(
    ("stage", "embedded", "options"),
    [
        ("dev", True, "--stage dev"),
        ("prod", True, "--stage prod --local"),
        ("prod", False, "--stage prod"),
    ],
)
def test_another_command_is_led_to_the_same_place(project, stage, embedded, options):
    endpoint = Endpoint("http://127.0.0.1:1", 2, 3, 4.0, "eu-central-1", "1.0") if embedded else None
    assert Target(project, project.stages[stage], Account("eu-central-1"), endpoint).options == options
