"""The comments of one pull request: list, create, update, hide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.github.answer import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.github.patience import Patient
    from apitool.github.place import PullRequest

_PAGES = 100  # of 100 comments; GitHub's own limit for one pull request is 2,500 comments
_NEXT = re.compile(r'<([^>]*)>;\s*rel="next"')
_HIDE = (
    "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) "
    "{ minimizedComment { isMinimized } } }"
)


@dataclass(frozen=True, slots=True)
class Comment:
    """`node`: its id in GraphQL. `bot`: an app wrote it, GitHub Actions for one."""

    id: int
    node: str
    body: str
    url: str = ""
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Comments:
    pull_request: PullRequest
    patient: Patient

    def all(self) -> Iterator[Comment]:
        """Oldest first, page by page."""
        for page in range(1, _PAGES + 1):
            path = f"{self._issue}/comments?per_page=100&page={page}"
            answer = self.patient.send(Request("GET", path))
            records = answer.data if isinstance(answer.data, list) else []
            yield from map(_read, filter(lambda record: isinstance(record, dict), records))
            if not _NEXT.search(answer.headers.get("link", "")):
                return

    def create(self, body: str) -> Comment:
        return _read(self.patient.send(Request("POST", f"{self._issue}/comments", {"body": body})).data)

    def update(self, comment: Comment, body: str) -> Comment:
        path = f"repos/{self.pull_request.repository}/issues/comments/{comment.id}"
        return _read(self.patient.send(Request("PATCH", path, {"body": body})).data)

    def hide(self, comment: Comment) -> bool:
        """Fold it away as outdated; False when GitHub does not let this token, which is no reason to fail."""
        body = {"query": _HIDE, "variables": {"id": comment.node}}
        data = self.patient.send(Request("POST", "graphql", body)).data
        return isinstance(data, dict) and not data.get("errors")

    @property
    def _issue(self) -> str:
        return f"repos/{self.pull_request.repository}/issues/{self.pull_request.number}"


def _read(record: object) -> Comment:
    given = record if isinstance(record, dict) else {}
    user = given.get("user") or {}
    identity = given.get("id")
    return Comment(
        identity if isinstance(identity, int) else 0,
        str(given.get("node_id", "")),
        str(given.get("body") or ""),
        str(given.get("html_url", "")),
        isinstance(user, dict) and user.get("type") == "Bot",
    )
