"""Terraform's state as it lies in its bucket, read without Terraform."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of
from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account


def read(account: Account, bucket: str, key: str) -> object:
    """The state's JSON; None when there is none yet.

    Raises:
        ApitoolError: it can't be read, or is no JSON.
    """
    client: S3Client = account.client("s3")
    with calling(f"read the state `{key}` in the bucket `{bucket}`"):
        try:
            answer = client.get_object(Bucket=bucket, Key=key, ExpectedBucketOwner=account.id)
            content = answer["Body"].read()
        except ClientError as error:
            if code_of(error) in {"NoSuchKey", "NoSuchBucket", "404"}:
                return None
            raise
    try:
        return json.loads(content)
    except ValueError:
        raise ApitoolError(
            f"the state `{key}` in the bucket `{bucket}` is no JSON",
            seen=f"{len(content)} bytes",
            fix="take an earlier version of the object back; the bucket keeps them for 90 days",
        ) from None
