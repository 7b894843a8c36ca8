"""AWS did it, and the answer never came: the next `up` goes on from what is there, nothing is there twice."""

from __future__ import annotations

import pytest
from tests.e2e.inventory import inventory
from tests.e2e.wire import LostReply, between

from apitool.local import service

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

CREATES = (
    "CreateRole",
    "PutRolePolicy",
    "CreateLogGroup",
    "CreateTable",
    "CreateFunction",
    "CreateAlias",
    "CreateRestApi",
    "PutRestApi",
    "CreateDeployment",
    "CreateStage",
    "UpdateStage",
    "AddPermission",
    "AttachRolePolicy",
    "UpdateAccount",
)
MOST_UPS = 10  # every `up` gets at least one create further


@pytest.fixture(scope="module")
def wire(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    with between(apitool.folder) as wire:
        yield wire


def up_until_it_is(apitool) -> int:
    """How many `up`s it took. Each of them says what went wrong, and none needs anything from the user."""
    for count in range(1, MOST_UPS + 1):
        process = apitool.start("up", "--yes")
        out, err = process.communicate(timeout=600)
        assert "Traceback" not in err, err
        if process.returncode == 0:
            return count
        assert process.returncode == 1, (out, err)
    raise AssertionError(f"{MOST_UPS} times `up` did not converge; the last said: {err}")


def check_that_all_is_there_once_and_goes(apitool):
    aws = apitool.clients()
    found = inventory(aws)
    assert found == {
        "tables": ["orders-dev-orders"],
        "functions": ["orders-dev-orders"],
        "roles": ["apigateway-cloudwatch-eu-central-1", "orders-dev-orders-eu-central-1"],
        "log groups": found["log groups"],
        "rest apis": ["orders-dev"],
        "deployments": 1,
        "stages": ["dev"],
    }
    assert len(found["log groups"]) == len(set(found["log groups"]))
    assert apitool("plan").stdout == "no changes\n"
    apitool("down", "--yes")
    left = inventory(aws)
    assert left["roles"] == ["apigateway-cloudwatch-eu-central-1"]
    assert not any(value for key, value in left.items() if key != "roles")


def test_every_create_may_lose_its_first_reply(apitool, wire):
    wire.faults += [LostReply(operation) for operation in CREATES]
    up_until_it_is(apitool)
    assert [fault.operation for fault in wire.faults if fault.times] == []
    check_that_all_is_there_once_and_goes(apitool)


@pytest.mark.parametrize("operation", CREATES[:-2])
def test_after_a_lost_reply_the_next_up_converges(apitool, wire, operation):
    wire.faults[:] = [LostReply(operation)]
    assert up_until_it_is(apitool) <= 2
    check_that_all_is_there_once_and_goes(apitool)
