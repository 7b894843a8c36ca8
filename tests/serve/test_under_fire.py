"""20,000 requests on 64 connections while workers are killed: all are answered, nothing is left over."""

from __future__ import annotations

import asyncio
import collections
import os
import random
import signal
import threading
from pathlib import Path

import pytest
from tests.processes import children, command_line

REQUESTS, CONNECTIONS = 20_000, 64
ALLOWED = {200, 502, 504}
REQUEST = b"GET /dev/items/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"


def workers() -> set[int]:
    """Processes of the runtime, which are children of this one and run its bootstrap."""
    return {pid for pid in children(os.getpid()) if b"bootstrap.py" in command_line(pid)}


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


async def client(port: int, count: int, seen: collections.Counter[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        writer.write(REQUEST)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        seen[int(head.split(b" ", 2)[1])] += 1
    writer.close()
    await writer.wait_closed()


async def fire(port: int, count: int) -> collections.Counter[int]:
    seen: collections.Counter[int] = collections.Counter()
    await asyncio.gather(*(client(port, count // CONNECTIONS, seen) for _ in range(CONNECTIONS)))
    return seen


@pytest.mark.slow
def test_no_request_is_lost_no_worker_is_left_and_memory_is_flat(own_shop):
    over = threading.Event()
    killed = 0

    def kill() -> None:
        nonlocal killed
        chance = random.Random(1)  # noqa: S311 - not for secrets
        while not over.wait(chance.uniform(0.05, 0.4)):
            alive = sorted(workers())
            if alive:
                os.kill(chance.choice(alive), signal.SIGKILL)
                killed += 1

    with own_shop.going():
        asyncio.run(fire(own_shop.port, 2_000))  # what is allocated once is allocated
        before = resident_mb()
        killer = threading.Thread(target=kill)
        killer.start()
        seen = asyncio.run(fire(own_shop.port, REQUESTS))
        over.set()
        killer.join()
        assert sum(seen.values()) == REQUESTS // CONNECTIONS * CONNECTIONS
        assert set(seen) <= ALLOWED
        assert seen[200] > REQUESTS * 0.9
        assert killed > 10
        assert seen[502] <= killed
        assert resident_mb() - before < 30
        assert len(workers()) <= 10
    assert workers() == set()
