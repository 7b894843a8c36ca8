"""The head of a state and its lock, read from the bucket without Terraform."""

from __future__ import annotations

import json

import pytest

from apitool.aws import state_bucket, state_object
from apitool.aws.state_object import Instance
from apitool.errors import ApitoolError

pytestmark = pytest.mark.embedded
BUCKET = "states-under-test"
LOCK = {
    "ID": "5cd9814f-b7d4-967c-9aff-d2defc7dd84d",
    "Operation": "OperationTypeApply",
    "Who": "ann@build-7",
    "Created": "2026-11-22T01:58:25.875790903Z",
    "Path": f"{BUCKET}/a.tfstate",
}
STATE = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 12,
    "lineage": "3f1c",
    "outputs": {"token": {"value": "canary-4711", "type": "string"}},
    "resources": [
        {"mode": "data", "type": "aws_region", "name": "current", "instances": [{"attributes": {"id": "x"}}]},
        {
            "module": 'module.function["orders"]',
            "mode": "managed",
            "type": "aws_iam_role",
            "name": "this",
            "instances": [{"attributes": {"id": "orders-dev"}, "status": "tainted"}],
        },
        {
            "mode": "managed",
            "type": "aws_lambda_permission",
            "name": "invoke",
            "instances": [
                {"index_key": 'a"b', "attributes": {"id": "p"}},
                {"index_key": 0, "attributes": {"id": "q"}},
                {"index_key": 1, "deposed": "ab12", "attributes": {"id": "old"}},
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def put(account):
    state_bucket.create(account, BUCKET, tls_only=False)
    client = account.client("s3")

    def put(key: str, document: object) -> None:
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        client.put_object(Bucket=BUCKET, Key=key, Body=body)

    return put


def test_what_is_not_there_reads_as_none(account):
    assert state_object.read(account, BUCKET, "none.tfstate") is None
    assert state_object.lock(account, BUCKET, "none.tfstate") is None
    assert state_object.read(account, "no-such-bucket", "none.tfstate") is None


def test_the_head_of_a_state_is_read_and_no_value_of_it(account, put):
    put("a.tfstate", STATE)
    read = state_object.read(account, BUCKET, "a.tfstate")
    assert (read.serial, read.lineage, read.terraform) == (12, "3f1c", "1.11.4")
    assert read.version
    assert "canary" not in repr(read)


def test_objects_have_terraforms_addresses_and_tainted_ones_are_known(account, put):
    put("a.tfstate", STATE)
    assert state_object.read(account, BUCKET, "a.tfstate").instances == (
        Instance('module.function["orders"].aws_iam_role.this', "aws_iam_role", "orders-dev", tainted=True),
        Instance('aws_lambda_permission.invoke["a\\"b"]', "aws_lambda_permission", "p", tainted=False),
        Instance("aws_lambda_permission.invoke[0]", "aws_lambda_permission", "q", tainted=False),
    )


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"version": 4}', b"\xff"])
def test_a_broken_state_is_an_error_that_says_how_to_take_a_version_back(account, put, body):
    put("broken.tfstate", body)
    with pytest.raises(ApitoolError, match="can't be read") as caught:
        state_object.read(account, BUCKET, "broken.tfstate")
    assert "list-object-versions" in caught.value.problems[0].fix


def test_a_lock_goes_only_when_it_is_still_that_one(account, put):
    put("a.tfstate.tflock", LOCK)
    assert state_object.lock(account, BUCKET, "a.tfstate") == LOCK
    assert state_object.unlock(account, BUCKET, "a.tfstate", "another") is False
    assert state_object.unlock(account, BUCKET, "a.tfstate", LOCK["ID"]) is True
    assert state_object.unlock(account, BUCKET, "a.tfstate", LOCK["ID"]) is False


def test_a_lock_nobody_can_read_is_a_lock_all_the_same(account, put):
    put("c.tfstate.tflock", b"no json")
    assert state_object.lock(account, BUCKET, "c.tfstate") == {}
