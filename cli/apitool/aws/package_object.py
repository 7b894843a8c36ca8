"""A deployment package in S3: what is over 50 MB can't be sent to Lambda itself.

The key holds the package's digest and S3 checks it while it takes the bytes, so an object that is there is
the package. In a versioned bucket, as the state's is, the version is named too: nobody can put another in its
place.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account


FOLDER = "packages"


def key_of(project: str, function: str, sha256_hex: str) -> str:
    """Where the package of a function lies in the state's bucket."""
    return f"{FOLDER}/{project}/{function}-{sha256_hex}.zip"


@dataclass(frozen=True, slots=True)
class PackageObject:
    """Where Lambda reads a package from. `version` is None in a bucket without versions."""

    bucket: str
    key: str
    version: str | None = None


def ensure(
    account: Account, place: PackageObject, file: Path, sha256: str, progress: Callable[[int, int], None]
) -> PackageObject:
    """Upload `file`, whose SHA-256 in base64 is `sha256`, unless it is there; with the version it has there.

    `progress` hears bytes sent, and of how many.
    Raises ApitoolError when the bucket can't be read or written.
    """
    client: S3Client = account.client("s3")
    owned = {"Bucket": place.bucket, "Key": place.key, "ExpectedBucketOwner": account.id}
    with calling(f"look for the package `{place.key}` in the bucket `{place.bucket}`"):
        there = _head(client, owned)
    if there is None or there.get("ChecksumSHA256") != sha256:
        with calling(f"upload the package to the bucket `{place.bucket}`"), _Told(file, progress) as body:
            sums = {"ChecksumAlgorithm": "SHA256", "ChecksumSHA256": sha256}
            there = dict(client.put_object(**owned, **sums, Body=body))  # type: ignore[arg-type]
    return PackageObject(place.bucket, place.key, there.get("VersionId"))


def _head(client: S3Client, owned: dict[str, str]) -> dict[str, Any] | None:
    try:
        return dict(client.head_object(**owned, ChecksumMode="ENABLED"))  # type: ignore[arg-type]
    except ClientError as error:
        if code_of(error) in {"404", "NoSuchKey"}:
            return None
        raise


class _Told(io.FileIO):
    """A file that tells how far it was read."""

    def __init__(self, file: Path, progress: Callable[[int, int], None]) -> None:
        super().__init__(file)
        self._progress = progress
        self._size = file.stat().st_size

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(-1 if size is None else size) or b""
        self._progress(self.tell(), self._size)
        return content
