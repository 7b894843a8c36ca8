"""The bucket for Terraform's state: versioned, encrypted, TLS only, nothing public, old versions expire."""

from __future__ import annotations

import json

import pytest

from apitool.aws import state_bucket

pytestmark = pytest.mark.embedded
BUCKET = "state-bucket-under-test"


@pytest.fixture(scope="module")
def s3(account):
    assert not state_bucket.exists(account, BUCKET)
    client = account.client("s3")
    state_bucket.create(account, BUCKET)
    yield client
    client.delete_bucket_policy(Bucket=BUCKET)
    client.delete_bucket(Bucket=BUCKET)


def test_it_is_named_after_account_and_region(account):
    assert state_bucket.default_name(account) == "apitool-state-123456789012-eu-central-1"


def test_a_made_bucket_is_versioned_and_encrypted(s3):
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    (rule,) = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_a_made_bucket_blocks_public_access_in_all_four_ways(s3):
    blocked = s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"]
    assert len(blocked) == 4
    assert all(blocked.values())


def test_a_made_bucket_refuses_what_does_not_come_over_tls(s3):
    (statement,) = json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert set(statement["Resource"]) == {f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"}


def test_old_versions_of_the_state_expire(s3):
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    assert rule["NoncurrentVersionExpiration"]["NoncurrentDays"] == 90
    assert rule["Status"] == "Enabled"


def test_making_it_again_finishes_a_half_made_one(account, s3):
    s3.delete_bucket_policy(Bucket=BUCKET)
    state_bucket.create(account, BUCKET)
    assert s3.get_bucket_policy(Bucket=BUCKET)["Policy"]


def test_a_made_bucket_has_no_gaps_and_a_bare_one_names_each(account, s3):
    assert state_bucket.gaps(account, BUCKET) == []
    bare = f"{BUCKET}-bare"
    s3.create_bucket(Bucket=bare, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    gaps = state_bucket.gaps(account, bare)
    s3.delete_bucket(Bucket=bare)
    assert {"not versioned", "not closed to the public", "may be used without TLS"} <= set(gaps)
    assert "old versions never expire" in gaps


def test_in_us_east_1_no_location_is_named():
    asked = []

    class Client:
        def create_bucket(self, **arguments):
            asked.append(arguments)

    for region in ("us-east-1", "eu-central-1"):
        state_bucket._make(Client(), BUCKET, region)
    assert asked[0] == {"Bucket": BUCKET}
    assert asked[1]["CreateBucketConfiguration"] == {"LocationConstraint": "eu-central-1"}
