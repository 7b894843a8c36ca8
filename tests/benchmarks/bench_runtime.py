"""How fast the local Lambda runtime is, against floors measured in the same run, in turns.

    python tests/benchmarks/bench_runtime.py [ROUNDS]

The floors are the same awslambdaric worker fed canned bytes: by one blocking socket, the barest loop there
is, and by a bare asyncio protocol. What the runtime adds to them are log streams, timeouts, memory figures
and the choice of a worker. Printed are the medians of the rounds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.local.runtime import FunctionVersion, Runtime, RuntimeSettings
from apitool.local.runtime.environment import worker_environment
from apitool.local.runtime.runtime_root import default_cache, runtime_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from apitool.local.runtime.log_stream import LogStream
    from apitool.local.runtime.runtime_root import Client

SECONDS = 1.0  # of one measurement
HANDLER = """
import time

def handler(event, context):
    time.sleep(event.get("sleep", 0))
    return {"statusCode": 200, "body": "ok"}
"""
EVENT = b'{"httpMethod":"GET","path":"/orders","headers":{"accept":"*/*"},"body":null}'
SLOW_EVENT = b'{"sleep":0.3}'
FRAME = struct.Struct(">cBHI")  # as in apitool/local/runtime/channel.py
HEAD = b"r\n99999999999999\na\nt"
CANNED_EVENT = FRAME.pack(b"I", 0, len(HEAD), len(EVENT)) + HEAD + EVENT
CANNED_ACCEPTED = FRAME.pack(b"A", 0, 0, 0)


def function(code: Path) -> FunctionVersion:
    (code / "app.py").write_text(HANDLER)
    return FunctionVersion(
        name="bench",
        version="1",
        arn="arn:aws:lambda:eu-central-1:000000000000:function:bench:1",
        handler="app.handler",
        code=code,
        memory_mb=128,
        timeout_s=10,
        environment={},
        region="eu-central-1",
        log_group="/aws/lambda/bench",
    )


@contextlib.contextmanager
def bare_worker(bench: FunctionVersion) -> Iterator[socket.socket]:
    """awslambdaric as the runtime starts it, its output thrown away, and the other end of its channel."""
    root, _ = runtime_root(default_cache(), "awslambdaric")
    bootstrap = Path(sys.modules[Runtime.__module__].__file__ or "").with_name("bootstrap.py")
    ours, theirs = socket.socketpair()
    channel = theirs.fileno()
    argv = [sys.executable, "-s", "-S", "-P", str(bootstrap), "awslambdaric", str(channel), str(root)]
    with tempfile.TemporaryDirectory() as temporary, ours:
        environment = worker_environment(
            bench,
            runtime_root=root,
            temporary=Path(temporary),
            stream="s",
            api="127.0.0.1:1",  # asked for nothing
            sandbox={},
        )
        with theirs:
            worker = subprocess.Popen(
                argv, cwd=bench.code, env=environment, stdout=subprocess.DEVNULL, pass_fds=(channel,)
            )
        try:
            yield ours
        finally:
            worker.kill()
            worker.wait()


def asks_for_more(data: bytes) -> bool:
    """The last frame is the question, alone at first, then behind a result."""
    return data[-FRAME.size :].startswith(b"N")


def blocking_floor(bench: FunctionVersion) -> float:
    """Invocations a second of one worker."""
    with bare_worker(bench) as connection:
        connection.recv(65_536)
        started, count = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - started) < SECONDS:
            connection.sendall(CANNED_ACCEPTED + CANNED_EVENT if count else CANNED_EVENT)
            while not asks_for_more(connection.recv(65_536)):
                pass
            count += 1
    return count / elapsed


class CannedApi(asyncio.Protocol):
    """Answers a result and the question for more with an acknowledgement and the event, and counts."""

    def __init__(self) -> None:
        self.count = 0
        self.ready = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if asks_for_more(data):
            self._transport.write(CANNED_ACCEPTED + CANNED_EVENT if self.count else CANNED_EVENT)
            self.count += 1
            self.ready.set()


async def asyncio_floor(bench: FunctionVersion) -> float:
    """Invocations a second of one worker."""
    api = CannedApi()
    with bare_worker(bench) as connection:
        transport, _ = await asyncio.get_running_loop().create_unix_connection(lambda: api, sock=connection)
        await api.ready.wait()
        before = api.count
        await asyncio.sleep(SECONDS)
        transport.abort()
        return (api.count - before) / SECONDS


async def rate(bench: FunctionVersion, workers: int, client: Client = "awslambdaric") -> float:
    """Invocations a second with as many callers as workers."""
    async with Runtime(no_sink, RuntimeSettings(concurrency=workers, client=client)) as runtime:
        await asyncio.gather(*(runtime.invoke(bench, SLOW_EVENT, trace_id="t") for _ in range(workers)))
        end = time.perf_counter() + SECONDS

        async def call() -> int:
            count = 0
            while time.perf_counter() < end:
                await runtime.invoke(bench, EVENT, trace_id="Root=1-5759e988-bd862e3fe1be46a994272793")
                count += 1
            return count

        return sum(await asyncio.gather(*(call() for _ in range(workers)))) / SECONDS


async def cold_start(bench: FunctionVersion) -> float:
    """Milliseconds from an invocation that finds no worker to its outcome."""
    async with Runtime(no_sink) as runtime:
        started = time.perf_counter()
        await runtime.invoke(bench, EVENT, trace_id="t")
        return (time.perf_counter() - started) * 1000


def no_sink(_stream: LogStream, _at_ms: int, _messages: Iterable[str]) -> None: ...


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        bench = function(Path(folder))
        measurements: dict[str, Callable[[], float]] = {
            "floor: blocking socket, 1 worker": lambda: blocking_floor(bench),
            "floor: bare asyncio, 1 worker": lambda: asyncio.run(asyncio_floor(bench)),
            "runtime, 1 worker": lambda: asyncio.run(rate(bench, 1)),
            "runtime, 2 workers": lambda: asyncio.run(rate(bench, 2)),
            "runtime, 1 worker, builtin client": lambda: asyncio.run(rate(bench, 1, "builtin")),
            "runtime, cold start": lambda: asyncio.run(cold_start(bench)),
        }
        turns = [{name: measure() for name, measure in measurements.items()} for _ in range(rounds)]
    for name in measurements:
        values = [turn[name] for turn in turns]
        unit = "ms" if "cold" in name else "invocations/s"
        print(f"{name:36} {statistics.median(values):7.0f} {unit}   ({min(values):.0f} to {max(values):.0f})")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {rounds} rounds of {SECONDS} s")


if __name__ == "__main__":
    main()
