"""Logging that was turned on for a while: what it was before, and until when. Written before it is changed.

A killed process leaves the record behind; `logs status` tells of it and `logs restore` and `up` act on it, on
whatever machine: it stands beside the stage's state in the state bucket. It holds no secrets.
"""

from __future__ import annotations

import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from apitool.aws.bucket_record import BucketRecord
from apitool.errors import ApitoolError, LockedError
from apitool.logs import restoring, times
from apitool.stage import logging
from apitool.stage.logging import LoggingChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.aws.stage_settings import StageSettings
    from apitool.console import Console
    from apitool.stage.target import Target

_HOST = socket.gethostname()


@dataclass(frozen=True, slots=True)
class Leftover:
    """`entries` are the method settings as they were; `expires_at` is seconds since 1970."""

    rest_api_id: str
    entries: Mapping[str, Mapping[str, Any]]
    expires_at: float
    pid: int | None = None  # of the `logs debug` that holds it, on `host`
    host: str = ""

    @property
    def expired(self) -> bool:
        """Its time is over, or the process that was to end it is gone."""
        return time.time() >= self.expires_at or (self.pid is not None and not self._held)

    def held_by_another(self, pid: int | None) -> bool:
        """Whether a `logs debug` that is not this process will restore it."""
        mine = (self.pid, self.host) == (pid, _HOST)
        return self.pid is not None and not mine and not self.expired

    @property
    def _held(self) -> bool:
        """A process of another machine can't be looked at: it is believed until its time is over."""
        return self.pid is not None and (self.host != _HOST or _alive(self.pid))

    @property
    def until(self) -> str:
        return times.iso(round(self.expires_at * 1000))


def read(target: Target) -> Leftover | None:
    """What is left of logging for a while; None: nothing, or nothing readable.

    Raises:
        ApitoolError: the state bucket can't be read.
    """
    record = _record(target).read()
    try:
        return Leftover(**record) if record else None
    except TypeError:  # of another version
        return None


def remember(
    target: Target, settings: StageSettings, lasting_s: float, *, pid: int | None = None
) -> Leftover:
    """Write down what is now, before it changes. What an earlier record says stays the former state.

    Raises:
        LockedError: another `logs debug` is at work on the stage.
    """
    earlier = read(target)
    if earlier and earlier.held_by_another(pid):
        raise LockedError(
            f"another `logs debug` is at work on `{target.stage.name}`",
            seen=f"process {earlier.pid} on {earlier.host}, until {earlier.until}",
            fix="end that one first",
        )
    same = earlier is not None and earlier.rest_api_id == settings.rest_api_id
    entries = earlier.entries if earlier and same else settings.method_settings
    leftover = Leftover(settings.rest_api_id, entries, time.time() + lasting_s, pid, _HOST if pid else "")
    _record(target).write(asdict(leftover))
    return leftover


def restore(target: Target, leftover: Leftover) -> LoggingChange:
    """Make the stage log exactly as it did before, and forget about it.

    Raises:
        ApitoolError: AWS refused, or the stage is not as it was. The record then stays.
    """
    settings = logging.settings_of(target)
    if settings.rest_api_id != leftover.rest_api_id:  # the API was made anew meanwhile
        forget(target)
        return LoggingChange(settings, ())
    change = LoggingChange(settings, restoring.to_former(settings.method_settings, leftover.entries))
    changed = logging.send(target, change)
    if not restoring.same_logging(changed.method_settings, leftover.entries):
        raise ApitoolError(
            "the stage does not log as it did before",
            seen=json.dumps({key: dict(entry) for key, entry in changed.method_settings.items()}),
            fix=f"apitool logs status {target.options}",
        )
    forget(target)
    return change


def end_expired(target: Target, console: Console) -> None:
    """What `up` does about logging whose time is over: put it back, or forget it with the stage it was on."""
    leftover = read(target)
    if leftover is None or not leftover.expired:
        return
    with console.step("logging", "ending what was turned on for a while") as step:
        try:
            restore(target, leftover)
            step.text = f"as before what was turned on until {leftover.until}"
        except ApitoolError:  # the stage is not up, or was changed: `up` sets logging as declared
            forget(target)
            step.skipped = True


def forget(target: Target) -> None:
    _record(target).delete()


def _record(target: Target) -> BucketRecord:
    key = f"{target.project.name}/{target.stage.name}.logging-before.json"
    return BucketRecord(target.account, target.state_bucket, key)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
