"""Ctrl-C, SIGTERM and a closed terminal in the middle of an apply: state saved, lock released, next `up` goes on."""

from __future__ import annotations

import signal
import time

import pytest

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.xdist_group("interruptions")]


def wait_until_applying(apitool, process):
    """Until Terraform has made something in this run."""
    events = apitool.folder / ".apitool/embedded/stages/dev"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        for output in events.glob("*apply*"):
            if output.is_file() and b'"type":"apply_start"' in output.read_bytes():
                return
        time.sleep(0.05)
    raise AssertionError("the apply did not start")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name)
def test_a_signal_during_apply_leaves_a_state_and_no_lock_and_up_converges(apitool, number):
    process = apitool.start("up", "--yes")
    wait_until_applying(apitool, process)
    process.send_signal(number)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, (out, err)
    assert "Traceback" not in err
    assert apitool.json("up", "--yes")["smoke"]["status"] == 200
    assert apitool("plan").stdout == "no changes\n"
    apitool("down", "--yes")


def test_of_two_ups_at_once_one_wins_and_the_other_says_who_holds_the_lock(apitool):
    first = apitool.start("up", "--yes")
    wait_until_applying(apitool, first)
    second = apitool("up", "--yes", exits=6)
    assert str(first.pid) in second.stderr
    out, err = first.communicate(timeout=120)
    assert first.returncode == 0, (out, err)
