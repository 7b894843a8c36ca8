"""What is left of the mark says that a Terraform was killed, and may have left its lock on the state."""

from __future__ import annotations

import pytest

from apitool.terraform.running_mark import RunningMark


@pytest.fixture
def mark(tmp_path):
    return RunningMark(tmp_path / "running")


def run(mark, command, exit_code):
    with mark.during(command) as ended:
        ended(exit_code)
    return mark.since is not None


@pytest.mark.parametrize("exit_code", [0, 1, 2])
def test_a_run_that_ended_by_itself_leaves_none(mark, exit_code):
    assert run(mark, "plan", exit_code) is False


def test_a_killed_run_leaves_one(mark):
    assert run(mark, "apply", -9) is True


def test_our_own_death_leaves_one(mark):
    with pytest.raises(KeyboardInterrupt), mark.during("apply"):
        raise KeyboardInterrupt
    assert mark.since is not None


def test_a_run_that_fails_on_the_lock_that_is_left_keeps_the_mark_and_its_time(mark):
    run(mark, "apply", -9)
    since = mark.since
    assert run(mark, "plan", 1) is True
    assert mark.since == since


def test_a_run_that_got_the_lock_shows_that_none_is_left(mark):
    run(mark, "apply", -9)
    assert run(mark, "plan", 2) is False


@pytest.mark.parametrize("command", ["init", "show", "output"])
def test_what_takes_no_lock_leaves_no_mark(mark, command):
    assert run(mark, command, -9) is False
