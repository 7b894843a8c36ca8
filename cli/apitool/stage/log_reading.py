"""A stage's logs, read and joined: a span of the past, what comes in, or one request by its id."""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from apitool.aws.live_tail import LiveTail
from apitool.aws.log_events import GroupReader
from apitool.logs.joining import Joiner
from apitool.stage import log_sources, logging

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from apitool.aws.stage_settings import StageSettings
    from apitool.logs.joining import Source
    from apitool.logs.request import Request
    from apitool.stage.log_sources import LogSource
    from apitool.stage.target import Target

    Line = tuple[int, Source, str, str]  # when in ms since 1970, which log, stream, message
    Span = tuple[int, int | None]  # both in ms since 1970, both included

ALL: tuple[Source, ...] = ("gateway", "access", "lambda")
EXECUTION: tuple[Source, ...] = ("gateway",)
_HISTORY_PATIENCE_MS = 35_000  # between two lines of one request: an integration takes up to 29 s
_SETTLE_EVERY = 1_000  # lines
_AROUND_MS = 31_000  # a request's lines lie at most this far from the one found
_POLL_LOCAL, _POLL_AWS = 0.25, 2.0  # seconds; FilterLogEvents has 5 to 10 requests/s for the account
_PATIENCE_LOCAL_MS, _PATIENCE_AWS_MS = 600, 5_000  # until lines of the other logs are there


@dataclass
class LogReading:
    """The readers of one stage's groups; each event is read once in its lifetime."""

    target: Target
    settings: StageSettings
    sources: tuple[LogSource, ...]
    live: LiveTail | None = None  # instead of asking again and again
    _readers: dict[LogSource, GroupReader] = field(default_factory=dict)

    def lines(self, span: Span, text: str | None = None) -> Iterator[Line]:
        """Every line of a span, oldest first across the groups."""
        since, until = span
        readers = self._readers or self._made()
        each = (_labelled(source, reader.between(since, until, text)) for source, reader in readers.items())
        return heapq.merge(*each, key=itemgetter(0))

    def news(self, since_ms: int) -> Iterator[Line]:
        """What came since the last call, from all groups; live, since the session began."""
        if self.live is not None:
            return iter(sorted(self._pushed(self.live), key=itemgetter(0)))
        readers = self._readers or self._made()
        each = (_labelled(source, reader.news(since_ms)) for source, reader in readers.items())
        return heapq.merge(*each, key=itemgetter(0))

    def requests(self, span: Span) -> Iterator[Request]:
        """The requests of a span, in the memory of those under way at once."""
        joiner = Joiner(_HISTORY_PATIENCE_MS, stage=self.settings.name)
        for count, (at_ms, source, stream, message) in enumerate(self.lines(span), start=1):
            joiner.now_ms = max(joiner.now_ms, at_ms)
            joiner.add(source, stream, at_ms, message)
            if count % _SETTLE_EVERY == 0:
                yield from joiner.settled()
        yield from joiner.rest()

    def follow(self, since_ms: int, until: Callable[[], bool]) -> Iterator[Request | None]:
        """Requests as they come; None after each look, so that the caller can do something in between."""
        patience_ms = _PATIENCE_LOCAL_MS if self.target.embedded else _PATIENCE_AWS_MS
        joiner = Joiner(patience_ms, stage=self.settings.name)
        while not until():
            joiner.now_ms = time.time_ns() // 1_000_000
            for at_ms, source, stream, message in self.news(since_ms):
                joiner.add(source, stream, at_ms, message)
            yield from joiner.settled()
            yield None
            time.sleep(self.pause)
        yield from joiner.rest()

    def end(self) -> None:
        """Nobody wants news any more."""
        if self.live is not None:
            self.live.end()

    def _pushed(self, live: LiveTail) -> Iterator[Line]:
        kinds = {source.group: source for source in self.sources}
        for group, event in live.news():
            yield from _labelled(kinds[group], iter([event]))

    @property
    def pause(self) -> float:
        """Seconds between two looks; what is pushed costs nothing to look at."""
        return _POLL_LOCAL if self.target.embedded or self.live else _POLL_AWS

    @property
    def missing(self) -> list[LogSource]:
        """The groups that did not exist when last read."""
        if self.live is not None:
            return [source for source in self.sources if source.group in self.live.missing]
        return [source for source, reader in self._readers.items() if reader.missing]

    def _made(self) -> dict[LogSource, GroupReader]:
        self._readers = {source: GroupReader(self.target.account, source.group) for source in self.sources}
        return self._readers


def of_stage(target: Target, kinds: Collection[Source] = ALL) -> LogReading:
    """Read a stage's logs. Raises ApitoolError when it is not up."""
    settings = logging.settings_of(target)
    return LogReading(target, settings, log_sources.of_stage(target, settings, kinds))


def live(target: Target, kinds: Collection[Source] = ALL) -> LogReading:
    """The same, pushed from now on. Raises ApitoolError also when AWS gives no Live Tail."""
    reading = of_stage(target, kinds)
    reading.live = LiveTail(target.account, [source.group for source in reading.sources])
    reading.live.start()
    return reading


def request_called(target: Target, name: str, since_ms: int) -> Request | None:
    """The request with this id: the gateway's, the extended one, Lambda's or X-Ray's. None: no log has it.

    CloudWatch Logs looks for the lines with the id; what lies around them is then read whole, because most
    lines of a function carry no id.
    """
    times = [line[0] for line in of_stage(target).lines((since_ms, None), text=name)]
    if not times:
        return None
    found = None
    for request in of_stage(target).requests((min(times) - _AROUND_MS, max(times) + _AROUND_MS)):
        if request.is_called(name) and (found is None or request.id):
            found = request
    return found


def last_error(target: Target, span: Span) -> Request | None:
    """The newest failed request of a span."""
    failed = (request for request in of_stage(target).requests(span) if request.id and request.failed)
    return max(failed, key=lambda request: request.at_ms, default=None)


def _labelled(source: LogSource, events: Iterator[object]) -> Iterator[Line]:
    for event in events:
        yield event.at_ms, source.kind, f"{source.group} {event.stream}", event.message  # type: ignore[attr-defined]
