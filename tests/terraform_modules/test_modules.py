"""The modules' own tests (`terraform/**/tests/*.tftest.hcl`), run as a user of a module would run them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest
from tests.terraform_modules.copied import SOURCE

pytestmark = pytest.mark.terraform

FOLDERS = sorted(str(path.parent.relative_to(SOURCE)) for path in SOURCE.glob("**/tests"))
REFUSALS = "variables*.tftest.hcl"


def runs_in(files):
    return sum(len(re.findall(r'^run "', file.read_text(), re.MULTILINE)) for file in files)


def summary(output):
    """The last word of `terraform test -json`: how many runs passed and how many did not."""
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return next(event["test_summary"] for event in events if event["type"] == "test_summary")


def failures(output):
    """What `terraform test -json` said was wrong, for the message of a failed assertion."""
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [event["diagnostic"] for event in events if event["type"] == "diagnostic"] or output


def test_every_root_and_module_has_tests():
    declared = {
        str(file.parent.relative_to(SOURCE))
        for file in SOURCE.glob("**/versions.tf")
        if "examples" not in file.parts
    }
    assert set(FOLDERS) == declared


def test_runs_are_sentences():
    names = [
        name
        for file in SOURCE.glob("**/*.tftest.hcl")
        for name in re.findall(r'^run "([^"]+)"', file.read_text(), re.MULTILINE)
    ]
    assert len(names) > 200
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name)] == []


@pytest.mark.parametrize("path", FOLDERS)
def test_module_behaves_as_its_runs_say(path, terraform_tree):
    """`terraform test` exits 0 without having run anything when it finds no files: the runs are counted."""
    folder = terraform_tree(path)
    refusals = set((folder.path / "tests").glob(REFUSALS))
    files = sorted(set((folder.path / "tests").glob("*.tftest.hcl")) - refusals)
    assert runs_in(files) > 0
    done = folder.initialise().terraform("test", "-json", *(f"-filter=tests/{file.name}" for file in files))
    assert summary(done.stdout) == {
        "status": "pass",
        "passed": runs_in(files),
        "failed": 0,
        "errored": 0,
        "skipped": 0,
    }, failures(done.stdout)
    assert done.returncode == 0


@pytest.mark.parametrize("path", FOLDERS)
def test_module_refuses_what_its_runs_say(path, terraform_tree, tmp_path):
    """The refusals alone, on the variables alone: without a resource no provider has to start."""
    whole = terraform_tree(path)
    alone = tmp_path / "terraform" / path
    (alone / "tests").mkdir(parents=True)
    shutil.copytree(SOURCE / "mocks", tmp_path / "terraform" / "mocks")
    for file in (whole.path / "tests").glob(REFUSALS):
        shutil.copy(file, alone / "tests")
    # environment.tf: names that a variable may not have
    for file in (*whole.path.glob("variables*.tf"), *whole.path.glob("environment.tf")):
        shutil.copy(file, alone)
    folder = replace(
        whole, path=alone, environment=whole.environment | {"TF_DATA_DIR": str(tmp_path / "data")}
    )
    folder.terraform("init", "-input=false")
    done = folder.terraform("test", "-json")
    expected = runs_in((alone / "tests").glob(REFUSALS))
    assert expected > 0
    assert summary(done.stdout)["passed"] == expected, failures(done.stdout)
    assert summary(done.stdout)["status"] == "pass"
