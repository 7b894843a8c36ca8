"""The examples as somebody would take them: valid, planned by the real provider, and clean to checkov."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace

import pytest
from tests.terraform_modules import every_example, scan
from tests.terraform_modules.copied import SOURCE
from tests.terraform_modules.every_example import EXAMPLES, PLANTED

from apitool.local import service

pytestmark = [pytest.mark.terraform, pytest.mark.embedded]

DOCUMENTED = {"minimal", "complete", "private", "custom-domain", "vtl"}
OF_EACH_API = {
    "aws_api_gateway_rest_api",
    "aws_api_gateway_deployment",
    "aws_api_gateway_stage",
}
WITHOUT_FUNCTION = "rest_api-services"


@pytest.fixture(scope="module")
def root(terraform_tree, tmp_path_factory):
    """The root of all examples, with an account to ask who one is."""
    work = tmp_path_factory.mktemp("examples")
    folder = terraform_tree(".")
    every_example.write(work / "root", folder.path)
    endpoint = service.ensure(work, region="eu-central-1")
    environment = folder.environment | endpoint.environment() | {"TF_DATA_DIR": str(work / "data")}
    yield replace(folder, path=work / "root", environment=environment).initialise()
    service.stop(work)


@pytest.fixture(scope="module")
def plan(root):
    """As `terraform show -json` has it; in a file too, for whoever reads files."""
    done = root.terraform("plan", "-input=false", "-no-color", "-out=it.tfplan")
    assert done.returncode == 0, done.stdout
    shown = root.terraform("show", "-json", "it.tfplan").stdout
    (root.path / "plan.json").write_text(shown)
    return json.loads(shown)


@pytest.fixture(scope="module")
def files_scanned(tmp_path_factory):
    copy = tmp_path_factory.mktemp("files") / "terraform"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns(".terraform", "tests", "mocks"))
    every_example.plant(copy)
    return scan.scan("terraform", "-d", str(copy))


@pytest.fixture(scope="module")
def plan_scanned(plan, root):
    assert plan
    return scan.scan("terraform_plan", "-f", str(root.path / "plan.json"))


def test_the_examples_are_there():
    assert {f"rest_api-{name}" for name in DOCUMENTED} <= EXAMPLES.keys()


def test_every_example_is_valid_without_a_warning(root):
    done = root.terraform("validate", "-json")
    assert json.loads(done.stdout) == {
        "format_version": "1.0",
        "valid": True,
        "error_count": 0,
        "warning_count": 0,
        "diagnostics": [],
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_is_planned_by_the_real_provider(example, plan):
    changes = [
        change
        for change in plan["resource_changes"]
        if change["address"].startswith(f"module.{example}.") and change["mode"] == "managed"
    ]
    assert {tuple(change["change"]["actions"]) for change in changes} == {("create",)}
    if example.startswith("rest_api-"):
        count = Counter(change["type"] for change in changes)
        assert {kind: bool(count[kind]) for kind in OF_EACH_API} == dict.fromkeys(OF_EACH_API, True)
        assert bool(count["aws_lambda_function"]) == (example != WITHOUT_FUNCTION)
        assert count["aws_api_gateway_deployment"] == count["aws_api_gateway_stage"] == 1


def test_checkov_finds_nothing_in_the_files_but_what_was_planted(files_scanned):
    assert {address for _, address in files_scanned.failed} == {PLANTED}, files_scanned.failed
    assert files_scanned.unreadable == 0


def test_checkov_finds_nothing_in_the_plan_but_what_was_planted(plan, plan_scanned, root):
    found = scan.not_skipped(plan_scanned, plan, root.path)
    assert {address for _, address in found} == {PLANTED}, found
    assert plan_scanned.unreadable == 0


def test_the_planted_policy_is_found_for_its_wildcards(files_scanned, plan_scanned):
    for scanned in (files_scanned, plan_scanned):
        assert {("CKV_AWS_290", PLANTED), ("CKV_AWS_355", PLANTED)} <= scanned.failed


def test_checkov_looked_at_what_matters(files_scanned, plan_scanned):
    """A scan that reads nothing finds nothing."""
    assert files_scanned.passed >= 80
    assert plan_scanned.passed >= 200
    assert len(plan_scanned.failed) > 50  # before the reasons count


def test_every_skip_has_a_reason():
    skips = [
        skip
        for file in SOURCE.glob("**/*.tf")
        if ".terraform" not in file.parts
        for skip in scan.SKIP.findall(file.read_text())
    ]
    assert len(skips) >= 10
    assert [check for check, reason in skips if len(reason.split()) < 6] == []
