"""A stage's folder and the steps in it, with a stand-in for Terraform that notes how it was called."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from apitool.errors import ApitoolError, InterruptedByUserError, LockedError, StaleError
from apitool.terraform.backend import S3Backend
from apitool.terraform.binary import Binary
from apitool.terraform.listener import Silent
from apitool.terraform.workspace import Workspace

# Notes its arguments and environment, prints the stream and exits with the code it was given, makes the plan.
STAND_IN = """
import json, os, pathlib, sys, signal
folder = pathlib.Path(os.environ["NOTES"])
with (folder / "calls").open("a") as file:
    file.write(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd(), "environ": dict(os.environ)}) + "\\n")
for argument in sys.argv:
    if argument.startswith("-out="):
        pathlib.Path(argument[5:]).write_text("a plan")
stream = folder / (sys.argv[1] + ".jsonl")
if stream.exists():
    print(stream.read_text(), end="", flush=True)
before = folder / "before-the-end"
if before.exists():
    exec(before.read_text())
code = folder / (sys.argv[1] + ".code")
sys.exit(int(code.read_text()) if code.exists() else 0)
"""
VARIABLES = {"name": "orders", "functions": {"orders": {"environment": {"TOKEN": "canary-4711"}}}}
BACKEND = S3Backend("tfstate", "orders/dev.tfstate", "eu-central-1", embedded=True)
RECORDED = Path(__file__).parent / "recorded"


class World:
    """A root module, a folder, and what the stand-in noted."""

    def __init__(self, script, tmp_path: Path) -> None:
        self.notes = tmp_path / "notes"
        self.notes.mkdir()
        self.root = tmp_path / "root"
        self.root.mkdir()
        (self.root / "main.tf").write_text('module "a" {\n  source = "../modules/a"\n}\n')
        (tmp_path / "modules" / "a").mkdir(parents=True)
        (tmp_path / "modules" / "a" / "main.tf").write_text("")
        self.folder = tmp_path / ".apitool" / "aws" / "stages" / "dev"
        self.program = script(STAND_IN)
        self.ambient = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TF_CLI_ARGS": "-destroy"}
        self.target: dict[str, str | None] = {"NOTES": str(self.notes), "AWS_REGION": "eu-central-1"}

    def workspace(self, version: str = "1.11.4") -> Workspace:
        binary = Binary(self.program, version)
        return Workspace(self.root, self.folder, self.target, binary, ambient=self.ambient)

    def prepared(self) -> Workspace:
        workspace = self.workspace()
        workspace.prepare(VARIABLES, BACKEND)
        return workspace

    def answers(self, command: str, stream: str, code: int = 0) -> None:
        (self.notes / f"{command}.jsonl").write_text((RECORDED / f"{stream}.jsonl").read_text())
        (self.notes / f"{command}.code").write_text(str(code))

    @property
    def calls(self) -> list[dict]:
        noted = self.notes / "calls"
        return [json.loads(line) for line in noted.read_text().splitlines()] if noted.exists() else []


@pytest.fixture
def world(script, tmp_path):
    return World(script, tmp_path)


def test_everything_terraform_gets_is_written_down_privately(world):
    world.prepared()
    assert json.loads((world.folder / "variables.tfvars.json").read_text()) == VARIABLES
    assert json.loads((world.folder / "backend.tfbackend.json").read_text()) == BACKEND.settings()
    assert stat.S_IMODE(world.folder.stat().st_mode) == 0o700
    for file in filter(Path.is_file, world.folder.iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_terraform_is_called_in_a_view_of_the_root_with_absolute_paths_and_a_clean_environment(world):
    workspace = world.prepared()
    workspace.init()
    world.answers("plan", "plan_create", code=2)
    workspace.plan()
    init, plan = world.calls
    assert init["argv"][-1] == f"-backend-config={world.folder}/backend.tfbackend.json"
    assert f"-out={world.folder}/plan.tfplan" in plan["argv"]
    assert f"-var-file={world.folder}/variables.tfvars.json" in plan["argv"]
    assert plan["cwd"] == str(world.folder / "root" / "root")
    assert plan["environ"]["TF_DATA_DIR"] == f"{world.folder}/data"
    assert "TF_CLI_ARGS" not in plan["environ"]


def test_init_runs_once_as_long_as_nothing_it_reads_changes(world):
    assert [world.prepared().init() for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda world: (world.root / "main.tf").write_text(
            'module "a" {\n  source = "../modules/a"\n}\n# x\n'
        ),
        lambda world: (world.root / "more.tf.json").write_text("{}"),
        lambda world: (world.root.parent / "modules" / "a" / "main.tf").write_text("# x"),
        lambda world: (world.root / ".terraform.lock.hcl").write_text("# x"),
        lambda world: (world.folder / "data" / "apitool-init").unlink(),
    ],
    ids=["root", "json", "module", "lock file", "data folder"],
)
def test_init_runs_again_when_what_it_reads_changes(world, change):
    world.prepared().init()
    change(world)
    assert world.prepared().init() is True


def test_init_runs_again_for_another_backend_or_binary(world):
    world.prepared().init()
    other = world.workspace()
    other.prepare(VARIABLES, S3Backend("tfstate", "other/dev.tfstate", "eu-central-1"))
    assert other.init() is True
    newer = world.workspace("1.12.0")
    newer.prepare(VARIABLES, S3Backend("tfstate", "other/dev.tfstate", "eu-central-1"))
    assert newer.init() is True


def test_init_does_not_run_again_for_other_variables(world):
    world.prepared().init()
    workspace = world.workspace()
    workspace.prepare({"name": "x"}, BACKEND)
    assert workspace.init() is False


def test_init_runs_again_when_the_mirror_it_linked_to_is_gone(world):
    world.prepared().init()
    link = world.folder / "data/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64"
    link.parent.mkdir(parents=True)
    link.symlink_to("/nonexistent")
    assert world.prepared().init() is True


def test_an_init_that_failed_runs_again(world):
    world.answers("init", "registry_unreachable", code=1)
    for _ in range(2):
        with pytest.raises(ApitoolError, match="the provider can't be fetched"):
            world.prepared().init()
    assert len(world.calls) == 2


def test_a_plan_says_what_it_would_do_and_has_a_digest(world):
    world.answers("plan", "plan_create", code=2)
    plan = world.prepared().plan()
    assert plan.has_changes
    assert [change.action for change in plan.changes] == ["create", "create"]
    assert plan.summary.add == 2
    assert plan.sha256 == hashlib.sha256(b"a plan").hexdigest()
    assert stat.S_IMODE(plan.path.stat().st_mode) == 0o600


def test_a_plan_without_changes(world):
    world.answers("plan", "plan_create", code=0)
    assert world.prepared().plan().has_changes is False


def test_a_plan_that_fails_leaves_no_older_plan(world):
    workspace = world.prepared()
    plan = workspace.plan()
    world.program.write_text(world.program.read_text().replace('if argument.startswith("-out=")', "if False"))
    world.answers("plan", "aws_expired", code=1)
    with pytest.raises(ApitoolError):
        workspace.plan()
    assert not plan.path.exists()


def test_no_changes_in_the_summary_of_a_failed_plan_is_no_success(world):
    world.answers("plan", "aws_nocreds", code=1)
    with pytest.raises(ApitoolError, match="there are no AWS credentials"):
        world.prepared().plan()


@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_text("another"), Path.unlink], ids=["changed", "gone"]
)
def test_a_plan_file_that_is_not_the_one_made_is_not_applied(world, spoil):
    workspace = world.prepared()
    plan = workspace.plan()
    spoil(plan.path)
    for step in (workspace.apply, workspace.show):
        with pytest.raises(StaleError):
            step(plan)
    assert len(world.calls) == 1


def test_apply_answers_with_the_outputs(world):
    workspace = world.prepared()
    plan = workspace.plan()
    world.answers("apply", "apply")
    assert list(workspace.apply(plan)) == ["url"]
    assert world.calls[-1]["argv"][-1] == str(plan.path)
    assert not any(argument.startswith("-var") for argument in world.calls[-1]["argv"])


def test_apply_in_one_go_tells_what_it_plans(world):
    heard = []
    listener = Silent()
    listener.planned = lambda change: heard.append(change.resource.address)
    world.answers("apply", "apply")
    assert list(world.prepared().apply_now(listener)) == ["url"]
    assert heard == ["terraform_data.one", "terraform_data.slow"]
    assert "-auto-approve" in world.calls[-1]["argv"]


def test_the_listener_hears_what_happens_to_each_resource(world):
    heard = []
    listener = Silent()
    for name in ("started", "completed", "errored"):
        setattr(listener, name, lambda resource, *_, name=name: heard.append((name, resource.address)))
    world.answers("apply", "apply_failed", code=1)
    with pytest.raises(ApitoolError, match="local-exec provisioner error"):
        world.prepared().apply_now(listener)
    assert heard == [("started", "terraform_data.bad[0]"), ("errored", "terraform_data.bad[0]")]


def test_what_show_prints_is_read_and_not_kept(world):
    workspace = world.prepared()
    plan = workspace.plan()
    (world.notes / "show.jsonl").write_text('{"resource_changes": [], "secret": "canary"}')
    assert workspace.show(plan)["secret"] == "canary"
    assert [file.name for file in (world.folder / "logs").glob("show*")] == ["show.err"]


def test_outputs_are_read_from_the_state(world):
    (world.notes / "output.jsonl").write_text('{"url": {"sensitive": false, "type": "string", "value": "u"}}')
    assert world.prepared().outputs() == {"url": "u"}


def test_a_failure_without_a_diagnostic_quotes_standard_error_without_secrets(world):
    (world.notes / "before-the-end").write_text("print('\\x1b[31mpanic: canary-4711', file=sys.stderr)")
    (world.notes / "plan.code").write_text("11")
    with pytest.raises(ApitoolError, match="exit code 11") as caught:
        world.prepared().plan()
    assert caught.value.problems[0].seen == "\\x1b[31mpanic: (redacted)"


def test_warnings_on_standard_error_are_no_failure(world):
    (world.notes / "before-the-end").write_text("print('Warning: x', file=sys.stderr)")
    world.prepared().plan()


def test_a_killed_terraform_is_told_as_such(world):
    (world.notes / "before-the-end").write_text("os.kill(os.getpid(), signal.SIGKILL)")
    world.answers("apply", "apply_failed")
    with pytest.raises(ApitoolError, match=r"killed \(SIGKILL\)") as caught:
        world.prepared().apply_now()
    assert "terraform_data.bad[0] (create)" in caught.value.problems[0].seen


def test_a_state_that_could_not_be_saved_is_kept_privately_and_blocks_what_comes_next(world):
    (world.notes / "before-the-end").write_text("pathlib.Path('errored.tfstate').write_text('the state')")
    workspace = world.prepared()
    with pytest.raises(ApitoolError, match="not saved yet") as caught:
        workspace.apply_now()
    kept = world.folder / "errored.tfstate"
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == ("the state", 0o600)
    assert not (world.root / "errored.tfstate").exists()
    assert f"state push {kept}" in caught.value.problems[0].fix
    (world.notes / "before-the-end").unlink()
    for step in (workspace.plan, workspace.apply_now):
        with pytest.raises(ApitoolError, match="not saved yet"):
            step()
    workspace.push_unsaved_state()
    assert world.calls[-1]["argv"] == ["state", "push", str(kept)]
    assert workspace.plan()
    assert (world.folder / "errored.tfstate.pushed").read_text() == "the state"


def test_a_value_of_an_environment_is_in_no_error_even_in_a_later_process(world):
    world.prepared()
    (world.notes / "before-the-end").write_text("print('boom canary-4711', file=sys.stderr); sys.exit(1)")
    with pytest.raises(ApitoolError) as caught:
        world.workspace().plan()
    assert caught.value.problems[0].seen == "boom (redacted)"


def test_a_signal_during_a_step_ends_with_interrupted(world):
    (world.notes / "before-the-end").write_text(
        "import time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(0.3); sys.exit(1)"
    )
    world.program.write_text(
        world.program.read_text().replace("folder =", "signal.signal(2, lambda *_: 0); folder =")
    )
    world.answers("apply", "apply_failed")
    heard = []
    listener = Silent()
    listener.stopping = lambda name, _, again: heard.append((name, again))
    with pytest.raises(InterruptedByUserError, match="stopped by SIGTERM") as caught:
        world.prepared().apply_now(listener)
    assert caught.value.exit_code == 130
    assert "terraform_data.bad[0] (create)" in caught.value.problems[0].seen
    assert heard == [("SIGTERM", False)]


def test_a_signal_after_everything_was_done_still_stops_what_comes_next(world):
    (world.notes / "before-the-end").write_text(
        "import time; signal.signal(2, lambda *_: 0); os.kill(os.getppid(), signal.SIGHUP); time.sleep(0.3)"
    )
    with pytest.raises(InterruptedByUserError, match="had already finished"):
        world.prepared().apply_now()


def test_a_folder_that_lost_its_plugins_is_initialised_again_next_time(world):
    workspace = world.prepared()
    workspace.init()
    world.answers("plan", "provider_not_installed", code=1)
    with pytest.raises(ApitoolError, match="no longer initialised"):
        workspace.plan()
    assert workspace.init() is True


OTHER = """
import sys, time
from pathlib import Path
from apitool.terraform.folder_lock import FolderLock
with FolderLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(30)
"""


@pytest.fixture
def other(world):
    """Another process that holds the folder."""
    command = [os.sys.executable, "-c", OTHER, world.folder / "lock"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_apitool_is_told_who_has_the_folder(world, other):
    with pytest.raises(LockedError, match="another apitool is at work on `dev`") as caught:
        world.prepared()
    seen = caught.value.problems[0].seen
    assert f"pid {other.pid} on " in seen
    assert "since 20" in seen
    other.kill()
    other.wait()
    world.prepared()


def test_the_folder_is_held_between_the_steps_of_a_with_block(world):
    with world.prepared() as workspace:
        with pytest.raises(LockedError):
            world.workspace().plan()
        workspace.plan()
    world.workspace().plan()


def test_the_lock_goes_on_into_terraform(world):
    """After a SIGKILL of ours the folder stays taken until Terraform has ended."""
    (world.notes / "before-the-end").write_text("(folder / 'fds').write_text(str(os.listdir('/dev/fd')))")
    with world.prepared() as workspace:
        descriptor = str(workspace._lock._descriptor)
        workspace.plan()
    assert f"'{descriptor}'" in (world.notes / "fds").read_text()


def test_no_file_for_running_terraform_by_hand_holds_a_secret(world):
    world.target |= {
        "AWS_SECRET_ACCESS_KEY": "canary-secret",
        "AWS_SESSION_TOKEN": "canary-token",
        "AWS_PROFILE": None,
    }
    world.prepared()
    written = (world.folder / "env.sh").read_text() + (world.folder / "README.md").read_text()
    assert "canary" not in written
    assert "unset AWS_PROFILE" in written
    assert "# AWS_SECRET_ACCESS_KEY is secret" in written


def test_made_up_credentials_of_an_embedded_aws_are_written_down(world):
    world.target |= {"AWS_ENDPOINT_URL": "http://127.0.0.1:5000", "AWS_SECRET_ACCESS_KEY": "embedded"}
    world.prepared()
    assert "export AWS_SECRET_ACCESS_KEY=embedded" in (world.folder / "env.sh").read_text()
    world.target["AWS_ENDPOINT_URL"] = "https://elsewhere.example"
    world.prepared()
    assert "embedded" not in (world.folder / "env.sh").read_text()


def test_the_commands_in_the_readme_are_complete_and_survive_strange_paths(script, tmp_path):
    strange = tmp_path / "it's a $(path)"
    strange.mkdir()
    world = World(script, strange)
    world.prepared().init()
    readme = (world.folder / "README.md").read_text()
    commands = readme.split("```")[1]
    done = subprocess.run(
        ["sh", "-ec", f"TF_CLI_ARGS=-destroy; {commands}"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    by_hand = world.calls[1:]
    assert [call["argv"][1] for call in by_hand] == ["init", "plan", "apply"]
    assert all(call["argv"][0] == f"-chdir={world.folder / 'root' / 'root'}" for call in by_hand)
    assert by_hand[1]["argv"][-1] == f"-var-file={world.folder}/variables.tfvars.json"
    assert by_hand[1]["environ"]["TF_DATA_DIR"] == f"{world.folder}/data"


def test_an_apply_that_takes_too_long_says_what_was_under_way_and_that_the_state_is_saved(world):
    (world.notes / "before-the-end").write_text(
        "import time\nsignal.signal(signal.SIGINT, lambda *_: sys.exit(1))\n"
        'hook = {"resource": {"addr": "aws_x.y"}, "action": "create"}\n'
        'print(json.dumps({"type": "apply_start", "hook": hook}), flush=True)\n'
        "time.sleep(20)\n"
    )
    workspace = world.prepared()
    workspace.patience = 1.0
    with pytest.raises(ApitoolError, match="took longer than --timeout") as caught:
        workspace.apply_now()
    assert caught.value.problems[0].seen == "begun and not finished: aws_x.y (create)"


def test_only_an_apply_is_hurried(world):
    (world.notes / "before-the-end").write_text("import time\ntime.sleep(0.3)\n")
    workspace = world.prepared()
    workspace.patience = 0.01
    world.answers("plan", "plan_create", code=2)
    assert workspace.plan().has_changes
