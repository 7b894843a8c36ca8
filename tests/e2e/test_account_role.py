"""The account's CloudWatch role: made when there is none, healed when it is dead, a stranger's left alone."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

import pytest
from tests.e2e.wire import Fault, LostReply, Refused, between

from apitool.aws import cloudwatch_role
from apitool.console import Console
from apitool.errors import ApitoolError, CredentialsError
from apitool.local import service
from apitool.project.load import load
from apitool.project.stages import stage_named
from apitool.stage import account_role, target

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]
OURS = "apigateway-cloudwatch-eu-central-1"
POLICY = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
# Both recorded on AWS, as the two numbers below are.
NOT_YET = (
    '{"message": "The role ARN does not have required permissions configured. '
    'Please grant trust permission for API Gateway and add the required role policy."}'
)
TOO_MANY = '{"message": "Too Many Requests"}'
SPREAD = 84  # seconds; the longest recorded from CreateRole to the UpdateAccount that was taken
APART = 20  # seconds between two UpdateAccount, of an account and region
FORBIDDEN = (
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>'
    "<Code>AccessDenied</Code><Message>User: arn:aws:sts::123456789012:assumed-role/dev/a is not authorized "
    "to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role/x because no identity-based "
    "policy allows the iam:CreateRole action</Message></Error></ErrorResponse>"
)


@dataclass
class AsRecorded(Fault):
    """UpdateAccount as AWS takes it: refused while IAM spreads the role, and throttled within 20 s."""

    times: int = 1_000
    first: float | None = None
    last: float = -APART
    throttled: int = 0
    refused: int = 0

    def instead(self):
        now = time.monotonic()
        self.first = now if self.first is None else self.first
        if now - self.last < APART:
            self.throttled += 1
            return Refused("-", status=429, body=TOO_MANY, error="TooManyRequestsException").instead()
        self.last = now
        if now - self.first < SPREAD:
            self.refused += 1
            return Refused("-", status=400, body=NOT_YET, error="BadRequestException").instead()
        return None


@pytest.fixture(scope="module")
def wire(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    with between(apitool.folder) as wire:
        yield wire


@pytest.fixture(scope="module")
def at(apitool, wire):  # noqa: ARG001 - the wire is put before the target is found
    project = load(apitool.folder).project
    target_ = target.start(project, stage_named(project, "dev"), local=True)
    from apitool.stage import workspaces  # noqa: PLC0415

    workspaces.ensure_state_bucket(target_, Console(), yes=True)
    return target_


@pytest.fixture(autouse=True)
def _nothing_fails_any_more(wire):
    yield
    wire.faults.clear()


@pytest.fixture
def iam(at):
    return at.account.client("iam")


def delete_role(iam, name):
    iam.detach_role_policy(RoleName=name, PolicyArn=POLICY)
    iam.delete_role(RoleName=name)


def set_in_account(at, arn):
    patch = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
    at.account.client("apigateway").update_account(patchOperations=[patch])


def forget_everything(at, iam):
    delete_role(iam, OURS)
    set_in_account(at, "")
    at.account.client("s3").delete_object(Bucket=at.state_bucket, Key="account/eu-central-1.tfstate")


def test_who_may_not_make_it_is_told_what_to_do(at, wire):
    wire.faults[:] = [Refused("CreateRole", status=403, body=FORBIDDEN, kind="text/xml")]
    with pytest.raises(CredentialsError) as caught:
        account_role.ensure(at, Console())
    first, second = caught.value.problems
    assert "no CloudWatch role in eu-central-1, and these credentials may not make one" in first.what
    assert "iam:CreateRole" in second.what
    assert cloudwatch_role.read(at.account).state == "none"


def test_it_is_made_although_a_reply_is_lost_and_iam_takes_its_time(at, wire, iam):
    wire.faults[:] = [
        LostReply("CreateRole"),
        Refused("UpdateAccount", times=3, status=400, body=NOT_YET, error="BadRequestException"),
    ]
    with pytest.raises(ApitoolError, match="exists already"):  # sent again, CreateRole meets itself
        account_role.ensure(at, Console())
    account_role.ensure(at, Console())
    assert not any(fault.times for fault in wire.faults)
    assert cloudwatch_role.read(at.account).arn.endswith(f"/{OURS}")
    assert [role["RoleName"] for role in iam.list_roles()["Roles"]] == [OURS]


def test_a_role_that_is_gone_is_made_again(at, iam):
    delete_role(iam, OURS)
    assert cloudwatch_role.read(at.account).state == "dead"
    account_role.ensure(at, Console())
    assert cloudwatch_role.read(at.account).state == "live"


def test_a_live_role_of_a_strangers_is_left_alone(at, iam, wire):
    trust = iam.get_role(RoleName=OURS)["Role"]["AssumeRolePolicyDocument"]
    theirs = iam.create_role(RoleName="theirs", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.attach_role_policy(RoleName="theirs", PolicyArn=POLICY)
    set_in_account(at, theirs)
    wire.said.clear()
    account_role.ensure(at, Console())
    assert "UpdateAccount" not in wire.said
    assert cloudwatch_role.read(at.account).arn == theirs


def test_one_a_stranger_sets_while_we_plan_is_left_alone_too(at, wire):
    theirs = cloudwatch_role.read(at.account).arn
    set_in_account(at, "")
    missing = account_role.missing_in(at)
    assert missing.state == "none"
    set_in_account(at, theirs)
    wire.said.clear()
    account_role.make(at, missing, Console())
    assert "UpdateAccount" not in wire.said


def test_a_strangers_dead_role_is_replaced_by_ours(at, iam):
    delete_role(iam, "theirs")
    assert cloudwatch_role.read(at.account).state == "dead"
    account_role.ensure(at, Console())
    assert cloudwatch_role.read(at.account).arn.endswith(f"/{OURS}")


def test_it_outlasts_what_aws_was_recorded_to_refuse(at, wire, iam, monkeypatch):
    """In real time, from nothing: how long the provider waits between its tries is what is asked."""
    forget_everything(at, iam)
    monkeypatch.setattr("apitool.local.endpoint._MAX_ATTEMPTS", "25")  # the provider's own, as on AWS
    wire.faults[:] = [aws := AsRecorded("UpdateAccount")]
    account_role.ensure(at, Console())
    assert aws.refused > 0
    assert aws.throttled > 0
    assert cloudwatch_role.read(at.account).arn.endswith(f"/{OURS}")


def test_who_may_make_the_role_and_not_set_it_is_told_the_same(at, wire, iam):
    forget_everything(at, iam)
    denied = (
        '{"message": "User: arn:aws:iam::123456789012:user/a is not authorized to perform: apigateway:PATCH"}'
    )
    wire.faults[:] = [Refused("UpdateAccount", status=403, body=denied, error="AccessDeniedException")]
    with pytest.raises(CredentialsError) as caught:
        account_role.ensure(at, Console())
    assert "these credentials may not make one" in caught.value.problems[0].what
    account_role.ensure(at, Console())  # whoever may goes on from there
    assert cloudwatch_role.read(at.account).state == "live"
