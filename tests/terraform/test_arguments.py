"""The argument lists Terraform is called with: by default, and with everything overridden."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from apitool.errors import ApitoolError
from apitool.terraform import arguments
from apitool.terraform.listener import Silent
from apitool.terraform.record import Record
from apitool.terraform.runner import Runner


@pytest.fixture
def argv(tmp_path):
    runner = Runner(Path("/bin/terraform"), tmp_path / "root", {}, tmp_path / "logs")
    return lambda invocation: list(runner.argv(invocation))


def test_init_by_default(argv):
    assert argv(arguments.init()) == [
        "/bin/terraform",
        "init",
        "-json",
        "-no-color",
        "-reconfigure",
        "-input=false",
        "-lockfile=readonly",
    ]


def test_init_with_everything(argv):
    assert argv(arguments.init(backend=Path("/s/a b.json"))) == [
        "/bin/terraform",
        "init",
        "-json",
        "-no-color",
        "-reconfigure",
        "-input=false",
        "-lockfile=readonly",
        "-backend-config=/s/a b.json",
    ]


def test_plan_by_default(argv):
    assert argv(arguments.plan(out=Path("/s/p"))) == [
        "/bin/terraform",
        "plan",
        "-json",
        "-no-color",
        "-detailed-exitcode",
        "-input=false",
        "-out=/s/p",
        "-lock-timeout=0s",
    ]


def test_plan_with_everything(argv):
    invocation = arguments.plan(
        out=Path("/s/p"),
        variables=Path("/s/v.json"),
        destroy=True,
        refresh=False,
        targets=("module.a", 'module.b["x y"]'),
        lock_timeout=30,
    )
    assert argv(invocation) == [
        "/bin/terraform",
        "plan",
        "-json",
        "-no-color",
        "-detailed-exitcode",
        "-destroy",
        "-input=false",
        "-out=/s/p",
        "-lock-timeout=30s",
        "-var-file=/s/v.json",
        "-target=module.a",
        '-target=module.b["x y"]',
        "-refresh=false",
    ]


def test_apply_of_a_saved_plan_takes_no_variables(argv):
    assert argv(arguments.apply(Path("/s/p"), lock_timeout=5)) == [
        "/bin/terraform",
        "apply",
        "-json",
        "-no-color",
        "-input=false",
        "-lock-timeout=5s",
        "/s/p",
    ]


def test_apply_in_one_go_with_everything(argv):
    invocation = arguments.apply_now(variables=Path("/v"), destroy=True, refresh=False, targets=("a.b",))
    assert argv(invocation) == [
        "/bin/terraform",
        "apply",
        "-json",
        "-no-color",
        "-auto-approve",
        "-destroy",
        "-input=false",
        "-lock-timeout=0s",
        "-var-file=/v",
        "-target=a.b",
        "-refresh=false",
    ]


def test_apply_in_one_go_by_default(argv):
    assert argv(arguments.apply_now())[4:] == ["-auto-approve", "-input=false", "-lock-timeout=0s"]


@pytest.mark.parametrize(
    ("invocation", "expected"),
    [
        (arguments.show(Path("/s/p")), ["show", "-json", "-no-color", "/s/p"]),
        (arguments.output(), ["output", "-json", "-no-color"]),
        (arguments.state_push(Path("/s/e")), ["state", "push", "/s/e"]),
    ],
)
def test_the_rest(argv, invocation, expected):
    assert argv(invocation)[1:] == expected


def test_a_mistyped_method_is_an_error_and_runs_nothing(tmp_path):
    runner = Runner(Path("/bin/false"), tmp_path, {}, tmp_path)
    with pytest.raises(AttributeError, match="plann"):
        runner.plann()
    with pytest.raises(AttributeError):
        runner.fmt_cmd()


def test_the_library_logs_no_variables_and_leaves_the_root_logger_alone(tmp_path, caplog):
    before = list(logging.getLogger().handlers)
    runner = Runner(Path("/bin/terraform"), tmp_path, {}, tmp_path)
    with caplog.at_level(logging.DEBUG):
        line = runner.generate_cmd_string("plan", var={"password": "canary-4711"})
    runner.temp_var_files.clean_up()
    assert line[-1].startswith("-var-file=")
    assert "canary-4711" not in caplog.text
    assert [
        handler for handler in logging.getLogger().handlers if handler not in [*before, caplog.handler]
    ] == []


def test_a_variable_file_goes_even_when_the_binary_is_missing(tmp_path):
    runner = Runner(tmp_path / "ghost", tmp_path, {}, tmp_path / "logs")
    created = []
    create = runner.temp_var_files.create
    runner.temp_var_files.create = lambda values: created.append(create(values)) or created[-1]
    with pytest.raises(ApitoolError) as caught:
        runner.cmd("plan", watcher=Record(Silent()), var={"a": 1})
    assert len(created) == 1
    assert not Path(created[0]).exists()
    assert caught.value.problems[0].fix


def test_a_missing_working_folder_state_file_is_never_looked_for(tmp_path):
    (tmp_path / "terraform.tfstate").write_text("no json")
    assert Runner(Path("/bin/true"), tmp_path, {}, tmp_path).tfstate is None
