"""What is sent to GitHub, and what it answers, whoever carries it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """`path` from the API's root, e.g. `repos/a/b/issues/1/comments?page=2`, or `graphql`."""

    method: str
    path: str
    body: Mapping[str, object] | None = None

    @property
    def repeatable(self) -> bool:
        """Whether a second one does no harm when the answer to the first got lost."""
        return self.method != "POST" or self.path == "graphql"

    @property
    def payload(self) -> bytes | None:
        return None if self.body is None else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by lower-case name. `status` 0: there was no answer, and `text` says why."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's range of success

    @property
    def data(self) -> object:
        """The body as JSON, None when it is none."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None


class Carrier(Protocol):
    """Takes a request to GitHub. Answers of any status come back; nothing is raised for them."""

    def send(self, request: Request) -> Answer: ...
