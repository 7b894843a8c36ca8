"""The stand-in for awslambdaric's `runtime_client`, beside that extension module itself: the same script in a
process of its own against the same Runtime API, which writes down what it is sent.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from apitool.local.runtime import runtime

STAND_IN = Path(runtime.__file__).with_name("pipelined_client.py")
OWN = "import runtime_client as client"
OURS = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("runtime_client", {str(STAND_IN)!r})
client = importlib.util.module_from_spec(spec)
spec.loader.exec_module(client)
"""
EVENT = (
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: r1\r\n"
    "Lambda-Runtime-Deadline-Ms: 1700000000000\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x\r\n"
    'Lambda-Runtime-Trace-Id: Root=1-2-ü\r\nContent-Length: 16\r\n\r\n{"name": "Zoë"}'
).encode()
ACCEPTED = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
REFUSED = b"HTTP/1.1 413 Payload Too Large\r\nContent-Length: 8\r\n\r\ntoo much"


class Said(NamedTuple):
    requests: list[tuple[str, frozenset[str], bytes]]  # request line, header lines, body
    printed: list[str]
    stderr: str


def talked(module: str, script: str, *answers: bytes) -> Said:
    """What the client sent, a request an answer, and what it printed."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(10)
        address = f"127.0.0.1:{server.getsockname()[1]}"
        program = f"{module}\nclient.initialize_client('agent/1')\n{script}"
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            env={"AWS_LAMBDA_RUNTIME_API": address, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        connection, _ = server.accept()
        connection.settimeout(10)
        with process, connection, connection.makefile("rb") as received:
            requests = []
            for answer in answers:
                requests.append(_request(received, address))
                connection.sendall(answer)
            stdout, stderr = process.communicate(timeout=10)
        return Said(requests, stdout.splitlines(), stderr)


def _request(received, address: str) -> tuple[str, frozenset[str], bytes]:
    line, *headers = iter(lambda: received.readline().decode().strip(), "")
    length = next((h.partition(": ")[2] for h in headers if h.lower().startswith("content-length")), "0")
    same = {header.replace(address, "HOST") for header in headers} - {"x-apitool-output: read"}
    return line, frozenset(same), received.read(int(length))


def both(script: str, *answers: bytes) -> tuple[Said, Said]:
    pytest.importorskip("runtime_client")
    return talked(OURS, script, *answers), talked(OWN, script, *answers)


def test_an_event_reaches_awslambdaric_as_by_its_own_client():
    script = """
import json
body, headers = client.next()
known = {name: value for name, value in headers.items() if value is not None and name != "Content-Length"}
print(json.dumps([body.decode(), known]))
"""
    ours, own = both(script, EVENT)
    assert [json.loads(line) for line in ours.printed] == [json.loads(line) for line in own.printed]
    assert ours.requests == own.requests


@pytest.mark.parametrize(
    "post",
    [
        'client.post_invocation_result("r1", b"[1]", "application/json", None)',
        'client.post_invocation_result("r1", b"", "application/unknown", "inv-9")',
        """client.post_error("r1", '{"errorType": "E"}', '{"exceptions": []}', None)""",
        """client.post_error("r1", '{"errorMessage": "\\u00fc"}', "", "inv-9")""",
    ],
)
def test_what_a_function_came_to_is_posted_as_by_awslambdarics_own_client(post):
    ours, own = both(f"client.next()\n{post}\nclient.next()", EVENT, ACCEPTED, EVENT)
    assert ours.requests == own.requests


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
    ours, own = both(script, EVENT, REFUSED)
    assert _without_times(ours.printed) == _without_times(own.printed)
    assert "Http response code: 413. too much" in ours.printed[0]


def _without_times(lines: list[str]) -> list[str]:
    return [re.sub(r"\[\d+\]", "[ms]", line) for line in lines]


def test_a_small_result_goes_out_with_the_next_question_and_its_refusal_ends_the_worker():
    script = 'client.next()\nclient.post_invocation_result("r1", b"{}", "application/json")\nclient.next()'
    said = talked(OURS, script, EVENT, REFUSED)
    assert said.requests[1][0] == "POST /2018-06-01/runtime/invocation/r1/response HTTP/1.1"
    assert "Http response code: 413. too much" in said.printed[0]
    assert said.stderr.endswith("RuntimeError: Failed to post invocation response\n")


def test_an_event_of_megabytes_arrives_whole():
    size = 3_000_000
    event = EVENT.partition(b"Content-Length")[0] + f"Content-Length: {size}\r\n\r\n".encode() + b"x" * size
    said = talked(OURS, "print(len(client.next()[0]))", event)
    assert said.printed == [str(size)]


def test_a_runtime_api_that_is_gone_is_an_error():
    said = talked(
        OURS, "client.next()\nclient.next()", EVENT, b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
    )
    assert said.stderr.endswith("RuntimeError: Failed to get next\n")
