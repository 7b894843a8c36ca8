"""Lines of three logs, in any order → requests, each once and whole. Memory holds only what is still open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from apitool.logs import access, execution
from apitool.logs.execution import Execution
from apitool.logs.function import Invocation, Stream
from apitool.logs.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

Source = Literal["gateway", "access", "lambda"]
_MOST_OPEN = 5_000  # requests, invocations or streams; then the oldest go out as they are
_LINGERING = 20  # times the usual patience, for a request whose end is missing (29 s at most on AWS)


@dataclass(slots=True)
class _Open:
    request: Request
    touched_ms: int


@dataclass(slots=True)
class Joiner:
    """Feed it lines with `add` and take what is whole with `settled`.

    `patience_ms`: how long after its last line a finished request waits for lines of other logs. Time is
    whatever the caller says with `now_ms`: the lines' own for a history, the clock's when following.
    """

    patience_ms: int
    now_ms: int = 0
    stage: str = ""
    _open: dict[str, _Open] = field(default_factory=dict)
    _streams: dict[str, Stream] = field(default_factory=dict)
    _invocations: dict[str, tuple[Invocation, int]] = field(default_factory=dict)

    def add(self, source: Source, stream: str, at_ms: int, message: str) -> None:
        if source == "gateway":
            self._gateway_line(at_ms, message)
        elif source == "access":
            line = access.parse(at_ms, message)
            if line is not None and line.request_id:
                self._request(line.request_id).access = line
        else:
            self._function_line(stream, at_ms, message)

    def settled(self) -> list[Request]:
        """The requests nothing more is expected of, oldest first. They are gone from here afterwards."""
        ready = [key for key, each in self._open.items() if self._due(each)]
        ready += list(self._open)[: max(0, len(self._open) - len(ready) - _MOST_OPEN)]
        return [*self._take(dict.fromkeys(ready)), *self._direct(final=False)]

    def rest(self) -> list[Request]:
        """Everything that is left, whole or not."""
        return [*self._take(dict.fromkeys(self._open)), *self._direct(final=True)]

    def _gateway_line(self, at_ms: int, message: str) -> None:
        parts = execution.split(message)
        if parts is None:
            return
        request = self._request(parts[0])
        if request.execution is None:
            request.execution = Execution(parts[0])
        request.execution.add(at_ms, parts[1])

    def _function_line(self, stream: str, at_ms: int, message: str) -> None:
        if len(self._streams) > _MOST_OPEN:
            del self._streams[next(iter(self._streams))]
        reading = self._streams.setdefault(stream, Stream())
        invocation = reading.add(at_ms, message)
        if invocation is not None:
            self._invocations[invocation.request_id] = (invocation, self.now_ms)

    def _request(self, request_id: str) -> Request:
        found = self._open.get(request_id)
        if found is None:
            found = self._open[request_id] = _Open(Request(request_id, stage=self.stage), self.now_ms)
        else:
            found.touched_ms = self.now_ms
        return found.request

    def _due(self, each: _Open) -> bool:
        waited = self.now_ms - each.touched_ms
        return waited > (self.patience_ms if each.request.complete else self.patience_ms * _LINGERING)

    def _take(self, keys: dict[str, None]) -> Iterator[Request]:
        for key in keys:
            request = self._open.pop(key).request
            function_id = request.function_request_id
            if function_id in self._invocations:
                request.invocation = self._invocations.pop(function_id)[0]
            yield request

    def _direct(self, *, final: bool) -> Iterator[Request]:
        """Invocations no request of the gateway's is known for, when they have waited long enough."""
        longest = self.patience_ms * _LINGERING
        excess = len(self._invocations) - _MOST_OPEN
        old = [
            key
            for index, (key, (_, touched)) in enumerate(self._invocations.items())
            if final or index < excess or self.now_ms - touched > longest
        ]
        for key in old:
            yield Request("", invocation=self._invocations.pop(key)[0])
