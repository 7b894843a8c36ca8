"""A worker as a runtime client sees it: it remembers what it is told, and answers by a script."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from apitool.local.runtime.invocation import Invocation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from apitool.local.runtime.conversation import Posted, Refusal, RuntimeClient

    Answer = Callable[[RuntimeClient], None]

DEADLINE_MS = 1_700_000_000_000


class Scripted:
    """One answer for everything that is asked, in order; what is posted once they are used up is accepted."""

    def __init__(self, *answers: Answer) -> None:
        self.seen: list[tuple[object, ...]] = []
        self.read: list[bool] = []  # of every question, whether the output was said to be read
        self._answers = list(answers)

    def opened(self, client: RuntimeClient) -> None: ...
    def closed(self, client: RuntimeClient) -> None: ...

    def wants_next(self, client: RuntimeClient, *, all_read: bool) -> None:
        self.seen.append(("next",))
        self.read.append(all_read)
        if self._answers:
            self._answers.pop(0)(client)

    def responded(self, client: RuntimeClient, request_id: str, posted: Posted) -> None:
        self._posted(client, "response", request_id, posted)

    def failed(self, client: RuntimeClient, request_id: str, posted: Posted) -> None:
        self._posted(client, "error", request_id, posted)

    def init_failed(self, client: RuntimeClient, posted: Posted) -> None:
        self._posted(client, "init", "", posted)

    def _posted(self, client: RuntimeClient, what: str, request_id: str, posted: Posted) -> None:
        self.seen.append((what, request_id, posted.size, posted.body, posted.error_type))
        (self._answers.pop(0) if self._answers else accepted)(client)


def accepted(client: RuntimeClient) -> None:
    client.accept()


def refused(refusal: Refusal) -> Answer:
    return lambda client: client.refuse(refusal)


def given(made: Invocation) -> Answer:
    return lambda client: client.hand_over(made, DEADLINE_MS)


def invocation(
    event: bytes = b"{}", trace_id: str = "Root=1-2-3", client_context: str | None = None
) -> Invocation:
    outcome = None  # nobody waits for it
    return Invocation(
        "arn:aws:lambda:x", event, trace_id, client_context, outcome, lambda: None, request_id="r1"
    )


def packets(data: bytes, cuts: Iterable[int]) -> Iterator[bytes]:
    """The same bytes as they may arrive, cut at these places (any number stands for one)."""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return (data[a:b] for a, b in pairwise(edges) if a < b)
