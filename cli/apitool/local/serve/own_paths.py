"""What is served beside the API, below `/_apitool/`: the live page, and the functions' way to AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local.http.wire import Reply, text_reply

if TYPE_CHECKING:
    from apitool.local.serve.aws import EmbeddedAws
    from apitool.local.serve.page import Page
    from apitool.proxy.request import Request

PREFIX = "/_apitool"
AWS = f"{PREFIX}/aws"
_OURS = frozenset({"127.0.0.1", "localhost"})


def is_own(request: Request) -> bool:
    return request.target.startswith(PREFIX) and (request.raw_path + "/").startswith(f"{PREFIX}/")


class OwnPaths:
    """Answers to names of this machine only: a web page elsewhere that points its name here reads nothing."""

    def __init__(self, page: Page, aws: EmbeddedAws) -> None:
        self._page = page
        self._aws = aws

    async def answer(self, request: Request) -> Reply:
        if (request.header("Host") or "").rpartition(":")[0] not in _OURS:
            return text_reply(403, "text/plain", b"only as 127.0.0.1 or localhost\n")
        path = request.raw_path
        if path == AWS or path.startswith(f"{AWS}/"):
            return await self._aws.forward(request, request.target.removeprefix(AWS) or "/")
        if request.method not in {"GET", "HEAD"}:
            return text_reply(405, "text/plain", b"GET\n")
        return self._page.answer(path.removeprefix(PREFIX))
