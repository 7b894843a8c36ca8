"""Ctrl-C, SIGTERM and a closed terminal in mid-apply: state saved, lock released, the next `up` goes on.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import signal

import pytest
from tests.e2e.inventory import inventory
from tests.e2e.wire import LostReply, between

from apitool.local import service

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]


@pytest.fixture(scope="module")
def wire(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    with between(apitool.folder) as wire:
        yield wire


@pytest.fixture
def rest_apis(apitool):
    return lambda: [api["id"] for api in apitool.clients()("apigateway").get_rest_apis()["items"]]


def interrupt(apitool, wire, number, operation, *, done=False):
    """An `up` that gets a signal while a request, or with `done` its reply, is under way."""
    with wire.holding(operation, done=done) as held:
        process = apitool.start("up", "--yes")
        held.wait(process)
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, (out, err)
    assert "Traceback" not in err
    return err


def test_an_interrupted_create_leaves_a_tainted_rest_api(apitool, wire, rest_apis):
    said = interrupt(apitool, wire, signal.SIGTERM, "PutRestApi")
    assert "module.rest_api.aws_api_gateway_rest_api.this (create)" in said
    assert len(rest_apis()) == 1


def test_a_tainted_rest_api_is_kept_even_when_that_is_interrupted_too(apitool, wire, rest_apis):
    before = rest_apis()
    said = interrupt(apitool, wire, signal.SIGHUP, "PutRestApi")
    (kept,) = [
        line for line in said.splitlines() if line.startswith("keeping what the unfinished run began:")
    ]
    assert before[0] in kept
    assert rest_apis() == before


def test_the_next_up_converges_on_the_same_rest_api(apitool, rest_apis):
    before = rest_apis()
    up = apitool.json("up", "--yes")
    assert up["smoke"]["status"] == 200
    assert rest_apis() == before == [up["rest_api_id"]]
    assert apitool("plan").stdout == "no changes\n"
    apitool("down", "--yes")


def test_down_after_an_interrupted_up_destroys_what_no_state_knew_too(apitool, wire, rest_apis):
    interrupt(apitool, wire, signal.SIGINT, "CreateRestApi", done=True)
    assert len(rest_apis()) == 1
    apitool("down", "--yes")
    aws = apitool.clients()
    assert rest_apis() == []
    assert aws("lambda").list_functions()["Functions"] == []
    assert aws("dynamodb").list_tables()["TableNames"] == []
    assert aws("logs").describe_log_groups()["logGroups"] == []
    roles = [role["RoleName"] for role in aws("iam").list_roles()["Roles"]]
    assert roles == ["apigateway-cloudwatch-eu-central-1"]


def test_of_two_ups_at_once_one_wins_and_the_other_says_who_holds_the_lock(apitool, wire):
    wire.faults += [LostReply("CreateRestApi"), LostReply("CreateDeployment")]  # for the test after this one
    with wire.holding("CreateRole", lost=False) as held:
        first = apitool.start("up", "--yes")
        held.wait(first)
        second = apitool("up", "--yes", exits=6)
        assert str(first.pid) in second.stderr
    out, err = first.communicate(timeout=120)
    assert first.returncode == 0, (out, err)
    assert not any(fault.times for fault in wire.faults)


def test_what_a_lost_reply_had_sent_twice_is_there_once(apitool):
    found = inventory(apitool.clients())
    assert (found["rest apis"], found["deployments"], found["stages"]) == (["orders-dev"], 1, ["dev"])


def test_down_needs_no_source_that_builds(apitool):
    (apitool.folder / "lambda_src/orders/app.py").write_text("def handler(event, context:\n")
    assert apitool("package", exits=2).stderr
    apitool("down", "--yes")
    found = inventory(apitool.clients())
    assert not any(value for key, value in found.items() if key != "roles")
