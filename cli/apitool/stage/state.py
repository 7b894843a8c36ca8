"""Terraform's state of a stage and of the account's role as they lie in the bucket. Starts no Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from apitool.aws import apply_journal, state_bucket, state_object
from apitool.errors import UsageError
from apitool.terraform.backend import account_key, stage_key
from apitool.terraform.state_lock import StateLock, ago

if TYPE_CHECKING:
    from apitool.aws.apply_journal import Begun
    from apitool.aws.state_object import StateObject
    from apitool.console import Console
    from apitool.stage.target import Target


@dataclass(frozen=True, slots=True)
class State:
    """`state` is None before the first apply. `unfinished` may still be at work: then there is a lock too."""

    bucket: str
    key: str
    state: StateObject | None
    lock: StateLock | None
    unfinished: Begun | None

    def text(self, now: datetime) -> str:
        lines = [f"  state       s3://{self.bucket}/{self.key}"]
        if self.state:
            written = f"written {ago(self.state.modified, now)} by Terraform {self.state.terraform}"
            lines += [
                f"  serial      {self.state.serial}, {len(self.state.instances)} objects, {written}",
                f"  lineage     {self.state.lineage}",
            ]
        else:
            lines.append("  serial      none: nothing was applied yet")
        lock = self.lock and f"{self.lock.id}, {_held(self.lock, now)}"
        lines.append(f"  lock        {lock or 'none'}")
        if self.unfinished:
            lines.append(f"  unfinished  an apply by {self.unfinished}: `apitool up` goes on from there")
        return "\n".join(lines)

    def data(self) -> dict[str, Any]:
        """For `-o json`; times in ISO 8601, sizes in bytes."""
        state, lock = self.state, self.lock
        return {
            "bucket": self.bucket,
            "key": self.key,
            "state": state
            and {
                "serial": state.serial,
                "lineage": state.lineage,
                "objects": len(state.instances),
                "modified": state.modified.isoformat(),
                "size": state.size,
                "terraform": state.terraform,
                "version": state.version,
            },
            "lock": lock
            and {
                "id": lock.id,
                "who": lock.who,
                "operation": lock.operation,
                "created": lock.created and lock.created.isoformat(),
            },
            "unfinished": self.unfinished
            and {
                "who": self.unfinished.who,
                "pid": self.unfinished.pid,
                "since": self.unfinished.since,
            },
        }


def of_stage(target: Target) -> State | None:
    """None: there is no bucket yet, nothing was ever applied."""
    return _read(target, stage_key(target.project.name, target.stage.name))


def of_account(target: Target) -> State | None:
    """The state of the account's CloudWatch role."""
    return _read(target, account_key(target.account.region))


def unlock(target: Target, lock_id: str, console: Console, *, yes: bool) -> State:
    """Take a lock away, after asking: the state it was on.

    Raises:
        UsageError: there is no such lock.
        GateError: the answer was no.
    """
    states = [state for state in (of_stage(target), of_account(target)) if state]
    locked = [(state, state.lock) for state in states if state.lock]
    for state, lock in locked:
        if lock.id == lock_id:
            _ask(state, lock, console, yes=yes)
            if state_object.unlock(target.account, state.bucket, state.key, lock_id):
                return state
    raise UsageError(
        f"no state of `{target.name}` is locked with `{lock_id}`",
        seen="; ".join(f"{state.key} is locked with {lock.id}" for state, lock in locked) or "no lock",
        fix=f"apitool state {target.options}",
    )


def _ask(state: State, lock: StateLock, console: Console, *, yes: bool) -> None:
    held = _held(lock, datetime.now(UTC))
    console.say(f"s3://{state.bucket}/{state.key} is locked: {held}")
    if not yes:
        console.confirm("Is that run dead? If it is not, two write the state at once. Take the lock away?")


def _held(lock: StateLock, now: datetime) -> str:
    return f"{lock.operation} by {lock.who}, {lock.age(now)}"


def _read(target: Target, key: str) -> State | None:
    account, bucket = target.account, target.state_bucket
    if not state_bucket.exists(account, bucket):
        return None
    found = state_object.lock(account, bucket, key)
    return State(
        bucket,
        key,
        state_object.read(account, bucket, key),
        StateLock.of_document(found) if found is not None else None,
        apply_journal.unfinished(account, bucket, key),
    )
