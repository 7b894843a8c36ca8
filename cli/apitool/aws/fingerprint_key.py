"""The key that fingerprints of plans are made with: random, one a state bucket, made on first use.

A fingerprint is published, in a comment for instance, and a plan holds values that are secret and may be
short. Without a key, whoever knows the rest of the plan could try values until the fingerprint comes out. Who
may read the key may read the states beside it, where the same values stand in clear: it opens nothing new.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

KEY = "apitool/fingerprint-key"
_LENGTH = 32  # bytes: as many as SHA-256 has
_ATTEMPTS = 3  # somebody else makes it at the same moment: then theirs is read


def ensure(account: Account, bucket: str) -> bytes:
    """The key of a bucket, which has to be there.

    Raises:
        CredentialsError: not allowed to read it, or to write the first one.
    """
    client: S3Client = account.client("s3")
    owned = {"Bucket": bucket, "Key": KEY, "ExpectedBucketOwner": account.id}
    with calling(f"read the key of fingerprints in the bucket `{bucket}`"):
        for _ in range(_ATTEMPTS - 1):
            try:
                return client.get_object(**owned)["Body"].read()  # type: ignore[arg-type]
            except ClientError as error:
                if code_of(error) not in {"NoSuchKey", "404"}:
                    raise
            _put(client, owned)
        return client.get_object(**owned)["Body"].read()  # type: ignore[arg-type]


def _put(client: S3Client, owned: dict[str, str]) -> None:
    """Never over one that is there: its fingerprints would be worth nothing."""
    try:
        client.put_object(**owned, Body=secrets.token_bytes(_LENGTH), IfNoneMatch="*")  # type: ignore[arg-type]
    except ClientError as error:
        if code_of(error) not in {"PreconditionFailed", "ConditionalRequestConflict", "412"}:
            raise
