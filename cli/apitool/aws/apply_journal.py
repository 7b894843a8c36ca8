"""That an apply has begun: written down beside the state before anything is changed, taken away at its end.

What is left there says that an apply did not end well, to every machine that can read the state: objects may
exist that no state knows. (Terraform saves a remote state every 20 s only; a killed one loses the rest.)
"""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.aws.bucket_record import BucketRecord

if TYPE_CHECKING:
    from apitool.aws.account import Account


@dataclass(frozen=True, slots=True)
class Begun:
    """An apply that has begun: by whom (`user@host`), in which process, when (ISO 8601, UTC)."""

    who: str
    pid: int
    since: str

    @property
    def since_time(self) -> datetime:
        return datetime.fromisoformat(self.since)

    def __str__(self) -> str:
        return f"{self.who}, process {self.pid}, since {self.since_time:%Y-%m-%d %H:%M:%S} UTC"


def begin(account: Account, bucket: str, state_key: str) -> None:
    """Write it down. One that did not end well before stays in its place: its time is the one to know."""
    record = _record(account, bucket, state_key)
    if record.read() is None:
        entry = Begun(_who(), os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"))
        record.write(asdict(entry))


def end(account: Account, bucket: str, state_key: str) -> None:
    """It ended well, and with it whatever had not before."""
    _record(account, bucket, state_key).delete()


def unfinished(account: Account, bucket: str, state_key: str) -> Begun | None:
    """The apply that has begun and not ended, as far as is known; it may still be at work."""
    found = _record(account, bucket, state_key).read()
    if found is None:
        return None
    try:
        return Begun(**found)
    except TypeError:  # not ours to read, but there: something did not end
        return Begun("somebody", 0, datetime.fromtimestamp(0, UTC).isoformat())


def _record(account: Account, bucket: str, state_key: str) -> BucketRecord:
    return BucketRecord(account, bucket, f"{state_key}.unfinished")


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"
