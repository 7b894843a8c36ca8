"""Starting the process: open its sockets, run `python -m apitool.local`, wait until it says it answers."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, closing, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.local import ports, record

if TYPE_CHECKING:
    from socket import socket

    from apitool.local.endpoint import Endpoint
    from apitool.local.folder import Folder

_NEEDED = ("moto", "flask", "flask_cors", "docker", "httptools")
_DEADLINE = 60.0  # seconds; 2 to 4 are usual, most of them importing moto
_ANSWER_TIMEOUT = 10  # seconds for the first request
_WHO_AM_I = b"Action=GetCallerIdentity&Version=2011-06-15"
_SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=embedded/20260101/us-east-1/sts/aws4_request"}
_LOG_TAIL = 20  # lines of the log shown when it did not start


def start(folder: Folder, *, region: str, port: int | None, notes: tuple[str, ...] = ()) -> Endpoint:
    """Start it and wait for its first answers. The caller holds the folder's lock.

    Raises:
        UsageError: `port` can't be had, or what it needs is not installed.
        ApitoolError: it ended or did not answer in time; carries the end of its log.
    """
    _check_installed()
    with ExitStack() as stack:
        gateway = ports.gateway_socket(port, folder.port)
        stack.enter_context(closing(gateway.socket))
        control = stack.enter_context(closing(ports.listen()))
        _spawn(folder, region, control, gateway.socket)
    found = record.read(folder.record)
    if found is None or not found.alive:
        raise _did_not_start(folder, "it ended right after it said it was ready")
    endpoint = found.endpoint(notes if gateway.note is None else (*notes, gateway.note))
    _answers(folder, endpoint)
    folder.port.write_text(str(endpoint.gateway_port))
    return endpoint


def _check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            "the embedded AWS is not installed",
            seen=f"missing: {', '.join(missing)}",
            fix="pip install 'apitool[local]'",
        )


def _spawn(folder: Folder, region: str, control: socket, gateway: socket) -> None:
    folder.record.unlink(missing_ok=True)
    shutil.rmtree(folder.code, ignore_errors=True)  # of functions that went with the last process
    if folder.log.exists():
        folder.log.replace(folder.previous_log)
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as said:
        log = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            child = subprocess.Popen(
                [*_command(folder, region), str(control.fileno()), str(gateway.fileno()), str(writer)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(control.fileno(), gateway.fileno(), writer),
                env=_environment(),
                start_new_session=True,
            )
        finally:
            os.close(log)
            os.close(writer)
        child.wait()  # the first of two processes: it ends as soon as it has made the second
        _wait_until_ready(folder, said.fileno())


def _command(folder: Folder, region: str) -> list[str]:
    # -P: a module of the project's must not stand in for one of the library's
    return [sys.executable, "-P", "-m", "apitool.local", str(folder.path), region]


def _environment() -> dict[str, str]:
    """The user's own credentials and endpoints are no business of the embedded AWS, or of functions in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}


def _wait_until_ready(folder: Folder, said: int) -> None:
    """It writes its pid first, then `ready`; the pipe closes when it dies."""
    deadline = time.monotonic() + _DEADLINE
    heard = b""
    while not heard.endswith(b"ready\n"):
        waiting, _, _ = select.select([said], [], [], max(0.0, deadline - time.monotonic()))
        if not waiting:
            _kill(heard)
            raise _did_not_start(folder, f"it was not ready after {_DEADLINE:.0f} s")
        chunk = os.read(said, 4096)
        if not chunk:
            raise _did_not_start(folder, "it ended while starting")
        heard += chunk


def _kill(heard: bytes) -> None:
    pid, end, _ = heard.partition(b"\n")
    if end:
        with suppress(ProcessLookupError):
            os.killpg(int(pid), signal.SIGKILL)


def _answers(folder: Folder, endpoint: Endpoint) -> None:
    """One real request to each plane: the process is there, and so is what it serves."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    who = urllib.request.Request(endpoint.control_url, data=_WHO_AM_I, headers=_SIGNED)  # noqa: S310 - our own, http
    try:
        direct.open(who, timeout=_ANSWER_TIMEOUT).close()
        with suppress(urllib.error.HTTPError):  # 403, there being no stage yet: an answer all the same
            direct.open(endpoint.url("-"), timeout=_ANSWER_TIMEOUT).close()
    except OSError as error:
        raise _did_not_start(folder, f"its first answer was: {error}") from error


def _did_not_start(folder: Folder, seen: str) -> ApitoolError:
    lines = folder.log.read_text(errors="replace").splitlines() if folder.log.exists() else []
    tail = "".join(f"\n  {line}" for line in lines[-_LOG_TAIL:])
    return ApitoolError(
        "the embedded AWS did not start",
        seen=f"{seen}; its log ends:{tail}" if tail else f"{seen}; it wrote nothing",
        fix=f"read {folder.log}",
    )
