"""docs/review.md says of every rule what it is, why and what cures it; its pipelines are what they say."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest
import yaml
from jsonschema import validators
from typer.testing import CliRunner

from apitool.main import app
from apitool.review.rules.catalogue import RULES

REPOSITORY = Path(__file__).parents[2]
DOC = (REPOSITORY / "docs" / "review.md").read_text(encoding="utf-8")
WORKFLOW = REPOSITORY / ".github" / "workflows" / "review.yml"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_stands_in_the_documentation_with_why_and_cure(rule):
    assert f"| `{rule.id}` | {rule.severity} | {rule.title}. {rule.why} | {rule.cure} |" in DOC


def test_no_two_rules_have_one_id():
    assert len({rule.id for rule in RULES}) == len(RULES)


def _problems(name, document):
    """By the schema that editors use."""
    vendored = resources.files("check_jsonschema").joinpath("builtin_schemas", "vendor", f"{name}.json")
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    return [error.message for error in validators.validator_for(schema)(schema).iter_errors(document)]


def _workflow():
    document = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    document["on"] = document.pop(True)  # YAML 1.1 takes `on` for a boolean; GitHub does not
    return document


def test_the_workflow_is_one():
    assert _problems("github-workflows", _workflow()) == []


def test_the_workflow_gives_each_job_no_more_than_it_needs():
    made = _workflow()
    assert made["permissions"] == {}
    assert made["jobs"]["review"]["permissions"]["pull-requests"] == "write"
    assert "pull-requests" not in str(made["jobs"]["apply"]["permissions"]).replace(
        "'pull-requests': 'read'", ""
    )
    steps = [step for job in made["jobs"].values() for step in job["steps"]]
    assert all(re.search(r"@v\d+$", step["uses"]) for step in steps if "uses" in step)
    scripts = "".join(step.get("run", "") for step in steps)
    assert "${{" not in scripts, "what an event says reaches a shell as a variable only"


def test_the_options_of_the_workflow_are_those_of_the_command():
    steps = [step.get("run", "") for job in _workflow()["jobs"].values() for step in job["steps"]]
    (line,) = (step for step in steps if "apitool review" in step)
    shown = CliRunner().invoke(app, ["review", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    assert set(re.findall(r"--[a-z-]+", line)) <= set(re.findall(r"--[a-z-]+", shown))


def test_the_pipeline_for_gitlab_is_one():
    (text,) = re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL)
    assert _problems("gitlab-ci", yaml.safe_load(text)) == []
