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
    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

_OLD_VERSIONS_KEPT = 90  # days


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
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    }
                ]
            },
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
