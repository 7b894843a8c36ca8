"""Ctrl-C, SIGTERM and a closed terminal in mid-apply: state saved, lock released, the next `up` goes on.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import signal
import time

import pytest

pytestmark = [pytest.mark.terraform, pytest.mark.embedded]


def start_and_wait_until_applying(apitool):
    """An `up` in the middle of its apply: Terraform has begun to make something."""
    said = apitool.folder / ".apitool/embedded/stages/dev/logs/apply.jsonl"
    said.unlink(missing_ok=True)
    process = apitool.start("up", "--yes")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        if said.exists() and b'"type":"apply_start"' in said.read_bytes():
            return process
        time.sleep(0.05)
    raise AssertionError("the apply did not start")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name)
def test_a_signal_during_apply_leaves_a_valid_state_and_no_lock(apitool, number):
    process = start_and_wait_until_applying(apitool)
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, (out, err)
    assert "Traceback" not in err
    assert apitool("plan", "--detailed-exitcode", exits=3).stdout


def test_the_next_up_converges(apitool):
    assert apitool.json("up", "--yes")["smoke"]["status"] == 200
    assert apitool("plan").stdout == "no changes\n"
    apitool("down", "--yes")


def test_down_after_an_interrupted_up_destroys_what_no_state_knew_too(apitool):
    process = start_and_wait_until_applying(apitool)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    apitool("down", "--yes")
    aws = apitool.clients()
    assert aws("apigateway").get_rest_apis()["items"] == []
    assert aws("lambda").list_functions()["Functions"] == []
    assert aws("dynamodb").list_tables()["TableNames"] == []
    assert aws("logs").describe_log_groups()["logGroups"] == []
    roles = [role["RoleName"] for role in aws("iam").list_roles()["Roles"]]
    assert roles == ["apigateway-cloudwatch-eu-central-1"]


def test_of_two_ups_at_once_one_wins_and_the_other_says_who_holds_the_lock(apitool):
    first = start_and_wait_until_applying(apitool)
    second = apitool("up", "--yes", exits=6)
    assert str(first.pid) in second.stderr
    out, err = first.communicate(timeout=120)
    assert first.returncode == 0, (out, err)
