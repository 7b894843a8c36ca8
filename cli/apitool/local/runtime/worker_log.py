"""What one worker puts into its log stream, in order: its own output and the platform's lines around it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from apitool.local.runtime.log_lines import FORMATS, Phase, Report, RuntimeVersion
from apitool.local.runtime.log_stream import LogPipe, LogStream
from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apitool.local.runtime.failures import Failure, Status
    from apitool.local.runtime.function import FunctionVersion, LogSink
    from apitool.local.runtime.invocation import Invocation


@frozen(slots=True)
class _Lines:
    """Made when they are read. Of most invocations that `apitool serve` sees nobody reads them."""

    make: Callable[..., list[str]]
    given: tuple[Any, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.make(*self.given))


class WorkerLog:
    """`open` gives the descriptor that becomes stdout and stderr; call `inherited` once it has."""

    def __init__(self, function: FunctionVersion, sink: LogSink) -> None:
        self._function = function
        self._lines = FORMATS[function.log_format]
        self._stream = LogStream(function, sink)
        self._pipe = LogPipe(self._stream)
        self.stream_name = self._stream.name
        self.open = self._pipe.open
        self.inherited = self._pipe.close_write_end
        self.drain = self._pipe.drain
        self.close = self._pipe.close

    def init_start(self, version: RuntimeVersion) -> None:
        at_ms = now_ms()
        self._stream.write(self._lines.init_start(self._function, self.stream_name, version, at_ms), at_ms)

    def init_report(self, init_ms: float, phase: Phase, status: Status, error_type: str | None) -> None:
        at_ms = now_ms()
        self._stream.write(self._lines.init_report(init_ms, phase, status, error_type, at_ms), at_ms)

    def start(self, invocation: Invocation) -> None:
        at_ms, request_id = now_ms(), invocation.request_id
        self._stream.request_id = request_id
        given = (request_id, invocation.arn, self._function.version, at_ms)
        self._stream.write(_Lines(self._lines.start, given), at_ms)

    def end(
        self,
        invocation: Invocation,
        failure: Failure | None,
        *,
        duration_ms: float,
        init_ms: float | None,
        max_memory_mb: int,
    ) -> None:
        """END and REPORT, after everything that was read until now; see `drain`."""
        self._pipe.end_invocation()
        at_ms, memory_mb = now_ms(), self._function.memory_mb
        report = Report(invocation.request_id, duration_ms, memory_mb, max_memory_mb, init_ms, failure)
        self._stream.write(_Lines(self._lines.end, (report, at_ms)), at_ms)


def now_ms() -> int:
    return time.time_ns() // 1_000_000
