"""That an apply has begun: written down beside the state before anything is changed, taken away at its end.

What is left there says that an apply did not end well, to every machine that can read the state: objects may
exist that no state knows. (Terraform saves a remote state every 20 s only; a killed one loses the rest.)
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

_GONE = {"NoSuchKey", "NoSuchBucket", "404"}
_THERE = {"PreconditionFailed", "412"}


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
    client: S3Client = account.client("s3")
    entry = Begun(_who(), os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"))
    with calling(f"write down in s3://{bucket} that an apply begins"):
        try:
            client.put_object(
                Bucket=bucket, Key=_key(state_key), Body=json.dumps(asdict(entry)).encode(), IfNoneMatch="*"
            )
        except ClientError as error:
            if code_of(error) not in _THERE:
                raise


def end(account: Account, bucket: str, state_key: str) -> None:
    """It ended well, and with it whatever had not before."""
    client: S3Client = account.client("s3")
    with calling(f"write down in s3://{bucket} that the apply is done"):
        client.delete_object(Bucket=bucket, Key=_key(state_key))


def unfinished(account: Account, bucket: str, state_key: str) -> Begun | None:
    """The apply that has begun and not ended, as far as is known; it may still be at work."""
    client: S3Client = account.client("s3")
    with calling(f"look in s3://{bucket} for an unfinished apply"):
        try:
            body = client.get_object(Bucket=bucket, Key=_key(state_key))["Body"].read()
        except ClientError as error:
            if code_of(error) in _GONE:
                return None
            raise
    try:
        return Begun(**json.loads(body))
    except (ValueError, TypeError):  # not ours to read, but there: something did not end
        return Begun("somebody", 0, datetime.fromtimestamp(0, UTC).isoformat())


def _key(state_key: str) -> str:
    return f"{state_key}.unfinished"


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"
