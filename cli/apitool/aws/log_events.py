"""FilterLogEvents: the events of one log group, each once, page by page.

Ten lines of one request share a millisecond, and events arrive late: a reader that goes on asks again for a
while it has seen, and knows events by their id.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_logs import CloudWatchLogsClient

    from apitool.aws.account import Account

_OVERLAP_MS = 30_000  # asked for again; CloudWatch Logs delivers within seconds, rarely later
_GONE = "ResourceNotFoundException"
_THROTTLED = {"ThrottlingException", "Throttling", "LimitExceededException", "ServiceUnavailableException"}
_PATIENCE = 6  # tries of one page beyond boto3's own eight
_LONGEST_PAUSE = 16.0  # seconds


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """`at_ms` is when it was logged, milliseconds since 1970."""

    id: str
    at_ms: int
    stream: str
    message: str


@dataclass
class GroupReader:
    """Reads one group. `missing` after a read: there is no such group (yet)."""

    account: Account
    group: str
    missing: bool = False
    _newest_ms: int = 0
    _seen: dict[str, int] = field(default_factory=dict)

    def between(
        self, since_ms: int, until_ms: int | None = None, text: str | None = None
    ) -> Iterator[LoggedEvent]:
        """Every event of a span, oldest first, in the memory of a page.

        Args:
            since_ms: milliseconds since 1970, included.
            until_ms: the same, included; None reads up to now.
            text: only events that hold this; CloudWatch Logs does the looking.

        Raises:
            ApitoolError, CredentialsError: AWS refused. A missing group is no error.
        """
        for page in self._pages(since_ms, until_ms, text):
            for event in page:
                if event.id not in self._seen:
                    self._note(event)
                    yield event
            self._forget()

    def news(self, since_ms: int) -> Iterator[LoggedEvent]:
        """What has come since the last call, late events included; the first call reads from `since_ms`."""
        start = max(since_ms, self._newest_ms - _OVERLAP_MS)
        yield from self.between(start)

    def _note(self, event: LoggedEvent) -> None:
        self._seen[event.id] = event.at_ms
        self._newest_ms = max(self._newest_ms, event.at_ms)

    def _forget(self) -> None:
        """Ids older than anything that may be asked for again."""
        oldest = self._newest_ms - 2 * _OVERLAP_MS
        self._seen = {key: at for key, at in self._seen.items() if at >= oldest}

    def _pages(self, since_ms: int, until_ms: int | None, text: str | None) -> Iterator[list[LoggedEvent]]:
        client: CloudWatchLogsClient = self.account.client("logs")
        asked: dict[str, Any] = {"logGroupName": self.group, "startTime": max(0, since_ms)}
        asked |= {} if until_ms is None else {"endTime": until_ms}
        asked |= {} if text is None else {"filterPattern": f'"{text}"'}
        while True:
            answer = self._page(client, asked)
            self.missing = answer is None
            if answer is None:
                return
            yield [_event(raw) for raw in answer.get("events", [])]
            token = answer.get("nextToken")
            if not token or token == asked.get("nextToken"):
                return
            asked["nextToken"] = token

    def _page(self, client: CloudWatchLogsClient, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - boto3's answer
        """One page, throttling waited out; None when there is no such group."""
        with calling(f"read the log group {self.group}"):
            for attempt in range(_PATIENCE + 1):
                try:
                    return client.filter_log_events(**asked)
                except ClientError as error:
                    if code_of(error) == _GONE:
                        return None
                    if code_of(error) not in _THROTTLED or attempt == _PATIENCE:
                        raise
                time.sleep(min(_LONGEST_PAUSE, 2.0**attempt))
        return None


def _event(raw: Any) -> LoggedEvent:  # noqa: ANN401 - boto3's answer
    message, at_ms, stream = raw.get("message", ""), raw.get("timestamp", 0), raw.get("logStreamName", "")
    return LoggedEvent(raw.get("eventId") or f"{stream} {at_ms} {message}", at_ms, stream, message)
