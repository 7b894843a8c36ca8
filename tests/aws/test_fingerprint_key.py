"""The key of fingerprints: one a bucket, made once, the same for everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from apitool.aws import fingerprint_key, state_object
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
BUCKET = "fingerprint-key-under-test"


@pytest.fixture(scope="module")
def bucket(account):
    client = account.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": account.region})
    return client


@pytest.mark.usefixtures("bucket")
def test_several_that_ask_first_get_one_key(account):
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: fingerprint_key.ensure(account, BUCKET), range(4)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32


def test_one_that_is_there_stays(account, bucket):
    bucket.put_object(Bucket=BUCKET, Key=fingerprint_key.KEY, Body=b"there before")
    assert fingerprint_key.ensure(account, BUCKET) == b"there before"


def test_a_state_is_read_as_it_is(account, bucket):
    assert state_object.document(account, BUCKET, "none.tfstate") is None
    bucket.put_object(Bucket=BUCKET, Key="a.tfstate", Body=b'{"serial": 3}')
    assert state_object.document(account, BUCKET, "a.tfstate") == {"serial": 3}
    bucket.put_object(Bucket=BUCKET, Key="a.tfstate", Body=b'{"serial":')
    with pytest.raises(ApitoolError, match="can't be read"):
        state_object.document(account, BUCKET, "a.tfstate")
