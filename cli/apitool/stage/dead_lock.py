"""The lock a killed Terraform left on the state, taken away when it is certain that its holder is dead.

Certain is: we have the folder, so nothing started from it is at work; a Terraform started from it did not end
by itself; and the lock was taken on this machine in the minutes after that start. Any other lock is somebody
else's business: `apitool unlock` asks.
"""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import TYPE_CHECKING

from apitool.aws import state_object
from apitool.terraform.state_lock import StateLock

if TYPE_CHECKING:
    from datetime import datetime

    from apitool.console import Console
    from apitool.stage.target import Target
    from apitool.terraform.workspace import Workspace

_EARLIEST, _LATEST = (
    timedelta(seconds=-2),
    timedelta(minutes=5),
)  # a file's time is rounded; a start can be slow


def release(target: Target, workspace: Workspace, console: Console) -> None:
    """Costs nothing when no Terraform was killed here."""
    since = workspace.killed_since
    if since is None:
        return
    backend = workspace.backend
    found = state_object.lock(target.account, backend.bucket, backend.key)
    lock = StateLock.of_document(found) if found else None
    if lock is not None and is_ours(lock, since, socket.gethostname()):
        with console.step("unlock", f"lock {lock.id}: the {lock.operation} that held it was killed"):
            state_object.unlock(target.account, backend.bucket, backend.key, lock.id)


def is_ours(lock: StateLock, since: datetime, host: str) -> bool:
    """Whether it is the lock of the Terraform that was started here at that time."""
    here = lock.who.rpartition("@")[2] == host
    return here and lock.created is not None and _EARLIEST <= lock.created - since <= _LATEST
