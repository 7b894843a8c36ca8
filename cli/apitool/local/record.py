"""`service.json`: which process is this project's embedded AWS. Written by that process, read by commands."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from apitool.local.endpoint import LOOPBACK, Endpoint
from apitool.local.process_identity import identity

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """`identity` says which process `pid` was when this was written, see `process_identity.py`."""

    pid: int
    identity: str
    control_port: int
    gateway_port: int
    region: str
    version: str
    started_at: float  # seconds since 1970

    @property
    def alive(self) -> bool:
        return identity(self.pid) == self.identity

    def endpoint(self, notes: tuple[str, ...] = ()) -> Endpoint:
        return Endpoint(
            control_url=f"http://{LOOPBACK}:{self.control_port}",
            gateway_port=self.gateway_port,
            pid=self.pid,
            started_at=self.started_at,
            region=self.region,
            version=self.version,
            notes=notes,
        )


def read(file: Path) -> Record | None:
    """The record, or None when there is none or it can't be read: then nothing runs that we know of."""
    try:
        return Record(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write(file: Path, record: Record) -> None:
    """Readable by the user only, and never seen half-written."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(asdict(record), stream, indent=2)
        stream.write("\n")
    scratch.replace(file)


def withdraw(file: Path, pid: int) -> None:
    """Remove the record if it is (still) that process's."""
    record = read(file)
    if record is not None and record.pid == pid:
        file.unlink(missing_ok=True)
