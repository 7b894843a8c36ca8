"""Requests the gateway turns away at once: for their size, or for what no URL may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.request import Request

_UNESCAPED = "|{}"  # AWS, known issues: to be percent-encoded in a query; what happens else is not said
MAX_BODY_BYTES = 10_485_760
MAX_HEAD_BYTES = 10_240  # request line and headers together (AWS quotas)
MAX_EVENT_BYTES = 6_291_456  # Lambda's own limit for a synchronous invocation


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """An answer outside the gateway responses: it can't be customised and carries no CORS headers."""

    status: int
    content_type: str
    body: bytes
    finding: Finding


def refused_at_the_door(request: Request) -> AtTheDoor | None:
    """What AWS answers before it looks at anything else; None lets the request in.

    The 413 was measured on AWS (plain text, no CORS headers, October 2026). The 431 is ours, and so is
    the 400: what AWS answers to headers over its limit, or to a raw `|` in a query, is not recorded.
    """
    if len(request.body) > MAX_BODY_BYTES:
        text = f"HTTP content length exceeded {MAX_BODY_BYTES} bytes."
        return AtTheDoor(413, "text/plain", text.encode(), _body_finding(len(request.body)))
    head = len(request.target) + sum([len(name) + len(value) for name, value in request.headers])
    if head > MAX_HEAD_BYTES:
        body = b'{"message":"Request Header Fields Too Large"}'
        return AtTheDoor(431, "application/json", body, _head_finding(head))
    query = request.raw_query
    if query and (unescaped := [mark for mark in _UNESCAPED if mark in query]):
        body = b'{"message":"Bad Request"}'
        return AtTheDoor(400, "application/json", body, _query_finding(unescaped))
    return None


def _body_finding(size: int) -> Finding:
    return Finding(
        rule="request.body-too-large",
        what=f"The body holds {size} bytes; the gateway takes {MAX_BODY_BYTES}",
        fix="Upload to S3 with a presigned URL and send its key",
    )


def _head_finding(size: int) -> Finding:
    return Finding(
        rule="request.headers-too-large",
        what=f"Request line and headers hold {size} bytes; the gateway takes {MAX_HEAD_BYTES}",
        fix="Send fewer or smaller headers, usually cookies",
        recorded=False,
    )


def _query_finding(marks: list[str]) -> Finding:
    return Finding(
        rule="request.query-not-escaped",
        what=f"The query holds {' '.join(marks)} as such; AWS wants them percent-encoded",
        fix="Encode the query, e.g. with urllib.parse.urlencode",
        recorded=False,
    )


def event_too_large(size: int) -> Finding:
    """A request that fits through the gateway but not into Lambda; base64 makes a body a third larger."""
    return Finding(
        rule="request.event-too-large",
        what=f"The event holds {size} bytes; Lambda takes {MAX_EVENT_BYTES}",
        fix="Upload to S3 with a presigned URL and send its key",
        recorded=False,
    )
