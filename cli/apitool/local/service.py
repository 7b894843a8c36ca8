"""The embedded AWS as commands see it: is it running, start it, stop it. Imports neither moto nor boto3."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import apitool
from apitool.errors import ApitoolError
from apitool.local import record, starting
from apitool.local.endpoint import Endpoint
from apitool.local.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.local.record import Record

__all__ = ["Endpoint", "ensure", "log_file", "reset", "running", "stop"]

_TERM_PATIENCE = 10.0  # seconds for workers and listeners to end
_KILL_PATIENCE = 5.0  # seconds
_POLL = 0.02  # seconds


def running(project_root: Path) -> Endpoint | None:
    """The project's embedded AWS, if it runs. Cheap: one file and one question to the system."""
    found = record.read(Folder.of(project_root).record)
    return found.endpoint() if found is not None and found.alive else None


def ensure(project_root: Path, *, region: str, port: int | None = None) -> Endpoint:
    """The project's embedded AWS, started when it does not run, and answering.

    `port` is the gateway's; None means the port of last time, or a free one. A process of another apitool
    version, region or port is replaced, and its state goes with it: `Endpoint.notes` says so.

    Raises:
        UsageError: `port` can't be had.
        LockedError: another command is starting or stopping it.
        ApitoolError: it did not start; carries the end of its log.
    """
    folder = Folder.of(project_root)
    found = record.read(folder.record)
    if found is not None and _misfit(found, region, port) is None and found.alive:
        return found.endpoint()
    with folder.locked():
        found = record.read(folder.record)
        if found is None or not found.alive:
            return starting.start(folder, region=region, port=port)
        misfit = _misfit(found, region, port)
        if misfit is None:
            return found.endpoint()
        _end(folder, found)
        note = f"the embedded AWS was replaced, and its state is gone: {misfit}"
        return starting.start(folder, region=region, port=port, notes=(note,))


def stop(project_root: Path) -> bool:
    """End it and wait until it is gone, its state with it. False when it was not running."""
    folder = Folder.of(project_root)
    with folder.locked():
        found = record.read(folder.record)
        if found is None or not found.alive:
            folder.record.unlink(missing_ok=True)
            return False
        _end(folder, found)
        return True


def reset(project_root: Path) -> None:
    """End it and remove what it left on disk, except the gateway's port: its URL stays the same."""
    stop(project_root)
    folder = Folder.of(project_root)
    shutil.rmtree(folder.code, ignore_errors=True)
    folder.log.unlink(missing_ok=True)
    folder.previous_log.unlink(missing_ok=True)


def log_file(project_root: Path) -> Path:
    """Where the process writes what it does, one line per request. It may not exist yet."""
    return Folder.of(project_root).log


def _misfit(found: Record, region: str, port: int | None) -> str | None:
    """Why the process that runs is not the one asked for."""
    if found.version != apitool.__version__:
        return f"it was started by apitool {found.version}, this is {apitool.__version__}"
    if found.region != region:
        return f"it ran for {found.region}, asked for is {region}"
    if port not in {None, found.gateway_port}:
        return f"its gateway listened on port {found.gateway_port}, asked for is {port}"
    return None


def _end(folder: Folder, found: Record) -> None:
    with suppress(ProcessLookupError):  # it may end by itself at this moment
        os.kill(found.pid, signal.SIGTERM)
    if not _gone(found, _TERM_PATIENCE):
        with suppress(ProcessLookupError):
            os.killpg(found.pid, signal.SIGKILL)  # it leads a session of its own
        if not _gone(found, _KILL_PATIENCE):
            raise ApitoolError(
                "the embedded AWS does not end", seen=f"process {found.pid} survives SIGKILL", fix="restart"
            )
    record.withdraw(folder.record, found.pid)


def _gone(found: Record, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while found.alive:
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL)
    return True
