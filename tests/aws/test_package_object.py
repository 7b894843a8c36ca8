"""Packages over 50 MB go through S3: uploaded once, checked by S3, named by their version."""

from __future__ import annotations

import base64
import hashlib

import pytest

from apitool.aws import package_object, state_bucket
from apitool.aws.package_object import PackageObject
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
BUCKET = "packages-under-test"
CONTENT = b"a package" * 20_000


@pytest.fixture(scope="module")
def bucket(account):
    state_bucket.create(account, BUCKET, tls_only=False)
    return BUCKET


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "orders.zip"
    path.write_bytes(CONTENT)
    return path


def sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def ensured(account, place, file, told=lambda *_: None):
    return package_object.ensure(account, place, file, sha256(file.read_bytes()), told)


def test_a_package_is_uploaded_once_and_named_by_its_version(account, bucket, file):
    told = []
    place = PackageObject(bucket, "packages/orders-1.zip")
    first = ensured(account, place, file, lambda *sent: told.append(sent))
    assert first.version
    assert told[-1] == (len(CONTENT), len(CONTENT))
    client = account.client("s3")
    assert client.get_object(Bucket=bucket, Key=place.key, VersionId=first.version)["Body"].read() == CONTENT

    told.clear()
    assert ensured(account, place, file, lambda *sent: told.append(sent)) == first
    assert told == []


def test_another_object_under_its_name_is_not_taken_for_it(account, bucket, file):
    place = PackageObject(bucket, "packages/orders-2.zip")
    account.client("s3").put_object(Bucket=bucket, Key=place.key, Body=b"somebody else's")
    found = ensured(account, place, file)
    body = account.client("s3").get_object(Bucket=bucket, Key=place.key, VersionId=found.version)["Body"]
    assert body.read() == CONTENT


def test_a_bucket_that_is_not_there_is_an_error_of_ours(account, file):
    with pytest.raises(ApitoolError, match="could not upload the package to the bucket `no-such-bucket`"):
        ensured(account, PackageObject("no-such-bucket", "a.zip"), file)
