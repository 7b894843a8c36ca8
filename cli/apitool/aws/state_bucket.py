"""The S3 bucket that keeps Terraform's state: made once per account and region.

Versioned (a broken state can be taken back), encrypted, TLS only, public access blocked, and old versions
expire. Each setting is put separately and is idempotent, so a half-made bucket is finished by the next run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of
from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

_OLD_VERSIONS_KEPT = 90  # days
_WAYS_TO_BLOCK = 4  # public access: by ACLs and by policies, new ones and those that are there


def default_name(account: Account) -> str:
    """One bucket for all APIs of an account and region; S3 names are global, hence the account id."""
    return f"apitool-state-{account.id}-{account.region}"


def exists(account: Account, bucket: str) -> bool:
    """Whether the bucket is there and ours.

    Raises:
        ApitoolError: the name belongs to another account.
    """
    client: S3Client = account.client("s3")
    with calling(f"look for the state bucket `{bucket}`"):
        try:
            client.head_bucket(Bucket=bucket, ExpectedBucketOwner=account.id)
        except ClientError as error:
            if code_of(error) in {"404", "NoSuchBucket"}:
                return False
            if code_of(error) in {"403", "AccessDenied"}:
                raise ApitoolError(
                    f"the state bucket `{bucket}` exists, but not for this account",
                    seen=f"account {account.id} was refused",
                    fix='name another one in apitool.toml: state_bucket = "…"',
                ) from error
            raise
    return True


def create(account: Account, bucket: str, *, tls_only: bool = True) -> None:
    """Make the bucket and give it all its settings. The embedded AWS speaks no TLS, on loopback."""
    client: S3Client = account.client("s3")
    with calling(f"make the state bucket `{bucket}`"):
        _make(client, bucket, account.region)
        client.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            },
        )
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_bucket_encryption(
            Bucket=bucket,
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
        )
        if tls_only:
            client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(tls_only_policy(bucket)))
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket,
            LifecycleConfiguration={
                "Rules": [
                    {
                        "ID": "expire-old-versions",
                        "Status": "Enabled",
                        "Filter": {},
                        "NoncurrentVersionExpiration": {"NoncurrentDays": _OLD_VERSIONS_KEPT},
                        # every lock and every journal leaves one
                        "Expiration": {"ExpiredObjectDeleteMarker": True},
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    }
                ]
            },
        )


def gaps(account: Account, bucket: str, *, tls_only: bool = True) -> list[str]:
    """What a state bucket should be and this one is not, in words; it may be one that you brought along."""
    client: S3Client = account.client("s3")
    wanted: list[tuple[str, Callable[[], bool]]] = [
        ("not versioned", lambda: client.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"),
        ("not encrypted", lambda: bool(client.get_bucket_encryption(Bucket=bucket))),
        ("not closed to the public", lambda: _is_closed(client, bucket)),
        ("old versions never expire", lambda: bool(client.get_bucket_lifecycle_configuration(Bucket=bucket))),
    ]
    if tls_only:
        wanted.append(("may be used without TLS", lambda: _is_tls_only(client, bucket)))
    with calling(f"look at the settings of the state bucket `{bucket}`"):
        return [gap for gap, holds in wanted if not _holds(holds)]


def _holds(look: Callable[[], bool]) -> bool:
    """S3 has an error of its own for each setting that is not there."""
    try:
        return look()
    except ClientError as error:
        if code_of(error).startswith(("NoSuch", "ServerSideEncryptionConfigurationNotFound")):
            return False
        raise


def _is_closed(client: S3Client, bucket: str) -> bool:
    blocked = client.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    return len(blocked) == _WAYS_TO_BLOCK and all(blocked.values())


def _is_tls_only(client: S3Client, bucket: str) -> bool:
    """Whether some statement denies what comes without TLS; whose words those are does not matter."""
    statements = json.loads(client.get_bucket_policy(Bucket=bucket)["Policy"])["Statement"]
    return any(
        each["Effect"] == "Deny"
        and str(each.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport")).lower() == "false"
        for each in statements
    )


def tls_only_policy(bucket: str) -> dict[str, object]:
    """Refuse every request that does not come over TLS."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def _make(client: S3Client, bucket: str, region: str) -> None:
    try:
        if region == "us-east-1":  # the one region that must not be named
            client.create_bucket(Bucket=bucket)
        else:
            client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]
    except ClientError as error:
        if code_of(error) != "BucketAlreadyOwnedByYou":
            raise
