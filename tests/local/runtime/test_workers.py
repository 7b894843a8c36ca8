"""How many workers there are, and for how long. Starts workers."""

import asyncio
import json
import os
import time

import pytest
from tests.processes import running

from apitool.local.runtime import pool
from apitool.proxy.outcome import FunctionError, InvokeRefused, Returned

PID = "import os\ndef handler(event, context):\n    return os.getpid()\n"
# Runs until somebody opens the gate.
GATED = """
import os, time
def handler(event, context):
    while not os.path.exists(event):
        time.sleep(0.01)
    return os.getpid()
"""
# Runs until as many workers as given have met.
MEETING = """
import os, time
def handler(event, context):
    open(os.path.join(event["place"], str(os.getpid())), "w").close()
    while len(os.listdir(event["place"])) < event["workers"]:
        time.sleep(0.01)
    return os.getpid()
"""


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "place"
    folder.mkdir()
    return str(folder)


def pids(outcomes):
    assert all(isinstance(outcome, Returned) for outcome in outcomes), outcomes
    return [json.loads(outcome.payload) for outcome in outcomes]


async def until(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        await asyncio.sleep(0.01)


def test_requests_that_wait_for_something_run_side_by_side(aws, invoking, place):
    function, event = aws.function(MEETING), {"place": place, "workers": 4}

    async def scenario(runtime):
        return pids(await asyncio.gather(*(invoking(runtime, function, event) for _ in range(4))))

    assert len(set(aws.run(scenario))) == 4


def test_quick_requests_are_served_by_few_workers(one_aws, invoking):
    function = one_aws.function(PID)

    async def scenario(runtime):
        await invoking(runtime, function)
        return pids(await asyncio.gather(*(invoking(runtime, function) for _ in range(200))))

    assert len(set(one_aws.run(scenario, grow_after_s=5))) == 1


def test_requests_that_wait_for_something_are_not_held_up_by_plenty_of_workers(one_aws, invoking, place):
    count = pool._PLENTY + 2
    function, event = one_aws.function(MEETING), {"place": place, "workers": count}

    async def scenario(runtime):
        return pids(await asyncio.gather(*(invoking(runtime, function, event) for _ in range(count))))

    assert len(set(one_aws.run(scenario, concurrency=count))) == count


def test_workers_that_come_back_quickly_are_plenty(one_aws, invoking, monkeypatch):
    monkeypatch.setattr(pool, "_QUICK", 60.0)
    monkeypatch.setattr(pool, "_PATIENCE", 60.0)
    function = one_aws.function(PID)

    async def scenario(runtime):
        await invoking(runtime, function)
        return pids(await asyncio.gather(*(invoking(runtime, function) for _ in range(3000))))

    assert len(set(one_aws.run(scenario, concurrency=pool._PLENTY + 4, grow_after_s=0.0))) <= pool._PLENTY


def test_at_the_workers_limit_requests_wait_for_their_turn(one_aws, invoking, place):
    function, event = one_aws.function(MEETING), {"place": place, "workers": 2}

    async def scenario(runtime):
        return pids(await asyncio.gather(*(invoking(runtime, function, event) for _ in range(8))))

    assert len(set(one_aws.run(scenario, concurrency=2, grow_after_s=0.001))) == 2


def test_a_reserved_concurrency_of_zero_refuses_everything(one_aws, log):
    outcome = one_aws.invoke(one_aws.function(PID, reserved_concurrency=0))
    assert isinstance(outcome, InvokeRefused)
    assert outcome.reason == "throttled"
    assert log.messages == []


def test_beyond_the_reserved_concurrency_lambda_throttles_until_one_has_ended(one_aws, invoking, place):
    function = one_aws.function(MEETING, reserved_concurrency=2)
    event = {"place": place, "workers": 2}

    async def scenario(runtime):
        outcomes = await asyncio.gather(*(invoking(runtime, function, event) for _ in range(3)))
        return [*outcomes, await invoking(runtime, function, event)]

    *first, after = one_aws.run(scenario)
    assert [isinstance(outcome, InvokeRefused) for outcome in first] == [False, False, True]
    assert isinstance(after, Returned)


def test_an_invocation_nobody_waits_for_any_more_runs_on_and_counts(one_aws, invoking, log, tmp_path):
    function = one_aws.function(GATED, reserved_concurrency=1)
    gate = tmp_path / "gate"

    async def scenario(runtime):
        gateway = asyncio.create_task(invoking(runtime, function, str(gate)))
        await until(lambda: log.starting("START"))
        gateway.cancel()
        await asyncio.wait([gateway])
        assert gateway.cancelled()
        assert isinstance(await invoking(runtime, function, str(gate)), InvokeRefused)
        gate.touch()
        await until(lambda: log.starting("REPORT"))
        return await invoking(runtime, function, str(gate))

    assert isinstance(one_aws.run(scenario), Returned)
    assert "Status" not in log.starting("REPORT")[0]


def test_changed_code_starts_a_new_worker_and_the_old_one_ends_after_its_request(
    aws, invoking, log, tmp_path
):
    old, new = aws.function(GATED, code_sha256="1"), aws.function(GATED, code_sha256="2")
    gate, open_gate = tmp_path / "gate", tmp_path / "open"
    open_gate.touch()

    async def scenario(runtime):
        slow = asyncio.create_task(invoking(runtime, old, str(gate)))
        await until(lambda: log.starting("START"))
        (second,) = pids([await invoking(runtime, new, str(open_gate))])
        assert not slow.done()
        gate.touch()
        (first,) = pids([await slow])
        await until(lambda: not running(first))
        return first, second, running(second)

    first, second, second_alive = aws.run(scenario)
    assert first != second
    assert second_alive


def test_the_same_version_under_two_aliases_shares_its_workers(one_aws, invoking):
    source = (
        "import os\ndef handler(event, context):\n    return [os.getpid(), context.invoked_function_arn]\n"
    )
    live = one_aws.function(source, version="3", arn="arn:live")
    canary = one_aws.function(source, version="3", arn="arn:canary")

    async def scenario(runtime):
        return [json.loads((await invoking(runtime, function)).payload) for function in (live, canary, live)]

    seen = one_aws.run(scenario)
    assert len({pid for pid, _ in seen}) == 1
    assert [arn for _, arn in seen] == ["arn:live", "arn:canary", "arn:live"]


def test_two_versions_live_beside_each_other_and_the_superseded_one_ends_sooner(one_aws, invoking):
    v1, v2 = one_aws.function(PID, version="1"), one_aws.function(PID, version="2")

    async def scenario(runtime):
        first, second = pids([await invoking(runtime, v1), await invoking(runtime, v2)])
        assert pids([await invoking(runtime, v1)]) == [first]
        await until(lambda: not running(first))
        return running(second)

    assert one_aws.run(scenario, idle_s=60, superseded_idle_s=1.5)


def test_an_idle_worker_ends_and_the_next_request_starts_another(one_aws, invoking):
    function = one_aws.function(PID)

    async def scenario(runtime):
        (first,) = pids([await invoking(runtime, function)])
        await until(lambda: not running(first))
        return first, *pids([await invoking(runtime, function)])

    first, second = one_aws.run(scenario, idle_s=0.2)
    assert first != second


def test_a_worker_that_dies_while_idle_is_replaced_without_an_error(one_aws, invoking):
    function = one_aws.function(PID)

    async def scenario(runtime):
        (first,) = pids([await invoking(runtime, function)])
        os.kill(first, 9)
        await until(lambda: not running(first))
        await asyncio.sleep(0.05)
        return first, *pids([await invoking(runtime, function)])

    first, second = one_aws.run(scenario)
    assert first != second


def test_many_requests_for_a_module_that_does_not_load_all_fail(one_aws, invoking):
    function = one_aws.function("raise OSError('no')\n")

    async def scenario(runtime):
        return await asyncio.gather(*(invoking(runtime, function) for _ in range(6)))

    outcomes = one_aws.run(scenario)
    assert [type(outcome) for outcome in outcomes] == [FunctionError] * 6
    assert {outcome.error_message for outcome in outcomes} == {"no"}


def test_functions_do_not_share_workers(one_aws, invoking):
    orders, users = one_aws.function(PID, name="orders"), one_aws.function(PID, name="users")

    async def scenario(runtime):
        return pids(await asyncio.gather(invoking(runtime, orders), invoking(runtime, users)))

    assert len(set(one_aws.run(scenario))) == 2
