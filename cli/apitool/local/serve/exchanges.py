"""The last requests with everything that is known of them, for the terminal and the live page."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Any

from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.local.runtime.function import FunctionVersion
    from apitool.proxy.answer import Answer
    from apitool.proxy.outcome import HttpOutcome, Outcome
    from apitool.proxy.request import Request

_KEPT = 200  # requests; a page opened late shows what led to the question
_KEPT_LOGS = 400  # invocations; those that run on after their 504 come late
_LONGEST_LOG = 1_000  # lines of one invocation


@frozen(slots=True)
class Exchange:
    """`event` and `outcome` are None where the request never reached a function. Times in milliseconds."""

    number: int
    request: Request
    answer: Answer
    milliseconds: float
    event: Any = None
    outcome: Outcome | HttpOutcome | None = None

    @property
    def lambda_request_id(self) -> str | None:
        return getattr(self.outcome, "request_id", None)


class FunctionLogs:
    """What functions wrote, by Lambda's request id. A sink of the runtime."""

    def __init__(self) -> None:
        self._by_request: OrderedDict[str, list[str]] = OrderedDict()
        self._by_stream: dict[str, list[str]] = {}

    def __call__(self, _function: FunctionVersion, stream: str, _at_ms: int, message: str) -> None:
        lines = self._by_stream.setdefault(stream, [])
        if message.startswith("START RequestId: "):
            if any(line.startswith("START ") for line in lines):  # else what came before belongs to this one
                lines = self._by_stream[stream] = []
            self._by_request[message.split(" ", 3)[2]] = lines
            while len(self._by_request) > _KEPT_LOGS:
                self._by_request.popitem(last=False)
            while len(self._by_stream) > _KEPT_LOGS:
                del self._by_stream[next(iter(self._by_stream))]
        if len(lines) < _LONGEST_LOG:
            lines.append(message.rstrip("\n"))

    def of(self, request_id: str | None) -> list[str]:
        return list(self._by_request.get(request_id or "", ()))


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
        event: Any = None,  # noqa: ANN401 - whatever JSON it is
        outcome: Outcome | HttpOutcome | None = None,
    ) -> None:
        self._count += 1
        exchange = Exchange(self._count, request, answer, milliseconds, event, outcome)
        self.last.append(exchange)
        for listener in tuple(self._listeners):
            listener(exchange)

    def listen(self, listener: Callable[[Exchange], None]) -> Callable[[], None]:
        """Call `listener` with every request from now on, until what is returned is called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)
