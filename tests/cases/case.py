"""One recorded fact: an API, a request to it, and what AWS made of it.

Tables of these stand in `recorded_*.py`, one for each kind of fact; `shells.py` serves their APIs, and
`test_over_the_wire.py` sends their requests. Marks of sources are those of docs/gateway.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.cases.wire import Answered

REGION, ACCOUNT = "us-east-1", "123456789012"
INTEGRATION = "x-amazon-apigateway-integration"
FUNCTIONS = ("answers", "forbidden", "throttled")
"""`answers` returns what the table says, `forbidden` may not be called, `throttled` has no concurrency."""


@dataclass(frozen=True)
class Raises:
    """A function that fails instead of returning."""

    message: str


@dataclass(frozen=True)
class Api:
    """A RestApi with one deployed stage. `members` are those of its OpenAPI document."""

    name: str
    paths: Mapping[str, Any]
    stage: str = "dev"
    endpoint: str = "REGIONAL"
    members: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        info = {"title": self.name, "version": "1"}
        return {"openapi": "3.0.1", "info": info, "paths": dict(self.paths), **self.members}


@dataclass(frozen=True)
class Sent:
    """Goes out exactly so. Without a Host line of its own it is asked for by its API's name on AWS."""

    line: str  # `GET /stage/path?query`
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    raw_body: bytes | None = None  # as framed, where the headers say how

    @property
    def method(self) -> str:
        return self.line.partition(" ")[0]

    def wire(self, host: str) -> bytes:
        names = {name.lower() for name, _ in self.headers}
        lines = [f"{self.line} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        lines += [] if "host" in names else [f"Host: {host}"]
        lines += [] if "connection" in names else ["Connection: close"]
        framed = self.raw_body is not None or not self.body
        lines += [] if framed else [f"Content-Length: {len(self.body)}"]
        head = "\r\n".join(lines) + "\r\n\r\n"
        return head.encode("latin-1") + (self.body if self.raw_body is None else self.raw_body)


Check = "Callable[[Answered], None]"
ECHO = object()
"""The function returns its event."""
SLEEPS = object()
"""The function takes longer than the integration's 60 ms."""


@dataclass(frozen=True)
class Case:
    """`source` is a mark and a short name of docs/gateway.md. `returns` is what the function returns."""

    name: str
    source: str
    api: Api
    sent: Sent
    check: Callable[[Answered], None]
    returns: object = ECHO
    only: str | None = None  # a shell, where the other has no such thing
    log: tuple[str, ...] = ()  # starts of lines that follow each other at INFO with data trace


def integration(function: str = "answers", **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri, **more}


def mock(template: str = "", status: int = 200) -> dict[str, Any]:
    responses = {"default": {"statusCode": str(status)}}
    if template:
        responses["default"]["responseTemplates"] = {"application/json": template}  # type: ignore[assignment]
    return {
        "type": "MOCK",
        "requestTemplates": {"application/json": f'{{"statusCode": {status}}}'},
        "responses": responses,
    }


def operation(of: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    return {"responses": {}, INTEGRATION: of or integration(), **members}


def routes(*keys: str, of: dict[str, Any] | None = None) -> dict[str, Any]:
    """Path items for `VERB /path`, or `/path` for a resource without a method."""
    paths: dict[str, Any] = {}
    for key in keys:
        verb, _, path = key.rpartition(" ")
        item = paths.setdefault(path, {})
        if verb:
            item["x-amazon-apigateway-any-method" if verb == "ANY" else verb.lower()] = operation(of)
    return paths
