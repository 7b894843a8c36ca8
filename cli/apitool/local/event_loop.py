"""The event loop of what serves requests: uvloop, which costs a third of asyncio's own for every read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` on that loop."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(main)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Without uvloop (Windows, Pythons it has no wheel for yet) that of asyncio."""
    try:
        import uvloop  # noqa: PLC0415 - a library that is not everywhere
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
