"""The state's object in the bucket, and its lock. The state holds secrets: only its head gets out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of
from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from types_boto3_s3 import S3Client

    from apitool.aws.account import Account

_GONE = {"NoSuchKey", "NoSuchBucket", "404"}


@dataclass(frozen=True, slots=True)
class Instance:
    """An object the state knows. `tainted`: its creation was broken off.

    `code`: SHA-256 of the package that a function is said to have, in base64.
    """

    address: str
    type: str
    id: str
    tainted: bool
    code: str | None = None


@dataclass(frozen=True, slots=True)
class StateObject:
    """`size` in bytes; `instances` without data sources and deposed ones. `version` is S3's."""

    modified: datetime
    size: int
    version: str | None
    serial: int
    lineage: str
    terraform: str
    instances: tuple[Instance, ...]


def read(account: Account, bucket: str, key: str) -> StateObject | None:
    """The state as it is now; None when there is none.

    Raises:
        ApitoolError: it is there and can't be read.
    """
    answer = _get(account, bucket, key)
    if answer is None:
        return None
    body = answer["Body"].read()
    try:
        document = json.loads(body)
        return StateObject(
            modified=answer["LastModified"],
            size=len(body),
            version=answer.get("VersionId"),
            serial=document["serial"],
            lineage=document["lineage"],
            terraform=document["terraform_version"],
            instances=tuple(_instances(document["resources"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(bucket, key, body) from error


def document(account: Account, bucket: str, key: str) -> object:
    """The state's JSON, secrets and all; None when there is none yet.

    Raises:
        ApitoolError: it can't be read, or is no JSON.
    """
    answer = _get(account, bucket, key)
    content = answer["Body"].read() if answer else b"null"
    try:
        return json.loads(content)
    except ValueError:
        raise _broken(bucket, key, content) from None


def lock(account: Account, bucket: str, key: str) -> dict[str, Any] | None:
    """The lock on the state as Terraform wrote it (`ID`, `Who`, `Operation`, `Created`); None: not locked."""
    answer = _get(account, bucket, f"{key}.tflock")
    if answer is None:
        return None
    try:
        document = json.loads(answer["Body"].read())
    except ValueError:
        document = None
    return document if isinstance(document, dict) else {}


def unlock(account: Account, bucket: str, key: str, lock_id: str) -> bool:
    """Take the lock away as Terraform itself does; False when it is not there any more, or another one is."""
    found = lock(account, bucket, key)
    if found is None or found.get("ID") != lock_id:
        return False
    client: S3Client = account.client("s3")
    with calling(f"take the lock away from s3://{bucket}/{key}"):
        client.delete_object(Bucket=bucket, Key=f"{key}.tflock", ExpectedBucketOwner=account.id)
    return True


def _broken(bucket: str, key: str, content: bytes) -> ApitoolError:
    return ApitoolError(
        f"the state s3://{bucket}/{key} can't be read",
        seen=f"{len(content)} bytes that are no state of Terraform's",
        fix="take an earlier version back, which the bucket keeps for 90 days: "
        f"aws s3api list-object-versions --bucket {bucket} --prefix {key}",
    )


def _instances(resources: list[dict[str, Any]]) -> Iterator[Instance]:
    for resource in resources:
        for each in resource["instances"]:
            if resource["mode"] == "managed" and "deposed" not in each:
                attributes = each.get("attributes") or {}
                yield Instance(
                    _address(resource, each.get("index_key")),
                    resource["type"],
                    str(attributes.get("id") or ""),
                    tainted=each.get("status") == "tainted",
                    code=attributes.get("source_code_hash"),
                )


def _address(resource: Mapping[str, Any], key: str | int | None) -> str:
    """As Terraform writes it: `module.function["orders"].aws_iam_role.this`."""
    names = [resource.get("module"), resource["type"], resource["name"]]
    index = "" if key is None else f"[{json.dumps(key)}]"
    return ".".join(name for name in names if name) + index


def _get(account: Account, bucket: str, key: str) -> Any:  # noqa: ANN401 - boto3's answer
    client: S3Client = account.client("s3")
    with calling(f"read s3://{bucket}/{key}"):
        try:
            return client.get_object(Bucket=bucket, Key=key, ExpectedBucketOwner=account.id)
        except ClientError as error:
            if code_of(error) in _GONE:
                return None
            raise
