"""StartLiveTail: events of several log groups at once, pushed by CloudWatch Logs as they arrive.

Quicker than asking again and again, and not free: it is billed by the minute, of which an account has 1,800 a
month for nothing. A session ends after three hours and is begun anew. Above 500 events a second AWS sends a
sample.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from apitool.aws import log_groups
from apitool.aws.log_events import LoggedEvent
from apitool.aws.refusals import calling, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from apitool.aws.account import Account

MOST_GROUPS = 10  # AWS's limit of one session
_SESSION_OVER = "SessionTimeoutException"


@dataclass
class LiveTail:
    """One session over the groups that exist; `missing` are the others. `sampled`: AWS left events out."""

    account: Account
    groups: Sequence[str]
    missing: list[str] = field(default_factory=list)
    sampled: bool = False
    _arrived: queue.SimpleQueue[tuple[str, LoggedEvent] | BaseException] = field(
        default_factory=queue.SimpleQueue
    )
    _count: int = 0
    _ended: bool = False
    _listener: threading.Thread | None = None
    _stream: Any = None  # boto3's event stream

    def start(self) -> None:
        """Begin to listen; from now on nothing is missed.

        Raises:
            ApitoolError: AWS refused, or none of the groups exists.
        """
        arns = {group: log_groups.arn_of(self.account, group) for group in self.groups[:MOST_GROUPS]}
        self.missing = [group for group, arn in arns.items() if arn is None]
        there = [arn for arn in arns.values() if arn]
        if there:
            self._stream = self._session(there)
            self._listener = threading.Thread(
                target=self._listen, args=(there,), name="live-tail", daemon=True
            )
            self._listener.start()

    def end(self) -> None:
        """Stop listening; AWS ends the session with its connection. An update comes every second."""
        self._ended = True
        if self._listener is not None:
            self._listener.join()
        if self._stream is not None:
            self._stream.close()

    def news(self) -> Iterator[tuple[str, LoggedEvent]]:
        """What has arrived since the last call: group and event.

        Raises:
            ApitoolError: the session broke off.
        """
        while True:
            try:
                arrived = self._arrived.get_nowait()
            except queue.Empty:
                return
            if isinstance(arrived, BaseException):
                with calling("follow the logs live (logs:StartLiveTail)"):
                    raise arrived
            yield arrived

    def _session(self, arns: Sequence[str]) -> Any:  # noqa: ANN401 - boto3's event stream
        client = self.account.client("logs")
        with calling("follow the logs live (logs:StartLiveTail)"):
            return client.start_live_tail(logGroupIdentifiers=list(arns))["responseStream"]

    def _listen(self, arns: Sequence[str]) -> None:
        try:
            while not self._ended:
                self._hear()
                if not self._ended:
                    self._stream = self._session(arns)
        except BaseException as error:  # noqa: BLE001 - handed over to who asks for news
            self._arrived.put(error)

    def _hear(self) -> None:
        """Until the session is over."""
        try:
            for message in self._stream:
                self._take(message.get("sessionUpdate") or {})
                if self._ended:
                    return
        except ClientError as error:
            if code_of(error) != _SESSION_OVER:
                raise

    def _take(self, update: Mapping[str, Any]) -> None:
        self.sampled = self.sampled or bool(update.get("sessionMetadata", {}).get("sampled"))
        for result in update.get("sessionResults", []):
            self._count += 1
            event = LoggedEvent(
                f"live {self._count}", result["timestamp"], result["logStreamName"], result["message"]
            )
            self._arrived.put((result["logGroupIdentifier"].partition(":")[2], event))
