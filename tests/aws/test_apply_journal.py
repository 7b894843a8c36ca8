"""That an apply has begun and not ended is known to whoever can read the state."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from apitool.aws import apply_journal, state_bucket

pytestmark = pytest.mark.embedded
BUCKET = "journal-under-test"


@pytest.fixture(scope="module")
def bucket(account):
    state_bucket.create(account, BUCKET, tls_only=False)
    return BUCKET


def test_without_a_bucket_nothing_is_unfinished(account):
    assert apply_journal.unfinished(account, "no-such-bucket", "a.tfstate") is None


def test_an_apply_that_has_begun_is_unfinished_until_it_ends(account, bucket):
    assert apply_journal.unfinished(account, bucket, "a.tfstate") is None
    apply_journal.begin(account, bucket, "a.tfstate")
    begun = apply_journal.unfinished(account, bucket, "a.tfstate")
    assert begun.pid == os.getpid()
    assert "@" in begun.who
    assert abs(datetime.now(UTC) - begun.since_time) < timedelta(minutes=1)
    apply_journal.end(account, bucket, "a.tfstate")
    assert apply_journal.unfinished(account, bucket, "a.tfstate") is None


def test_the_first_that_did_not_end_well_is_the_one_that_is_remembered(account, bucket):
    apply_journal.begin(account, bucket, "b.tfstate")
    first = account.client("s3").get_object(Bucket=bucket, Key="b.tfstate.unfinished")["ETag"]
    apply_journal.begin(account, bucket, "b.tfstate")
    assert account.client("s3").get_object(Bucket=bucket, Key="b.tfstate.unfinished")["ETag"] == first


def test_what_cannot_be_read_counts_as_unfinished(account, bucket):
    account.client("s3").put_object(Bucket=bucket, Key="c.tfstate.unfinished", Body=b"{}")
    begun = apply_journal.unfinished(account, bucket, "c.tfstate")
    assert begun.since_time == datetime.fromtimestamp(0, UTC)
