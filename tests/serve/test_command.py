"""`apitool serve`, `call` and `event` as they are typed."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.processes import children, computed_s, running
from tests.serve.conftest import eventually, write_project

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
[tables.items]
hash_key = "id"
"""
COUNTING = """\
import json, os, boto3
def handler(event, context):
    client = boto3.client("dynamodb")
    client.put_item(TableName=os.environ["TABLE"], Item={"id": {"S": event["path"]}})
    return {"statusCode": 200, "body": json.dumps(client.scan(TableName=os.environ["TABLE"])["Count"])}
"""


def run(folder: Path, *arguments: str, exits: int = 0) -> str:
    argv = [sys.executable, "-P", "-m", "apitool", *arguments]
    ended = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == exits, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout


class Serve:
    """A process of its own, its talk in a file."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.talk = folder / "talk.txt"
        argv = [sys.executable, "-P", "-m", "apitool", "serve", "-o", "json", *options]
        with self.talk.open("w") as talk:
            self.process = subprocess.Popen(argv, cwd=folder, stdout=subprocess.PIPE, stderr=talk, text=True)
        said = ""
        while not said.endswith("}\n"):
            line = self.process.stdout.readline()
            assert line, self.talk.read_text()
            said += line
        self.url = json.loads(said)["url"]

    def end(self, number: signal.Signals = signal.SIGINT) -> str:
        self.process.send_signal(number)
        assert self.process.wait(20) == 0, self.talk.read_text()
        self.process.stdout.close()
        return self.talk.read_text()


@pytest.fixture
def folder(tmp_path):
    return write_project(tmp_path)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_a_request_is_served_called_told_and_all_is_gone_after_ctrl_c(folder):
    serve = Serve(folder, "--port", str(free_port()))
    try:
        called = json.loads(run(folder, "call", "GET", "/items/object", "-o", "json"))
        assert called["status"] == 502
        assert called["findings"][0]["pointer"] == "/body"
        assert any("asked for /items/object" in line for line in called["log"])
        assert called["milliseconds"]["function"] >= 0
        text = run(folder, "call", "POST", "/echo", "-d", '{"a": 1}', "--query", "x=ä b")
        assert "HTTP 200" in text
        assert "%C3%A4+b" in serve.talk.read_text() or "%C3%A4" in serve.talk.read_text()
        run(folder, "call", "GET", "/nope", "--fail", exits=5)
    finally:
        told = serve.end()
    assert "502" in told
    assert "fix:  Call json.dumps on it" in told
    assert "stopped" in told
    assert "Traceback" not in told
    assert not list((folder / ".apitool/serve").glob("*.json"))


def test_sigterm_ends_it_with_its_workers(folder):
    serve = Serve(folder, "--port", str(free_port()))
    run(folder, "call", "GET", "/echo")
    started = children(serve.process.pid)
    assert started
    serve.end(signal.SIGTERM)
    eventually(lambda: not any(map(running, started)))


def test_a_taken_port_is_said(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run(folder, "serve", "--port", str(taken.getsockname()[1]), exits=2)


def test_the_event_is_printed_whole_and_nothing_is_called(folder):
    event = json.loads(run(folder, "event", "POST", "/echo?x=1", "-d", "hi", "--binary", "-H", "X-A: b"))
    assert list(event)[:3] == ["resource", "path", "httpMethod"]
    assert event["body"] == "aGk="
    assert event["isBase64Encoded"] is True
    assert event["headers"]["X-A"] == "b"
    assert event["stageVariables"] == {"tier": "silver"}
    run(folder, "event", "GET", "/nope", exits=1)
    run(folder, "event", "BREW", "/echo", exits=2)
    run(folder, "event", "GET", "echo", exits=2)
    run(folder, "event", "GET", "/echo", "-H", "nocolon", exits=2)


@pytest.mark.embedded
def test_the_first_call_to_aws_starts_the_embedded_one_with_the_tables(folder):
    toml = folder / "apitool.toml"
    text = toml.read_text().replace("timeout = 5\n", 'timeout = 25\ntables = { TABLE = "items" }\n')
    toml.write_text(text + TABLE)
    (folder / "src/app.py").write_text(COUNTING)
    serve = Serve(folder, "--port", str(free_port()))
    try:
        assert json.loads(run(folder, "call", "GET", "/echo", "-o", "json"))["body"] == "1"
        assert json.loads(run(folder, "call", "GET", "/items/2", "-o", "json"))["body"] == "2"
    finally:
        told = serve.end()
        run(folder, "local", "stop")
    assert "starting the embedded one" in told
    assert "tables made in the embedded AWS: shop-dev-items" in told


def test_the_first_answer_costs_little(folder):
    """0.5 s on a quiet machine with its bytecode written; the limit catches another order of magnitude."""
    serve = Serve(folder, "--port", str(free_port()))
    try:
        with socket.create_connection(
            ("127.0.0.1", int(serve.url.split(":")[2].split("/")[0]))
        ) as connection:
            connection.sendall(b"GET /dev/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        assert computed_s(serve.process.pid) < 4
    finally:
        serve.end()
