"""A project served from its source in this process, on a port of its own, asked over raw sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from apitool.local import ports
from apitool.local.event_loop import new_event_loop
from apitool.local.serve.served import served
from apitool.local.serve.serving import Serving
from apitool.project.load import load
from apitool.project.stages import stage_named

if TYPE_CHECKING:
    from pathlib import Path

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.echo]
source = "src"
handler = "app.handler"
timeout = 5
environment = { COLOUR = "blue" }
[routes]
"ANY /echo" = "echo"
"GET /items/{id}" = "echo"
"GET /slow" = { function = "echo", timeout_ms = 100 }
[api]
cors = { allow_origin = "*" }
binary_media_types = ["application/octet-stream"]
[stages.dev]
local = true
variables = { tier = "silver" }
"""
HANDLER = """\
import json, os, time
WORD = "first"
def handler(event, context):
    path = event["path"]
    print("asked for", path)
    if path == "/slow":
        time.sleep(0.5)
    if path == "/items/object":
        return {"statusCode": 200, "body": {"id": 1}}
    if path == "/items/boom":
        raise ValueError("boom")
    if path == "/items/exit":
        os._exit(3)
    if path == "/items/lines":
        return {"statusCode": 200, "headers": {"X-Evil": "a\\r\\nSet-Cookie: b=1"}, "body": "x"}
    seen = {"word": WORD, "event": event, "colour": os.environ["COLOUR"]}
    return {"statusCode": 200, "body": json.dumps(seen)}
"""


class Running:
    """`Serving` on a loop of its own thread; `said` and `warned` are what it told the user."""

    def __init__(self, folder: Path, stage: str | None = None) -> None:
        self.folder, self.stage = folder, stage
        self.said: list[str] = []
        self.warned: list[Exception] = []
        self.watch_ended: BaseException | None = None
        self.listener = ports.listen()
        self.serving = Serving(
            self.load(0), self.load, self.listener, say=self.said.append, warn=self.warned.append
        )
        self.port = self.serving.port

    def load(self, save: int):
        project = load(self.folder).project
        return served(project, stage_named(project, self.stage), {}, save=save)

    @contextmanager
    def going(self, *, watch: bool = False):
        up = threading.Event()
        self.loop = new_event_loop()

        async def life() -> None:
            self.stop = asyncio.Event()
            async with self.serving:
                watching = asyncio.create_task(self.serving.watch()) if watch else None
                up.set()
                await self.stop.wait()
                if watching:
                    watching.cancel()
                    (self.watch_ended,) = await asyncio.gather(watching, return_exceptions=True)

        thread = threading.Thread(target=lambda: self.loop.run_until_complete(life()))
        thread.start()
        assert up.wait(10)
        try:
            yield self
        finally:
            self.loop.call_soon_threadsafe(self.stop.set)
            thread.join(20)
            assert not thread.is_alive()
            self.loop.close()
            assert isinstance(self.watch_ended, asyncio.CancelledError | None), self.watch_ended

    def raw(self, data: bytes, *, timeout: float = 10, shut: bool = False) -> bytes:
        """Send bytes, read until the server closes or `timeout` seconds pass."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(data)
            if shut:
                connection.shutdown(socket.SHUT_WR)
            return read_all(connection)

    def get(
        self, path: str, *, method: str = "GET", headers: str = "", body: bytes = b""
    ) -> tuple[int, str, bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n{headers}"
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        answer = self.raw(f"{head}{length}\r\n".encode() + body)
        start, _, rest = answer.partition(b"\r\n\r\n")
        return int(start.split(b" ", 2)[1]), start.decode(), rest


def read_all(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except (TimeoutError, ConnectionError):
        pass
    return b"".join(parts)


def write_project(folder: Path) -> Path:
    (folder / "src").mkdir()
    (folder / "apitool.toml").write_text(TOML)
    (folder / "src/app.py").write_text(HANDLER)
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with Running(write_project(tmp_path_factory.mktemp("shop"))).going() as running:
        yield running


@pytest.fixture
def own_shop(tmp_path: Path):
    """One that a test may change."""
    return Running(write_project(tmp_path))


def eventually(condition, seconds: float = 5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
