"""The last requests with everything that is known of them, for the terminal and the live page."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from apitool.proxy.frozen import frozen
from apitool.proxy.steps import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from apitool.local.runtime.log_stream import LogStream
    from apitool.proxy.answer import Answer
    from apitool.proxy.outcome import HttpOutcome, Outcome
    from apitool.proxy.request import Request

_KEPT = 200  # requests; a page opened late shows what led to the question
_KEPT_LOGS = 400  # invocations; those that run on after their 504 come late
_LONGEST_LOG = 1_000  # lines of one invocation


@frozen(slots=True)
class Exchange:
    """`payload` and `outcome` are None where the request never reached a function. Times in milliseconds."""

    number: int
    request: Request
    answer: Answer
    milliseconds: float
    payload: bytes | None = None
    outcome: Outcome | HttpOutcome | None = None

    @property
    def event(self) -> Any:  # noqa: ANN401 - whatever JSON it is
        """What the function got; None too where that is no JSON."""
        return None if self.payload is None else parsed(self.payload)

    @property
    def lambda_request_id(self) -> str | None:
        return getattr(self.outcome, "request_id", None)


class FunctionLogs:
    """What functions wrote, by Lambda's request id. A sink of the runtime."""

    def __init__(self) -> None:
        self._by_request: dict[str, list[Iterable[str]]] = {}
        self._before: dict[str, list[Iterable[str]]] = {}  # of streams that had no invocation yet

    def __call__(self, stream: LogStream, _at_ms: int, messages: Iterable[str]) -> None:
        """What comes before the first invocation of a stream belongs to it."""
        if stream.request_id is None:
            written = self._before.setdefault(stream.name, [])
        elif stream.request_id in self._by_request:
            written = self._by_request[stream.request_id]
        else:
            written = self._by_request[stream.request_id] = self._before.pop(stream.name, [])
        if len(written) < _LONGEST_LOG:
            written.append(messages)
        for logs in (self._by_request, self._before):
            if len(logs) > _KEPT_LOGS:
                del logs[next(iter(logs))]

    def of(self, request_id: str | None) -> list[str]:
        written = self._by_request.get(request_id or "", ())
        return [line.rstrip("\n") for messages in written for line in messages]


class Exchanges:
    """`note` is called for every request: listeners must be quick."""

    def __init__(self) -> None:
        self.last: deque[Exchange] = deque(maxlen=_KEPT)
        self.logs = FunctionLogs()
        self._listeners: set[Callable[[Exchange], None]] = set()
        self._count = 0

    def note(
        self,
        request: Request,
        answer: Answer,
        milliseconds: float,
        payload: bytes | None = None,
        outcome: Outcome | HttpOutcome | None = None,
    ) -> None:
        self._count += 1
        exchange = Exchange(self._count, request, answer, milliseconds, payload, outcome)
        self.last.append(exchange)
        for listener in tuple(self._listeners):
            listener(exchange)

    def listen(self, listener: Callable[[Exchange], None]) -> Callable[[], None]:
        """Call `listener` with every request from now on, until what is returned is called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)
