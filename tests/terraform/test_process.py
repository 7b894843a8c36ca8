"""A program is run to its end whatever happens to us, and gets one SIGINT at most."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.processes import running

from apitool.errors import ApitoolError
from apitool.terraform.process import Program, run

if TYPE_CHECKING:
    from pathlib import Path

# Counts the SIGINTs it gets, says so, and takes half a second to stop, as Terraform does.
STOPPABLE = """
import signal, sys, time, pathlib
got = []
signal.signal(signal.SIGINT, lambda *_: got.append(1))
print("ready", flush=True)
end = time.monotonic() + 20
while time.monotonic() < end and not got:
    time.sleep(0.02)
time.sleep(0.5)
print("saved after", len(got), flush=True)
pathlib.Path(sys.argv[1]).write_text(f"{len(got)}")
sys.exit(1)
"""

# Runs the program above through `run`, as the command line would; says what it gets to hear.
PARENT = """
import signal, sys
from pathlib import Path
from apitool.terraform.process import Program, run

class Said:
    def line(self, text): print("line", text, flush=True)
    def signalled(self, received, count): print("signal", received.name, count, flush=True)

program, result, folder = sys.argv[1:]
import os
finished = run(
    Program((program, result), Path(folder), dict(os.environ), Path(folder) / "out", Path(folder) / "err"),
    Said(),
)
print("finished", finished.exit_code, *[received.name for received in finished.signals], flush=True)
"""


class Heard:
    def __init__(self):
        self.lines, self.signals = [], []

    def line(self, text):
        self.lines.append(text)

    def signalled(self, received, count):
        self.signals.append((received, count))


def program(script: Path, folder: Path, *arguments: str, **environment: str) -> Program:
    return Program((str(script), *arguments), folder, environment, folder / "out", folder / "err")


def until(true, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def parent(script, tmp_path):
    """Start PARENT; wait until the program in it is ready."""
    started = []

    def start(*, ignoring: tuple[signal.Signals, ...] = ()) -> subprocess.Popen[str]:
        def ignore() -> None:
            for number in ignoring:
                signal.signal(number, signal.SIG_IGN)

        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, script(STOPPABLE), tmp_path / "result", tmp_path],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=ignore,  # noqa: PLW1509 - single-threaded test
            start_new_session=True,
        )
        started.append(process)
        assert process.stdout.readline() == "line ready\n"
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("sent", SIGNALS, ids=lambda one: one.name)
def test_a_signal_becomes_one_sigint_and_the_end_is_waited_for(parent, tmp_path, sent):
    process = parent()
    process.send_signal(sent)
    rest = process.communicate(timeout=20)[0].splitlines()
    assert rest == [f"signal {sent.name} 1", "line saved after 1", f"finished 1 {sent.name}"]
    assert (tmp_path / "result").read_text() == "1"


@pytest.mark.parametrize("first", SIGNALS, ids=lambda one: one.name)
@pytest.mark.parametrize("second", SIGNALS, ids=lambda one: one.name)
def test_a_second_signal_is_told_and_not_forwarded(parent, tmp_path, first, second):
    process = parent()
    process.send_signal(first)
    assert process.stdout.readline() == f"signal {first.name} 1\n"
    process.send_signal(second)
    rest = process.communicate(timeout=20)[0].splitlines()
    assert rest == [f"signal {second.name} 2", "line saved after 1", f"finished 1 {first.name} {second.name}"]
    assert (tmp_path / "result").read_text() == "1"


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_it_stops_when_sigint_was_ignored_as_under_nohup(parent, tmp_path, sent):
    process = parent(ignoring=(signal.SIGINT,))
    process.send_signal(sent)
    process.communicate(timeout=20)
    assert (tmp_path / "result").read_text() == "1"


def test_a_signal_that_was_ignored_stays_ignored(parent, tmp_path):
    process = parent(ignoring=(signal.SIGHUP, signal.SIGINT))
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.4)
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=20)[0].splitlines()
    assert rest[-1] == "finished 1 SIGTERM"
    assert (tmp_path / "result").read_text() == "1"


def test_a_terminals_interrupt_reaches_only_us(parent, tmp_path):
    """Ctrl-C goes to the whole process group of the terminal; the program is in another."""
    process = parent()
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=20)
    assert (tmp_path / "result").read_text() == "1"


def test_it_goes_on_and_finishes_when_we_are_killed(parent, tmp_path):
    process = parent()
    child = next(int(pid) for pid in children(process.pid))
    process.kill()
    process.wait()
    os.kill(child, signal.SIGINT)
    until((tmp_path / "result").exists)
    until(lambda: (tmp_path / "out").read_text() == "ready\nsaved after 1\n")


def children(pid: int) -> list[str]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    return [line.split()[0] for line in listed.splitlines() if line.split()[1] == str(pid)]


def test_lines_come_while_it_runs_and_the_last_needs_no_newline(script, tmp_path):
    heard, seen = Heard(), []
    heard.line = lambda text: seen.append((text, time.monotonic()))
    body = "import time\nprint('a', flush=True)\ntime.sleep(0.5)\nprint('b', end='')"
    finished = run(program(script(body), tmp_path), heard)
    assert finished.exit_code == 0
    assert [text for text, _ in seen] == ["a", "b"]
    assert seen[1][1] - seen[0][1] > 0.3


def test_bytes_that_are_no_utf8_and_very_long_lines_come_through(script, tmp_path):
    body = "import os\nos.write(1, b'\\xff\\xfe\\n' + b'x' * 10_000_000 + b'\\r\\n\\n' + 'ü'.encode())"
    heard = Heard()
    run(program(script(body), tmp_path), heard)
    assert heard.lines == ["��", "x" * 10_000_000, "", "ü"]


def test_standard_error_is_kept_apart_and_all_files_are_private(script, tmp_path):
    (tmp_path / "out").write_text("old and longer than the new one")
    (tmp_path / "out").chmod(0o644)
    body = "import sys\nprint('o')\nprint('e', file=sys.stderr)\nopen('made', 'w').close()"
    heard = Heard()
    run(program(script(body), tmp_path), heard)
    assert heard.lines == ["o"]
    assert (tmp_path / "err").read_text() == "e\n"
    for name in ("out", "err", "made"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def test_nobody_can_answer_a_question(script, tmp_path):
    heard = Heard()
    run(program(script("import sys\nprint(repr(sys.stdin.read()))"), tmp_path), heard)
    assert heard.lines == ["''"]


def test_only_the_given_environment_is_seen(script, tmp_path):
    heard = Heard()
    run(program(script("import os\nprint(sorted(os.environ))"), tmp_path, ONLY="this"), heard)
    assert heard.lines in (["['LC_CTYPE', 'ONLY']"], ["['ONLY']"])  # Python itself may add LC_CTYPE


def test_a_listener_that_fails_does_not_end_the_wait(script, tmp_path):
    body = "import time\nprint('a', flush=True)\ntime.sleep(0.3)\nopen('finished', 'w').close()"
    heard = Heard()
    heard.line = lambda _: (_ for _ in ()).throw(BrokenPipeError)
    with pytest.raises(BrokenPipeError):
        run(program(script(body), tmp_path), heard)
    assert (tmp_path / "finished").exists()


def test_the_handlers_are_as_before_afterwards(script, tmp_path):
    before = [signal.getsignal(number) for number in SIGNALS]
    run(program(script(""), tmp_path), Heard())
    assert [signal.getsignal(number) for number in SIGNALS] == before


@pytest.mark.parametrize("kind", ["missing", "folder", "no program", "not executable"])
def test_a_program_that_cant_be_started_is_an_error_of_ours(script, tmp_path, kind):
    path = script("")
    if kind == "missing":
        path.unlink()
    elif kind == "folder":
        path = tmp_path
    elif kind == "no program":
        path.write_bytes(b"\x7fELF nonsense")
    else:
        path.chmod(0o644)
    with pytest.raises(ApitoolError) as caught:
        run(program(path, tmp_path), Heard())
    assert str(path) in str(caught.value)


def test_helpers_of_a_killed_program_are_ended(script, tmp_path):
    body = textwrap.dedent("""
        import os, signal, subprocess, sys
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print(helper.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    heard = Heard()
    finished = run(program(script(body), tmp_path), heard)
    assert finished.exit_code == -signal.SIGKILL
    until(lambda: not running(int(heard.lines[0])))


def test_what_takes_too_long_is_asked_to_stop_once_and_waited_for(script, tmp_path):
    result = tmp_path / "got"
    given = program(script(STOPPABLE), tmp_path, str(result), PATH=os.environ["PATH"])
    heard = Heard()
    finished = run(replace(given, patience=0.5), heard)
    assert (finished.exit_code, finished.overdue, finished.signals) == (1, True, ())
    assert result.read_text() == "1"
    assert heard.signals == []
