"""GitHub's REST API by the standard library: four kinds of calls need no HTTP client to be installed."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.errors import UsageError
from apitool.github.answer import Answer, Request

if TYPE_CHECKING:
    from email.message import Message

_PATIENCE = 30  # seconds for one answer
_LONGEST = 16 << 20  # bytes of an answer; a page of 100 comments has 7 MB at most
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """urllib would take the token along to wherever it is sent."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Rest:
    """`api`: its root, e.g. `https://api.github.com`; `graphql`: the whole address; `token`: never shown."""

    api: str
    graphql: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        for address in (self.api, self.graphql):
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
                raise UsageError(
                    "GitHub's API is not asked without encryption",
                    seen=address,
                    fix="GITHUB_API_URL=https://…",
                )

    def send(self, request: Request) -> Answer:
        address = self.graphql if request.path == "graphql" else f"{self.api.rstrip('/')}/{request.path}"
        made = urllib.request.Request(  # noqa: S310 - the scheme was looked at above
            address, data=request.payload, method=request.method, headers=self._headers()
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(made, timeout=_PATIENCE) as answer:
                return _read(answer.status, answer.headers, answer.read(_LONGEST))
        except urllib.error.HTTPError as error:
            with error:
                return _read(error.code, error.headers, error.read(_LONGEST))
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            return Answer(0, {}, str(reason) or type(error).__name__)

    def _headers(self) -> dict[str, str]:
        return {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "apitool",
            "X-GitHub-Api-Version": "2022-11-28",
        }


def _read(status: int, headers: Message, body: bytes) -> Answer:
    return Answer(
        status, {name.lower(): value for name, value in headers.items()}, body.decode(errors="replace")
    )
