"""Packages in S3 go when no state names them: at once when they were given up, else after a week."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count

import pytest

from apitool.aws import package_object, spare_packages, state_bucket
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
NUMBERS = count()
DEV, PROD, OTHER = (package_object.key_of("orders", "tea", digit * 64) for digit in "012")
STRANGERS = package_object.key_of("orders-two", "tea", "0" * 64)


@pytest.fixture
def bucket(account):
    """Two stages that run a package each, one that was taken down, and two packages nobody runs."""
    name = f"spare-packages-{next(NUMBERS)}"
    state_bucket.create(account, name, tls_only=False)
    client = account.client("s3")
    for key in (DEV, PROD, OTHER, STRANGERS):
        client.put_object(Bucket=name, Key=key, Body=b"zip")
    for stage, keys in {"dev": [DEV], "prod": [PROD], "gone": []}.items():
        put_state(account, name, stage, keys)
    return name


def put_state(account, bucket, stage, keys):
    instances = [{"attributes": {"s3_bucket": bucket, "s3_key": key}} for key in keys]
    state = {"version": 4, "resources": [{"type": "aws_lambda_function", "instances": instances}]}
    account.client("s3").put_object(
        Bucket=bucket, Key=f"orders/{stage}.tfstate", Body=json.dumps(state).encode()
    )


@pytest.fixture
def a_week_later(monkeypatch):
    monkeypatch.setattr(spare_packages, "YOUNG", timedelta(seconds=-60))


def test_what_is_young_stays_for_a_plan_that_is_being_reviewed(account, bucket):
    assert spare_packages.find(account, bucket, "orders") == []


@pytest.mark.usefixtures("a_week_later")
def test_a_week_later_it_goes_and_what_a_stage_runs_or_another_project_has_stays(account, bucket):
    assert spare_packages.find(account, bucket, "orders") == [OTHER]


def test_what_a_stage_gave_up_goes_at_once_unless_another_stage_runs_it(account, bucket):
    assert spare_packages.named_by(account, bucket, "orders/dev.tfstate") == {DEV}
    put_state(account, bucket, "dev", [])
    assert spare_packages.find(account, bucket, "orders", {DEV, PROD}) == [DEV]
    put_state(account, bucket, "canary", [DEV])
    assert spare_packages.find(account, bucket, "orders", {DEV}) == []


def test_a_saved_plan_finds_what_was_removed_by_its_version(account, bucket):
    client = account.client("s3")
    version = client.head_object(Bucket=bucket, Key=OTHER)["VersionId"]
    for _ in range(2):  # somebody else may have been first
        spare_packages.remove(account, bucket, OTHER)
    assert client.get_object(Bucket=bucket, Key=OTHER, VersionId=version)["Body"].read() == b"zip"
    assert spare_packages.find(account, bucket, "orders", {OTHER}) == []


@pytest.mark.usefixtures("a_week_later")
def test_in_a_bucket_that_keeps_no_versions_nothing_is_removed(account, bucket):
    account.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    assert spare_packages.find(account, bucket, "orders") == []


@pytest.mark.usefixtures("a_week_later")
def test_a_state_that_cannot_be_read_may_name_any_of_them(account, bucket):
    account.client("s3").put_object(Bucket=bucket, Key="orders/torn.tfstate", Body=b"{")
    with pytest.raises(ApitoolError, match=r"orders/torn.tfstate can't be read"):
        spare_packages.find(account, bucket, "orders")
