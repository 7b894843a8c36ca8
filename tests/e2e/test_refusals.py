"""What goes wrong ends with its own exit code, says what to do, and never with a traceback."""

from __future__ import annotations

import shutil

import pytest
from tests.e2e.conftest import ROOT, new_project


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path / "project")


def test_without_credentials_up_ends_with_4_before_anything_is_made(project, tmp_path):
    nowhere = str(tmp_path / "none")
    project.environment = {
        "HOME": nowhere,
        "AWS_CONFIG_FILE": nowhere,
        "AWS_SHARED_CREDENTIALS_FILE": nowhere,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    ended = project("up", "--stage", "prod", "--yes", exits=4)
    assert "Unable to locate credentials" in ended.stderr
    assert "--local" in ended.stderr
    assert not (project.folder / ".apitool").exists()


def test_a_broken_file_ends_with_2_and_every_problem(project):
    toml = project.folder / "apitool.toml"
    text = toml.read_text().replace('"GET /orders" ', '"GET orders" ').replace("memory ", "memroy ")
    toml.write_text(text.replace('"DELETE /orders/{orderId}" = "orders"', '"DELETE /orders/{id}" = "order"'))
    problems = project.json("plan", exits=2)["error"]["problems"]
    assert len(problems) >= 4
    lines = [problem["place"]["line"] for problem in problems]
    assert lines == sorted(lines)
    assert all(problem["what"] for problem in problems)


def test_outside_a_project_every_command_says_so(tmp_path):
    nowhere = new_project(tmp_path / "project")
    (nowhere.folder / "apitool.toml").unlink()
    for command in (
        ["up"],
        ["plan"],
        ["down"],
        ["status"],
        ["package"],
        ["logs", "status"],
        ["local", "stop"],
    ):
        assert "no apitool.toml" in nowhere(*command, exits=2).stderr


def test_an_unknown_stage_ends_with_2_and_names_the_ones_there_are(project):
    assert "dev, prod" in project("plan", "--stage", "prd", exits=2).stderr


def test_a_handler_that_is_not_there_is_named_before_terraform_starts(project):
    (project.folder / "lambda_src/orders/app.py").write_text("def other(event, context): ...\n")
    ended = project("package", exits=2)
    assert "handler" in ended.stderr
    assert "other" in ended.stderr


def test_a_stage_that_is_not_up_is_said_by_status_and_logs(project):
    assert project.json("status")["up"] is False
    assert "apitool up" in project("logs", "status", exits=1).stderr
    assert project.json("down")["destroyed"] is None


@pytest.mark.terraform
@pytest.mark.embedded
def test_a_diagnostic_of_terraform_is_our_error_with_its_place(project):
    shutil.copytree(ROOT / "terraform", project.folder / "terraform")
    outputs = project.folder / "terraform/api/outputs.tf"
    outputs.write_text(outputs.read_text() + '\noutput "broken" {\n  value = local.missing\n}\n')
    try:
        error = project.json("plan", exits=1)["error"]
    finally:
        project("local", "stop")
    (problem,) = error["problems"]
    assert '"missing"' in problem["seen"]
    assert problem["place"]["file"].endswith("outputs.tf")


def test_an_unknown_command_suggests_the_one_that_was_meant(project):
    assert "Did you mean 'status'" in project("staus", exits=2).stderr
