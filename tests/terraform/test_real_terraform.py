"""The real Terraform, on a configuration that needs no provider: plan, apply, lock, interrupt, destroy."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from apitool.errors import ApitoolError, LockedError, StaleError, UsageError
from apitool.review import sketch
from apitool.terraform import foreign_plan, plan_file
from apitool.terraform.binary import Binary
from apitool.terraform.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.terraform

CONFIGURATION = """
terraform {
  required_version = ">= 1.11"
}

variable "name" { type = string }
variable "seconds" {
  type    = number
  default = 0
}
variable "secret" {
  type      = string
  default   = "canary-4711"
  sensitive = true
}

resource "terraform_data" "first" { input = var.name }

resource "terraform_data" "slow" {
  input      = terraform_data.first.output
  depends_on = [terraform_data.first]
  provisioner "local-exec" { command = "echo begun > begun; sleep ${var.seconds}; echo ended > ended" }
}

resource "terraform_data" "last" { input = terraform_data.slow.id }

output "name" { value = terraform_data.first.output }
output "secret" {
  value     = var.secret
  sensitive = true
}
"""

# One command line's worth: plan and apply, in a process of its own. argv: root, folder, binary, seconds.
APPLY = """
import os, sys
from pathlib import Path
from apitool.errors import ApitoolError
from apitool.terraform.binary import Binary
from apitool.terraform.workspace import Workspace
root, folder, binary, seconds = sys.argv[1:]
workspace = Workspace(Path(root), Path(folder), {}, Binary(Path(binary), "x"))
try:
    with workspace:
        workspace.prepare({"name": "orders", "seconds": int(seconds)}, None)
        workspace.init()
        plan = workspace.plan()
        print(workspace.apply(plan))
except ApitoolError as error:
    print(type(error).__name__, error, error.problems[0].seen)
    sys.exit(error.exit_code)
"""


class Stage:
    def __init__(self, tmp_path: Path, terraform: Path) -> None:
        self.root, self.folder = tmp_path / "root", tmp_path / "stages" / "dev"
        self.root.mkdir()
        self.view = self.folder / "root"  # where Terraform runs
        (self.root / "main.tf").write_text(CONFIGURATION)
        self.terraform = terraform
        self.started: list[subprocess.Popen[str]] = []

    def workspace(self, **ambient: str) -> Workspace:
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.root)} | ambient
        return Workspace(self.root, self.folder, {}, Binary(self.terraform, "x"), ambient=environ)

    def prepared(self, variables: dict | None = None, **ambient: str) -> Workspace:
        workspace = self.workspace(**ambient)
        workspace.prepare({"name": "orders"} | (variables or {}), None)
        workspace.init()
        return workspace

    def up(self, seconds: int) -> subprocess.Popen[str]:
        """`plan` and `apply` in another process; returns when the slow resource is being created."""
        command = [sys.executable, "-c", APPLY, self.root, self.folder, self.terraform, str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.started.append(process)
        self.until((self.view / "begun").exists)
        return process

    def until(self, true, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "did not happen in time"
            time.sleep(0.05)

    @property
    def state(self) -> dict[str, str]:
        """Resources in the state, and whether they are tainted."""
        document = json.loads((self.view / "terraform.tfstate").read_text())
        return {
            resource["name"]: instance.get("status", "whole")
            for resource in document["resources"]
            for instance in resource["instances"]
        }

    @property
    def locked(self) -> bool:
        return (self.view / ".terraform.tfstate.lock.info").exists()


@pytest.fixture
def stage(tmp_path, terraform):
    stage = Stage(tmp_path, terraform)
    yield stage
    for process in stage.started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


def test_plan_apply_plan_again_and_destroy(stage):
    workspace = stage.prepared()
    plan = workspace.plan()
    assert len(plan.changes) == 3
    assert workspace.apply(plan) == {"name": "orders"}
    again = workspace.plan()
    assert (again.has_changes, sketch.of(again, {}).empty) == (False, True)
    assert workspace.outputs() == {"name": "orders", "secret": "canary-4711"}
    gone = workspace.plan(destroy=True)
    assert {change.action for change in gone.changes} == {"delete"}
    workspace.apply(gone)
    assert stage.state == {}


def test_apply_in_one_go_and_the_other_way(stage):
    workspace = stage.prepared()
    assert workspace.apply_now() == {"name": "orders"}
    assert workspace.apply_now(destroy=True) == {}
    assert stage.state == {}


def test_a_plan_is_applied_once(stage):
    workspace = stage.prepared()
    plan = workspace.plan()
    workspace.apply(plan)
    with pytest.raises(StaleError, match="the plan is stale"):
        workspace.apply(plan)


def test_show_has_the_values_and_leaves_none_on_disk(stage):
    workspace = stage.prepared()
    document = workspace.show(workspace.plan())
    assert document["variables"]["name"]["value"] == "orders"
    assert not list((stage.folder / "logs").glob("show*.jsonl"))


def test_terraforms_own_lock_is_told_with_holder_and_id(stage, terraform):
    stage.prepared()
    command = [terraform, "apply", "-auto-approve", "-var", "name=x", "-var", "seconds=20"]
    environ = {"PATH": os.environ["PATH"], "TF_DATA_DIR": str(stage.folder / "data")}
    by_hand = subprocess.Popen(command, cwd=stage.view, env=environ, stdout=subprocess.DEVNULL)
    try:
        stage.until((stage.view / "begun").exists)
        with pytest.raises(LockedError, match=r"the state is locked by .*, apply, ") as caught:
            stage.workspace().apply_now()
        assert "apitool unlock" in caught.value.problems[0].fix
    finally:
        by_hand.send_signal(signal.SIGINT)
        by_hand.wait()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_an_interrupt_saves_the_state_and_releases_the_locks(stage, sent):
    process = stage.up(seconds=60)
    process.send_signal(sent)
    said = process.communicate(timeout=30)[0]
    assert process.returncode == 130
    assert f"InterruptedByUserError terraform apply was stopped by {sent.name}" in said
    assert "terraform_data.slow (create)" in said
    assert stage.state == {"first": "whole", "slow": "tainted"}
    assert not stage.locked
    assert not (stage.view / "ended").exists()
    resumed = stage.prepared()
    assert {change.action for change in resumed.plan().changes} == {"replace", "create"}


def test_killed_ourselves_terraform_finishes_and_holds_the_folder_until_then(stage):
    process = stage.up(seconds=3)
    process.kill()
    process.wait()
    with pytest.raises(LockedError, match="Terraform is still at work in `dev`") as caught:
        stage.workspace().plan()
    assert f"pid {process.pid}" in caught.value.problems[0].seen
    stage.until((stage.view / "ended").exists)
    stage.until(lambda: not stage.locked)
    stage.until(lambda: len(stage.state) == 3)
    assert set(stage.state.values()) == {"whole"}


def test_a_hostile_environment_changes_nothing(stage, tmp_path):
    hostile = {
        "TF_CLI_ARGS": "-nonsense",
        "TF_CLI_ARGS_plan": "-destroy",
        "TF_CLI_ARGS_apply": "-destroy",
        "TF_WORKSPACE": "ghost",
        "TF_VAR_name": "other",
        "TF_LOG": "trace",
        "TF_LOG_PATH": str(tmp_path / "leak"),
        "TF_DATA_DIR": str(tmp_path / "elsewhere"),
        "TF_REATTACH_PROVIDERS": "nonsense",
        "TF_PLUGIN_CACHE_DIR": str(tmp_path / "ghost"),
        "TF_CLI_CONFIG_FILE": str(tmp_path / "ghost"),
        "TMPDIR": str(tmp_path / "ghost"),
        "LANG": "C",
        "LC_ALL": "xx_XX",
        "HOME": "",
    }
    workspace = stage.prepared(**hostile)
    assert workspace.apply(workspace.plan()) == {"name": "orders"}
    assert not (tmp_path / "leak").exists()
    assert not (tmp_path / "elsewhere").exists()


def test_a_workspace_selected_by_hand_in_the_folder_is_not_used(stage, terraform):
    stage.prepared()
    environ = {"PATH": os.environ["PATH"], "TF_DATA_DIR": str(stage.folder / "data")}
    subprocess.run(
        [terraform, "workspace", "new", "other"], cwd=stage.view, env=environ, capture_output=True, check=True
    )
    stage.workspace().apply_now()
    assert (stage.view / "terraform.tfstate").exists()


def test_text_that_looks_like_a_template_arrives_as_text(stage):
    name = '${file("/etc/passwd")} %{if} "quoted" \\ ünïcode'
    workspace = stage.prepared({"name": name})
    assert workspace.apply_now() == {"name": name}


def test_a_mistake_in_the_configuration_is_told_with_its_place(stage, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (stage.root / "main.tf").write_text(CONFIGURATION + 'output "x" { value = ghost.a.b }\n')
    with pytest.raises(ApitoolError, match="Reference to undeclared resource") as caught:
        stage.prepared().plan()
    problem = caught.value.problems[0]
    assert str(problem.place).startswith("root/main.tf:")


def test_a_plan_that_was_cut_is_refused_before_terraform_starts(stage):
    workspace = stage.prepared()
    plan = workspace.plan()
    plan.path.write_bytes(plan.path.read_bytes()[:-10])
    with pytest.raises(StaleError, match="is not the one that was made"):
        workspace.apply(plan)
    assert not (stage.view / "terraform.tfstate").exists()


def test_a_read_only_root_module_will_do(stage):
    state = stage.folder.parent / "state"
    (stage.root / "backend.tf").write_text(f'terraform {{\n  backend "local" {{ path = "{state}" }}\n}}\n')
    (stage.root / "main.tf").write_text('output "x" { value = 1 }\n')
    before = sorted(stage.root.iterdir())
    stage.root.chmod(0o555)
    try:
        workspace = stage.workspace()
        workspace.prepare(None, None)
        workspace.init()
        assert workspace.plan().outputs == {"x": "create"}
        assert sorted(stage.root.iterdir()) == before  # says it for root too, whom no mode stops
    finally:
        stage.root.chmod(0o755)


def test_a_secret_is_in_no_file_but_the_plan_the_variables_and_the_state(stage):
    workspace = stage.prepared({"secret": "canary-0815-value"})
    workspace.apply(workspace.plan())
    found = [
        file.name
        for file in stage.folder.rglob("*")
        if file.is_file() and b"canary-0815-value" in file.read_bytes()
    ]
    assert sorted(found) == ["terraform.tfstate", "variables.tfvars.json"]


@pytest.fixture
def somebodys_plan(tmp_path, terraform, monkeypatch):
    """A plan of Terraform that is not ours, made by hand."""
    monkeypatch.setenv("TF_CLI_ARGS_show", "-nonsense")
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "main.tf").write_text(CONFIGURATION)
    environ = {"PATH": os.environ["PATH"]}
    for arguments in (["init"], ["plan", "-var", "name=x", "-out", "their.tfplan"]):
        subprocess.run([terraform, *arguments], cwd=folder, env=environ, capture_output=True, check=True)
    return folder / "their.tfplan"


def test_somebody_elses_plan_file_is_read(somebodys_plan, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    document = foreign_plan.show(somebodys_plan, os.environ)
    assert [change["address"] for change in document["resource_changes"]] == [
        "terraform_data.first",
        "terraform_data.last",
        "terraform_data.slow",
    ]
    assert plan_file.state_of(somebodys_plan) == plan_file.StateMark("", 0)


def test_a_plan_file_nobody_can_read_here_says_where_to_go(somebodys_plan, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    somebodys_plan.write_bytes(somebodys_plan.read_bytes()[:-30])
    with pytest.raises(UsageError, match="not initialised here"):
        foreign_plan.show(somebodys_plan, os.environ)
