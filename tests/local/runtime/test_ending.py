"""Whatever ends the parent, no process of a handler outlives it. Starts workers."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.processes import running

from apitool.proxy.outcome import FunctionError

# A handler with a child of its own, both asleep.
NESTED = """
import os, subprocess, time
def handler(event, context):
    child = subprocess.Popen(["sleep", "300"])
    with open(event + ".tmp", "w") as file:
        file.write(f"{os.getpid()} {child.pid} {os.environ['TMPDIR']}")
    os.rename(event + ".tmp", event)
    time.sleep(300)
"""

PARENT = """
import asyncio, json, sys
from pathlib import Path
from apitool.local.runtime import FunctionVersion, Runtime, RuntimeSettings

async def main(code, cache, started):
    function = FunctionVersion(
        name="f", version="1", arn="a", handler="app.handler", code=Path(code), memory_mb=128, timeout_s=300,
        environment={}, region="eu-central-1", log_group="g",
    )
    async with Runtime(lambda *event: None, RuntimeSettings(cache=Path(cache))) as runtime:
        await runtime.invoke(function, json.dumps(started).encode(), trace_id="t")

asyncio.run(main(*sys.argv[1:]))
"""


def wait_until(condition, seconds=15.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_parent_that_is_killed_leaves_no_process_and_no_folder_behind(tmp_path, cache, number):
    (tmp_path / "app.py").write_text(NESTED)
    started = tmp_path / "started"
    argv = [sys.executable, "-c", PARENT, str(tmp_path), str(cache), str(started)]
    source = str(Path(__file__).parents[3] / "cli")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": source}
    with subprocess.Popen(argv, env=environment, stderr=subprocess.DEVNULL) as parent:
        try:
            wait_until(started.exists)
            worker, child, folder = started.read_text().split()
            assert running(int(worker))
            assert running(int(child))
        finally:
            parent.send_signal(number)
        parent.wait(15)
    wait_until(lambda: not running(int(worker)) and not running(int(child)))
    wait_until(lambda: not Path(folder).parent.exists())


def test_stop_ends_a_handler_in_the_middle_and_tells_its_caller(aws, invoking, tmp_path):
    function = aws.function(NESTED, timeout_s=300)
    started = tmp_path / "started"

    async def scenario(runtime):
        waiting = asyncio.create_task(invoking(runtime, function, str(started)))
        await asyncio.to_thread(wait_until, started.exists)
        await runtime.stop()
        return await waiting

    outcome = aws.run(scenario)
    assert isinstance(outcome, FunctionError)
    assert outcome.error_message.endswith("Runtime exited with error: signal: killed")
    worker, child, folder = started.read_text().split()
    assert not running(int(worker))
    wait_until(lambda: not running(int(child)))
    assert not Path(folder).exists()


def test_stop_fails_what_was_waiting_for_a_worker(one_aws, invoking):
    function = one_aws.function(
        "import time\ndef handler(event, context):\n    time.sleep(60)\n", timeout_s=300
    )

    async def scenario(runtime):
        tasks = [asyncio.create_task(invoking(runtime, function)) for _ in range(3)]
        await asyncio.sleep(0.3)
        await runtime.stop()
        return await asyncio.wait_for(asyncio.gather(*tasks), 10)

    assert [type(outcome) for outcome in one_aws.run(scenario, concurrency=1)] == [FunctionError] * 3


def test_stop_during_the_start_of_a_worker_leaves_nothing(one_aws, invoking, tmp_path):
    pid = tmp_path / "pid"
    source = f"import os, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    function = one_aws.function(source)

    async def scenario(runtime):
        task = asyncio.create_task(invoking(runtime, function))
        await asyncio.sleep(0)  # the worker is being started, there is no process yet
        await runtime.stop()
        return await task

    assert isinstance(one_aws.run(scenario), FunctionError)
    assert not pid.exists() or not running(int(pid.read_text()))


def test_what_a_handler_left_running_ends_with_its_worker(one_aws, invoking):
    source = (
        "import subprocess\n"
        "def handler(event, context):\n"
        "    return subprocess.Popen(['sleep', '300'], stdout=subprocess.DEVNULL).pid\n"
    )

    async def scenario(runtime):
        return json.loads((await invoking(runtime, one_aws.function(source))).payload)

    child = one_aws.run(scenario)
    wait_until(lambda: not running(child))


def test_a_runtime_can_be_stopped_twice_and_started_again(one_aws, invoking):
    function = one_aws.function("def handler(event, context):\n    return 1\n")

    async def scenario(runtime):
        await runtime.stop()
        await runtime.stop()
        await runtime.start()
        return await invoking(runtime, function)

    assert one_aws.run(scenario).payload == b"1"
