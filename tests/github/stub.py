"""GitHub's comments, on loopback: pages, links, refusals and limits as its documentation has them."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_COMMENTS = re.compile(r"/repos/([\w.-]+/[\w.-]+)/issues/(\d+)/comments")
_COMMENT = re.compile(r"/repos/([\w.-]+/[\w.-]+)/issues/comments/(\d+)")
_LONGEST = 65_536


@dataclass
class Failure:
    """An answer given instead of the real one. `after`: the request is carried out all the same."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "failure"
    method: str = ""
    after: bool = False


@dataclass
class GitHub:
    """`comments` oldest first; `asked`: method and path of every request; `tokens`: what came with them."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    known: str = "acme/orders"
    url: str = ""

    def add(self, body: str, kind: str = "Bot") -> dict[str, Any]:
        number = 1000 + len(self.comments)
        made = {
            "id": number,
            "node_id": f"IC_{number}",
            "body": body,
            "html_url": f"{self.url}/{number}",
            "user": {"login": "github-actions[bot]", "type": kind},
        }
        self.comments.append(made)
        return made

    def answer(self, method: str, target: str, body: Any) -> tuple[int, dict[str, str], Any]:
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if path.endswith("/graphql") and method == "POST":
            self.hidden.append(body["variables"]["id"])
            return 200, {}, {"data": {"minimizeComment": {"minimizedComment": {"isMinimized": True}}}}
        if found := _COMMENTS.fullmatch(path):
            if found[1] != self.known:
                return 404, {}, {"message": "Not Found"}
            return self._page(path, query) if method == "GET" else self._written(self.add, body)
        if found := _COMMENT.fullmatch(path):
            comment = next((each for each in self.comments if each["id"] == int(found[2])), None)
            if comment is None or method != "PATCH":
                return 404, {}, {"message": "Not Found"}
            return self._written(lambda text: comment.update(body=text) or comment, body)
        return 404, {}, {"message": "Not Found"}

    def _page(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, str], Any]:
        size, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        start = (page - 1) * size
        more = start + size < len(self.comments)
        following = f'<{self.url}{path}?per_page={size}&page={page + 1}>; rel="next"'
        return 200, {"Link": following} if more else {}, self.comments[start : start + size]

    @staticmethod
    def _written(write: Any, body: Any) -> tuple[int, dict[str, str], Any]:
        if len(body["body"]) > _LONGEST:
            return 422, {}, {"message": "Validation Failed", "errors": ["body is too long"]}
        return 201, {}, write(body["body"])


@contextmanager
def serving():
    """A stub that answers while the block runs."""
    github = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _any(self):
            sent = self._body()
            body = json.loads(sent) if sent else None
            target = self.path.removeprefix("http://api.github.localhost")
            github.asked.append(f"{self.command} {target}")
            github.tokens.add(self.headers.get("Authorization", ""))
            failure = next((each for each in github.failures if each.method in {"", self.command}), None)
            if failure is not None:
                github.failures.remove(failure)
                if failure.after:
                    github.answer(self.command, target, body)
                self._say(failure.status, failure.headers, {"message": failure.message})
            else:
                self._say(*github.answer(self.command, target, body))

        do_GET = do_POST = do_PATCH = _any  # noqa: N815 - the base class's names

        def _body(self):
            if self.headers.get("Transfer-Encoding") != "chunked":  # as gh sends what it reads from a pipe
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def _say(self, status, headers, data):
            text = json.dumps(data).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    github.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
