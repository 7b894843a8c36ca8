"""Small JSON records in the state bucket: what every machine that works on a stage has to know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

_MISSING = {"NoSuchKey", "NoSuchBucket", "404"}


@dataclass(frozen=True, slots=True)
class BucketRecord:
    """One object. Every call names the bucket's owner, so that nobody else's bucket of the name is used."""

    account: Account
    bucket: str
    key: str

    def read(self) -> dict[str, Any] | None:
        """What was written; None when there is no record, or none that can be read.

        Raises:
            ApitoolError: S3 refused.
        """
        client: S3Client = self.account.client("s3")
        with calling(f"read s3://{self.bucket}/{self.key}"):
            try:
                text = client.get_object(
                    Bucket=self.bucket, Key=self.key, ExpectedBucketOwner=self.account.id
                )["Body"].read()
            except ClientError as error:
                if code_of(error) in _MISSING:
                    return None
                raise
        try:
            record = json.loads(text)
        except ValueError:
            return None
        return record if isinstance(record, dict) else None

    def write(self, record: Mapping[str, Any]) -> None:
        """Raises ApitoolError when S3 refuses."""
        client: S3Client = self.account.client("s3")
        with calling(f"write s3://{self.bucket}/{self.key}"):
            client.put_object(
                Bucket=self.bucket,
                Key=self.key,
                Body=json.dumps(record, indent=2).encode(),
                ExpectedBucketOwner=self.account.id,
            )

    def delete(self) -> None:
        """Nothing happens when there is none. Raises ApitoolError when S3 refuses."""
        client: S3Client = self.account.client("s3")
        with calling(f"delete s3://{self.bucket}/{self.key}"):
            try:
                client.delete_object(Bucket=self.bucket, Key=self.key, ExpectedBucketOwner=self.account.id)
            except ClientError as error:
                if code_of(error) not in _MISSING:
                    raise
