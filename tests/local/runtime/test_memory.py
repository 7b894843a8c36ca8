"""The figure behind `Max Memory Used`."""

import os
import shutil
import subprocess
import sys

import pytest

from apitool.local.runtime import memory
from apitool.local.runtime.memory import PeakMemory


def test_the_peak_is_that_of_the_process():
    assert 5 < PeakMemory(os.getpid()).megabytes() < 2_000


@pytest.mark.skipif(shutil.which("ps") is None, reason="no ps here")
def test_ps_sees_what_proc_sees():
    code = "import sys; x = bytearray(50_000_000); print(flush=True); sys.stdin.read()"
    argv = [sys.executable, "-c", code]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        from_proc, from_ps = memory._from_proc(process.pid), memory._from_ps(process.pid)
    assert from_ps > 50_000
    assert abs(from_proc - from_ps) < 5_000


def test_a_process_that_is_gone_keeps_its_last_figure(monkeypatch):
    monkeypatch.setattr(memory, "_EVERY", -1.0)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        peak = PeakMemory(process.pid)
        before = peak.megabytes()
    assert before > 0
    assert peak.megabytes() == before
