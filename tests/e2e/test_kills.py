"""The machine goes off in mid-apply: all dead at once, at ten moments; the next run goes on from there.

The moments are requests to AWS, counted: the same ones in every run of the test.
"""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress

import pytest
from tests.e2e.inventory import inventory
from tests.e2e.wire import between
from tests.processes import children

from apitool.local import service

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

PATIENCE = 600  # seconds
CHANGES = {"up": 26, "down": 18}  # requests that change something, in an undisturbed run
CHOICE = random.Random(4711)  # noqa: S311 - a fixed choice of moments
MOMENTS = [
    (command, CHOICE.randint(1, CHANGES[command]), CHOICE.random() < 0.5)
    for _ in range(5)
    for command in ("up", "down")
]


@pytest.fixture(scope="module")
def wire(apitool):
    service.ensure(apitool.folder, region="eu-central-1")
    with between(apitool.folder) as wire:
        yield wire


def kill_all(process) -> None:
    for child in children(process.pid):
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    process.kill()


def killed(apitool, wire, command, count, *, done) -> bool:
    """Run a command and kill everything at its `count`th change, or with `done` after AWS has made it."""
    with wire.striking(count, done=done) as strike:
        process = apitool.start(command, "--yes")
        strike(lambda: kill_all(process))
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in {-signal.SIGKILL, 0}, (out, err)
    return process.returncode != 0


@pytest.mark.parametrize(("command", "count", "done"), MOMENTS)
def test_after_a_kill_the_next_run_converges(apitool, wire, command, count, done):
    before = inventory(apitool.clients())
    assert bool(before["rest apis"]) == (command == "down")
    ids = {api["id"] for api in apitool.clients()("apigateway").get_rest_apis()["items"]}
    assert killed(apitool, wire, command, count, done=done)
    made = {api["id"] for api in apitool.clients()("apigateway").get_rest_apis()["items"]}
    apitool(command, "--yes")
    after = inventory(apitool.clients())
    if command == "down":
        assert not any(value for key, value in after.items() if key != "roles")
        assert len(after["roles"]) <= 1
        return
    assert (after["rest apis"], after["deployments"], after["stages"]) == (["orders-dev"], 1, ["dev"])
    assert after["functions"] == after["tables"] != []
    assert len(after["roles"]) == 2
    now = {api["id"] for api in apitool.clients()("apigateway").get_rest_apis()["items"]}
    assert not (made - ids) or now == made - ids  # what the killed run made is what callers get
    assert apitool("plan").stdout == "no changes\n"
