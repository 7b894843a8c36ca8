"""The Runtime API as HTTP: what a client sends, however it is cut into packets, and what it is answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local.runtime.scripted_worker import DEADLINE_MS, Scripted, invocation, packets

from apitool.local.runtime import runtime_api
from apitool.local.runtime.conversation import INVALID_REQUEST_ID, TOO_LARGE
from apitool.local.runtime.function import MAX_RESPONSE_BYTES
from apitool.local.runtime.runtime_api import Connection

PREFIX = "/2018-06-01/runtime"


class Transport(runtime_api.asyncio.Transport):
    """Remembers what was written."""

    def __init__(self):
        self.written = b""
        self.aborted = False

    def write(self, data):
        self.written += data

    def abort(self):
        self.aborted = True


def talk(data: bytes, cuts=()):
    events, transport = Scripted(), Transport()
    connection = Connection(events)
    connection.connection_made(transport)
    for packet in packets(data, cuts):
        connection.data_received(packet)
    return events.seen, transport


def written(say) -> bytes:
    transport = Transport()
    connection = Connection(Scripted())
    connection.connection_made(transport)
    say(connection)
    return transport.written


def post(path: str, body: bytes, *headers: str) -> bytes:
    lines = [
        f"POST {PREFIX}{path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"content-length: {len(body)}",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


GET = f"GET {PREFIX}/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode()


@given(st.lists(st.integers(0, 5000), max_size=20), st.binary(max_size=200))
def test_requests_are_read_the_same_however_they_are_cut(cuts, body):
    error = post("/invocation/r2/error", b"{}", "Lambda-Runtime-Function-Error-Type: KeyError")
    data = GET + post("/invocation/r1/response", body) + GET + error + post("/init/error", body)
    seen, transport = talk(data, cuts)
    assert seen == [
        ("next",),
        ("response", "r1", len(body), body, None),
        ("next",),
        ("error", "r2", 2, b"{}", "KeyError"),
        ("init", "", len(body), body, None),
    ]
    assert transport.written == written(Connection.accept) * 3


def test_an_invocation_is_handed_over_in_the_headers_of_the_runtime_api():
    made = invocation(b'{"name": "Zo\xc3\xab"}', trace_id="Root=1\r\nX: 2", client_context='{"custom": {}}')
    head, _, body = written(lambda connection: connection.hand_over(made, DEADLINE_MS)).partition(b"\r\n\r\n")
    assert head.decode().split("\r\n") == [
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        "Lambda-Runtime-Aws-Request-Id: r1",
        f"Lambda-Runtime-Deadline-Ms: {DEADLINE_MS}",
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x",
        "Lambda-Runtime-Trace-Id: Root=1 X: 2",
        'Lambda-Runtime-Client-Context: {"custom": {}}',
        f"Content-Length: {len(made.event)}",
    ]
    assert body == made.event


def test_a_body_over_the_limit_is_counted_but_not_kept():
    size = MAX_RESPONSE_BYTES + 70_000
    seen, _ = talk(post("/invocation/r/response", b"x" * size) + GET, range(0, size, 65_536))
    assert seen == [("response", "r", size, b"", None), ("next",)]


@pytest.mark.parametrize(
    "request_line",
    ["GET / HTTP/1.1", f"POST {PREFIX}/invocation/next HTTP/1.1", f"GET {PREFIX}/restore/next HTTP/1.1"],
)
def test_an_unknown_operation_is_not_found(request_line):
    seen, transport = talk(f"{request_line}\r\nHost: x\r\n\r\n".encode())
    assert seen == []
    assert transport.written.startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("header", ["Origin: https://evil.example", "Sec-Fetch-Site: cross-site"])
def test_a_browser_gets_no_event(header):
    seen, transport = talk(GET.replace(b"Accept: */*", header.encode()))
    assert seen == []
    assert transport.written.startswith(b"HTTP/1.1 403 ")


def test_a_head_without_end_is_refused():
    seen, transport = talk(b"GET / HTTP/1.1\r\nX: " + b"x" * 3_000_000, range(0, 3_000_000, 65_536))
    assert seen == []
    assert transport.aborted


@pytest.mark.parametrize(
    ("say", "status", "word"),
    [
        (Connection.accept, b"202 Accepted", b"OK"),
        (lambda connection: connection.refuse(INVALID_REQUEST_ID), b"400 Bad Request", b"InvalidRequestID"),
        (lambda connection: connection.refuse(TOO_LARGE), b"413 Payload Too Large", b"RequestEntityTooLarge"),
    ],
)
def test_answers_say_what_they_are_and_their_length(say, status, word):
    head, _, body = written(say).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status + b"\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert word in body
