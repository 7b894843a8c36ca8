"""The account's CloudWatch role is looked at, and never touched."""

from __future__ import annotations

import json

import pytest

from apitool.aws import cloudwatch_role

pytestmark = pytest.mark.embedded
NAME = "somebody-elses-logging"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "apigateway.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
POLICY = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"


@pytest.fixture
def role(account):
    """A live role, set in the account by somebody else."""
    iam, gateway = account.client("iam"), account.client("apigateway")
    arn = iam.create_role(RoleName=NAME, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(RoleName=NAME, PolicyArn=POLICY)
    gateway.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}])
    yield arn
    gateway.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": ""}])
    if any(each["RoleName"] == NAME for each in iam.list_roles()["Roles"]):
        iam.detach_role_policy(RoleName=NAME, PolicyArn=POLICY)
        iam.delete_role(RoleName=NAME)


def test_a_fresh_account_has_none(account):
    found = cloudwatch_role.read(account)
    assert (found.state, found.arn, found.usable) == ("none", None, False)


def test_a_role_that_exists_is_live_and_left_alone(account, role):
    found = cloudwatch_role.read(account)
    assert (found.state, found.arn, found.usable) == ("live", role, True)


def test_a_role_that_was_deleted_is_dead(account, role):
    iam = account.client("iam")
    iam.detach_role_policy(RoleName=NAME, PolicyArn=POLICY)
    iam.delete_role(RoleName=NAME)
    found = cloudwatch_role.read(account)
    assert (found.state, found.arn, found.usable) == ("dead", role, False)
