from __future__ import annotations

import os
import subprocess
import sys

from apitool.local.process_identity import identity


def test_a_living_process_has_an_identity_that_stays() -> None:
    assert identity(os.getpid()) == identity(os.getpid()) is not None


def test_two_processes_have_two_identities() -> None:
    assert identity(os.getpid()) != identity(os.getppid())


def test_a_process_that_ended_has_none() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert identity(child.pid) is None


def test_a_zombie_has_none() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    assert identity(child.pid) is not None
    assert child.stdin is not None
    child.stdin.close()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has collected it
    assert identity(child.pid) is None
    child.wait()
