"""The log stream of one worker: the platform's lines and the function's, in one order, to one sink."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import termios
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from apitool.local.runtime.log_splitter import LogSplitter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.local.runtime.function import FunctionVersion, LogSink
    from apitool.local.runtime.log_splitter import Event

_CHUNK = 65_536  # bytes; Linux's default pipe size
_NOTHING = bytes(4)  # an int
_PIPE_MAX = 1_048_576  # bytes; the most a pipe can hold unless root raised it


def stream_name(version: str) -> str:
    """AWS's own naming, by the day (UTC) the worker started."""
    return f"{datetime.now(UTC):%Y/%m/%d}/[{version}]{uuid4().hex}"


class LogStream:
    """Timestamps never run backwards within a stream, which PutLogEvents requires of a batch.

    `request_id` is of the invocation that is under way, or was last; None before the first.
    """

    def __init__(self, function: FunctionVersion, sink: LogSink) -> None:
        self.name = stream_name(function.version)
        self.function = function
        self.request_id: str | None = None
        self._sink = sink
        self._last_ms = 0

    def write(self, messages: Iterable[str], at_ms: int) -> None:
        """Messages that cost something are made by whoever looks at them."""
        self._last_ms = at_ms = max(self._last_ms, at_ms)
        try:
            self._sink(self, at_ms, messages)
        except Exception as error:  # noqa: BLE001 - a sink that fails must not fail the invocation
            context = {"message": "the log sink raised", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)


class LogPipe:
    """The pipe that is a worker's stdout and stderr.

    A worker writes its lines before it posts its answer, but the two arrive here by different ways: `drain`
    reads what the pipe holds at this moment, so that everything written before the answer is written to the
    stream before END.
    """

    def __init__(self, stream: LogStream) -> None:
        self._stream = stream
        self._splitter = LogSplitter()
        self._read_end = self._write_end = -1
        self._open = False

    def open(self) -> int:
        """The write end, for the worker to inherit. Raises OSError when there are too many files open."""
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        self._open = True
        asyncio.get_running_loop().add_reader(self._read_end, self._read)
        return self._write_end

    def drain(self) -> None:
        budget = _PIPE_MAX  # a thread that never stops printing must not keep us here
        while budget > 0 and self._holds_something() and (count := self._read()):
            budget -= count

    def end_invocation(self) -> None:
        self._write(self._splitter.end_line())

    def close_write_end(self) -> None:
        """Once the worker has inherited it: the pipe ends when the worker does."""
        if self._write_end >= 0:
            os.close(self._write_end)
            self._write_end = -1

    def close(self) -> None:
        self.close_write_end()
        if self._open:
            self.drain()
            self._write(self._splitter.close())
            self._end()

    def _holds_something(self) -> bool:
        """Asked for every invocation, mostly answered no; an exception would cost four times as much."""
        return self._open and fcntl.ioctl(self._read_end, termios.FIONREAD, _NOTHING) != _NOTHING

    def _read(self) -> int:
        """Bytes read; 0 when there are none for now, or never again."""
        if not self._open:
            return 0
        try:
            data = os.read(self._read_end, _CHUNK)
        except BlockingIOError:
            return 0
        if data:
            self._write(self._splitter.feed(data))
        else:
            self._write(self._splitter.close())
            self._end()
        return len(data)

    def _write(self, events: list[Event]) -> None:
        """What a function says of the time may be wrong, and is never later than now."""
        for event in events:
            now_ms = time.time_ns() // 1_000_000
            self._stream.write((event.message,), min(event.timestamp_ms or now_ms, now_ms))

    def _end(self) -> None:
        self._open = False
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            asyncio.get_running_loop().remove_reader(self._read_end)
        os.close(self._read_end)
