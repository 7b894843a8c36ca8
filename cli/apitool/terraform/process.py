"""Run one program to its end, whatever happens to us meanwhile.

What can go wrong, and what is done about it (each tried with Terraform 1.11.4):
- Ctrl-C reaches the whole terminal group, providers too: the program gets a session of its own.
- A second interrupt makes Terraform abort hard and lose what it was creating: SIGINT, SIGTERM and SIGHUP are
  forwarded as exactly one SIGINT, then we wait, as long as it takes.
- SIGINT can be inherited as ignored (`nohup`, `&`): handlers are set before the program starts, and a caught
  signal is back at its default after exec.
- A pipe kills the program when its reader dies: output goes to files, which are followed.
- Our own death (SIGKILL) reaches nobody: the program goes on and finishes. It inherits the folder's lock,
  which stays taken until then.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import FrameType
    from typing import BinaryIO


_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK_EVERY = 0.05  # seconds between two looks at the output; below what an eye notices
_PRIVATE = 0o600
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. `inherited` are file descriptors that stay open in it.

    After `patience` seconds it is asked to stop, as by an interrupt of the user's.
    """

    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    stdout: Path
    stderr: Path
    inherited: tuple[int, ...] = ()
    patience: float | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """How it ended: exit code (negative: the signal that killed it), and the signals we got meanwhile.

    `overdue`: it was asked to stop because it took longer than there was patience for.
    """

    exit_code: int
    signals: tuple[signal.Signals, ...] = ()
    overdue: bool = False


class Watcher(Protocol):
    def line(self, text: str) -> None:
        """A line of stdout, without its end."""

    def signalled(self, received: signal.Signals, count: int) -> None:
        """We got a signal; `count` is 1 for the first, which was forwarded."""


def run(program: Program, watcher: Watcher) -> Finished:
    """Run to the end. Must be called in the main thread: Python delivers signals nowhere else.

    Raises:
        ApitoolError: the program can't be started.
    """
    with _written(program.stdout) as out, _written(program.stderr) as err, _forwarding() as forwarding:
        process = _start(program, out, err)
        forwarding.to(process)
        with program.stdout.open("rb") as output:
            overdue = _follow(process, _Lines(output), forwarding, _Guarded(watcher), program.patience)
        return Finished(process.returncode, tuple(forwarding.received), overdue)


def _start(program: Program, out: int, err: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            program.argv,
            cwd=program.folder,
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,  # nothing may wait for an answer nobody gives
            stdout=out,
            stderr=err,
            start_new_session=True,
            umask=0o077,  # plans and states hold secrets
            pass_fds=program.inherited,
        )
    except OSError as error:
        raise ApitoolError(
            f"`{program.argv[0]}` can't be started",
            seen=str(error),
            fix="check the program, or name another one in APITOOL_TERRAFORM",
        ) from error


@contextmanager
def _written(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, _PRIVATE)
    try:
        os.fchmod(descriptor, _PRIVATE)  # it may be there from before, and wider
        yield descriptor
    finally:
        os.close(descriptor)


def _follow(
    process: subprocess.Popen[bytes],
    lines: _Lines,
    forwarding: _Forwarding,
    watcher: _Guarded,
    patience: float | None,
) -> bool:
    """Whether it was asked to stop for taking too long."""
    told = 0
    overdue = False
    deadline = math.inf if patience is None else time.monotonic() + patience
    while True:
        ended = process.poll() is not None  # asked before reading: the last lines are read after the end
        for line in lines.read(to_the_end=ended):
            watcher.line(line)
        for count, received in enumerate(forwarding.received[told:], start=told + 1):
            watcher.signalled(received, count)
            told = count
        if ended:
            break
        if time.monotonic() > deadline and not forwarding.sent:
            overdue = True
            forwarding.stop()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_EVERY)
    _end_orphans(process)
    watcher.raise_again()
    return overdue


def _end_orphans(process: subprocess.Popen[bytes]) -> None:
    """A program killed outright leaves its helpers behind (Terraform's providers); they share its group."""
    if process.returncode < 0:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGTERM)


@dataclass(slots=True)
class _Lines:
    """Lines of a file that still grows. What is no UTF-8 is shown with replacement characters."""

    output: BinaryIO
    _begun: bytearray = field(default_factory=bytearray)

    def read(self, *, to_the_end: bool) -> Iterator[str]:
        while chunk := self.output.read(_CHUNK):
            *complete, rest = chunk.split(b"\n")
            for line in complete:
                self._begun += line
                yield self._take()
            self._begun += rest
        if to_the_end and self._begun:
            yield self._take()

    def _take(self) -> str:
        line = self._begun.decode("utf-8", errors="replace").removesuffix("\r")
        self._begun.clear()
        return line


@dataclass(slots=True)
class _Forwarding:
    """Our three signals, as one SIGINT to the program. One that was ignored when we came stays ignored."""

    received: list[signal.Signals] = field(default_factory=list)
    ignored: set[int] = field(default_factory=set)
    process: subprocess.Popen[bytes] | None = None
    sent: bool = False

    def take(self, number: int, _frame: FrameType | None) -> None:
        if number not in self.ignored:
            self.received.append(signal.Signals(number))
            self._send()

    def to(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        if self.received:
            self._send()

    def stop(self) -> None:
        self._send()

    def _send(self) -> None:
        if self.process is not None and not self.sent:
            self.sent = True
            self.process.send_signal(signal.SIGINT)


@contextmanager
def _forwarding() -> Iterator[_Forwarding]:
    forwarding = _Forwarding()
    before = {number: signal.getsignal(number) for number in _FORWARDED}
    forwarding.ignored |= {number for number, handler in before.items() if handler is signal.SIG_IGN}
    for number in _FORWARDED:
        signal.signal(number, forwarding.take)
    try:
        yield forwarding
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@dataclass(slots=True)
class _Guarded:
    """The watcher, kept from ending the wait: its first exception silences it, and is raised after the end.

    `apitool up | head` breaks the pipe we write to in the middle of an apply; the apply goes on.
    """

    watcher: Watcher
    raised: Exception | None = None

    def line(self, text: str) -> None:
        if self.raised is None:
            try:
                self.watcher.line(text)
            except Exception as error:  # noqa: BLE001 - whatever it is, raise_again() raises it
                self.raised = error

    def signalled(self, received: signal.Signals, count: int) -> None:
        if self.raised is None:
            try:
                self.watcher.signalled(received, count)
            except Exception as error:  # noqa: BLE001 - as above
                self.raised = error

    def raise_again(self) -> None:
        if self.raised is not None:
            raise self.raised
