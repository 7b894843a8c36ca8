"""Packages in the state's bucket that no state names any more.

Removed is the object, not its versions: those a bucket of ours keeps for 90 days, and a plan that was saved
before names its package by version. In a bucket without versions nothing is removed.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apitool.aws import state_object
from apitool.aws.package_object import FOLDER
from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectTypeDef

    from apitool.aws.account import Account

YOUNG = timedelta(days=7)  # what no state names yet may be on its way into one, by a plan under review
_NAMED = re.compile(rf"{FOLDER}/[\w.-]+/[\w.-]+\.zip")


def named_by(account: Account, bucket: str, state_key: str) -> set[str]:
    """The keys of the packages that one state names. Raises ApitoolError when it can't be read."""
    return set(_NAMED.findall(json.dumps(state_object.document(account, bucket, state_key))))


def find(account: Account, bucket: str, project: str, given_up: Collection[str] = ()) -> list[str]:
    """Keys of the project's packages that no state of its stages names, older than a week or `given_up`.

    Raises ApitoolError when the bucket or a state can't be read.
    """
    before = datetime.now(UTC) - YOUNG
    with calling(f"list the packages in the bucket `{bucket}`"):
        old = [
            each["Key"]
            for each in _objects(account, bucket, f"{FOLDER}/{project}/")
            if each["LastModified"] < before or each["Key"] in given_up
        ]
        if not old or not _keeps_versions(account, bucket):
            return []
        states = [
            each["Key"]
            for each in _objects(account, bucket, f"{project}/")
            if each["Key"].endswith(".tfstate")
        ]
    named = {key for state in states for key in named_by(account, bucket, state)}
    return [key for key in old if key not in named]


def remove(account: Account, bucket: str, key: str) -> None:
    client: S3Client = account.client("s3")
    with calling(f"remove the package `{key}` from the bucket `{bucket}`"):
        client.delete_object(Bucket=bucket, Key=key, ExpectedBucketOwner=account.id)


def _objects(account: Account, bucket: str, prefix: str) -> Iterator[ObjectTypeDef]:
    client: S3Client = account.client("s3")
    pages = client.get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=bucket, Prefix=prefix, ExpectedBucketOwner=account.id):
        yield from page.get("Contents", [])


def _keeps_versions(account: Account, bucket: str) -> bool:
    client: S3Client = account.client("s3")
    versioning = client.get_bucket_versioning(Bucket=bucket, ExpectedBucketOwner=account.id)
    return versioning.get("Status") == "Enabled"
