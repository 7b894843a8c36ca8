"""The stand-in for awslambdaric's `runtime_client`, beside that extension module itself: the same script in a
process of its own, the one over a channel, the other over HTTP, with the same worker behind both.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.local.runtime.scripted_worker import Scripted, accepted, given, invocation, refused

from apitool.local.runtime import runtime
from apitool.local.runtime.channel import Channel
from apitool.local.runtime.conversation import INVALID_STATE, TOO_LARGE
from apitool.local.runtime.runtime_api import Connection

STAND_IN = Path(runtime.__file__).with_name("channel_client.py")
OWN = "import runtime_client as client"
OURS = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("runtime_client", {str(STAND_IN)!r})
client = importlib.util.module_from_spec(spec)
spec.loader.exec_module(client)
client.open_channel(int(sys.argv[1]))
"""
EVENT = given(invocation('{"name": "Zoë"}'.encode(), trace_id="Root=1-2-ü"))


class Said(NamedTuple):
    told: list[tuple[object, ...]]  # to the worker
    printed: list[str]
    stderr: str
    read: list[bool]


async def _ended(program: str, address: str, *descriptors: int) -> tuple[list[str], str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        *map(str, descriptors),
        env={"AWS_LAMBDA_RUNTIME_API": address, "PYTHONIOENCODING": "utf-8"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        pass_fds=descriptors,
    )
    stdout, stderr = await asyncio.wait_for(process.communicate(), 20)
    return stdout.decode().splitlines(), stderr.decode()


async def _over_http(program: str, worker: Scripted) -> tuple[list[str], str]:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(worker), "127.0.0.1", 0)
    async with server:
        return await _ended(program, f"127.0.0.1:{server.sockets[0].getsockname()[1]}")


async def _over_a_channel(program: str, worker: Scripted) -> tuple[list[str], str]:
    ours, theirs = socket.socketpair()
    with theirs:
        transport, _ = await asyncio.get_running_loop().create_unix_connection(
            lambda: Channel(worker), sock=ours
        )
        try:
            return await _ended(program, "nowhere", theirs.fileno())
        finally:
            transport.abort()


def talked(module: str, script: str, *answers) -> Said:
    """What the client said to a worker that answers so, and what it printed."""
    worker = Scripted(*answers)
    program = f"{module}\nclient.initialize_client('agent/1')\n{script}"
    way = _over_a_channel if module is OURS else _over_http
    printed, stderr = asyncio.run(way(program, worker))
    return Said(worker.seen, printed, stderr, worker.read)


def both(script: str, *answers) -> tuple[Said, Said]:
    pytest.importorskip("runtime_client")
    return talked(OURS, script, *answers), talked(OWN, script, *answers)


@pytest.mark.parametrize("context", [None, '{"custom": {"a": "ü"}}'])
def test_an_event_reaches_awslambdaric_as_by_its_own_client(context):
    script = """
import json
body, headers = client.next()
known = {name: value for name, value in headers.items() if value is not None and name != "Content-Length"}
print(json.dumps([body.decode(), known]))
"""
    made = invocation('{"name": "Zoë"}'.encode(), trace_id="Root=1-2-ü", client_context=context)
    ours, own = both(script, given(made))
    assert [json.loads(line) for line in ours.printed] == [json.loads(line) for line in own.printed]
    assert ours.printed
    assert ours.told == own.told == [("next",)]


@pytest.mark.parametrize(
    "post",
    [
        'client.post_invocation_result("r1", b"[1]", "application/json", None)',
        'client.post_invocation_result("r1", b"", "application/unknown", "inv-9")',
        'client.post_invocation_result("r1", b"x" * 3_000_000, "application/json", None)',
        """client.post_error("r1", '{"errorType": "E"}', '{"exceptions": []}', None)""",
        """client.post_error("r1", '{"errorMessage": "\\u00fc"}', "", "inv-9")""",
    ],
)
def test_what_a_function_came_to_is_posted_as_by_awslambdarics_own_client(post):
    ours, own = both(f"client.next()\n{post}\nclient.next()", EVENT, accepted, EVENT)
    assert ours.told == own.told
    assert [what for what, *_ in ours.told] == ["next", "error" if "error" in post else "response", "next"]
    assert ours.stderr == own.stderr == ""


@pytest.mark.parametrize(
    "post",
    [
        'client.post_invocation_result("r1", b"x" * 2_000_000, "application/json", None)',
        """client.post_error("r1", "x" * 2_000_000, "", None)""",
    ],
)
def test_a_refused_result_is_an_error_in_the_words_of_awslambdarics_own_client(post):
    script = f"""
client.next()
try:
    {post}
except RuntimeError as error:
    print(error)
"""
    ours, own = both(script, EVENT, refused(TOO_LARGE))
    assert _without_times(ours.printed) == _without_times(own.printed)
    assert f"Http response code: 413. {TOO_LARGE.document}" in ours.printed[0]


def _without_times(lines: list[str]) -> list[str]:
    return [re.sub(r"\[\d+\]", "[ms]", line) for line in lines]


def test_a_small_result_goes_out_with_the_next_question_and_its_refusal_ends_the_worker():
    script = 'client.next()\nclient.post_invocation_result("r1", b"{}", "application/json")\nclient.next()'
    said = talked(OURS, script, EVENT, refused(TOO_LARGE))
    assert said.told[1][:2] == ("response", "r1")
    assert "Http response code: 413." in said.printed[0]
    assert said.stderr.endswith("RuntimeError: Failed to post invocation response\n")


def test_an_event_of_megabytes_arrives_whole():
    made = invocation(b"x" * 3_000_000)
    said = talked(OURS, "print(len(client.next()[0]), len(client.next()[0]))", given(made), given(made))
    assert said.printed == ["3000000 3000000"]


def test_what_is_still_to_be_read_of_its_output_is_said():
    said = talked(OURS, "client.next()\nprint('x', flush=True)\nclient.next()", EVENT, EVENT)
    assert said.printed == ["x"]
    assert said.read[0]  # nothing was written yet


def test_a_question_that_is_refused_is_an_error():
    ours, own = both("client.next()\nclient.next()", EVENT, refused(INVALID_STATE))
    assert ours.stderr.endswith("RuntimeError: Failed to get next\n")
    assert own.stderr.endswith("RuntimeError: Failed to get next\n")


def test_a_gateway_that_is_gone_is_an_error():
    said = talked(OURS, "client.next()\nclient.next()", EVENT, lambda client: client.close())
    assert said.stderr.endswith("RuntimeError: Failed to get next\n")
    assert "No Response from endpoint" in said.printed[0]


def test_no_process_a_function_starts_holds_its_channel():
    script = """
import os, subprocess, sys
out = subprocess.run(["ls", "/proc/self/fd"], close_fds=False, capture_output=True, text=True).stdout
print(sys.argv[1] in out.split())
"""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc")
    assert talked(OURS, script).printed == ["False"]
