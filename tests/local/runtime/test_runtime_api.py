"""The Runtime API as HTTP: what a client sends, however it is cut into packets, and what it is answered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.local.runtime import runtime_api
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


class Events:
    """The worker's side: remembers, and accepts."""

    def __init__(self):
        self.seen = []

    def opened(self, connection): ...
    def closed(self, connection): ...

    def wants_next(self, _connection, *, all_read):
        self.seen.append("next, all read" if all_read else "next")

    def responded(self, connection, request_id, posted):
        self._post(connection, ("response", request_id, posted.size, posted.body))

    def failed(self, connection, request_id, posted):
        self._post(connection, ("error", request_id, posted.body, posted.error_type))

    def init_failed(self, connection, posted):
        self._post(connection, ("init", posted.body, posted.error_type))

    def _post(self, connection, event):
        self.seen.append(event)
        connection.send(runtime_api.ACCEPTED)


def talk(data: bytes, cuts=()):
    events, transport = Events(), Transport()
    connection = Connection(events)
    connection.connection_made(transport)
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for a, b in pairwise(edges):
        if a < b:
            connection.data_received(data[a:b])
    return events.seen, transport


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
        "next",
        ("response", "r1", len(body), body),
        "next",
        ("error", "r2", b"{}", "KeyError"),
        ("init", body, None),
    ]
    assert transport.written == runtime_api.ACCEPTED * 3


def test_what_is_accepted_waits_for_the_event_the_client_has_asked_for_already():
    events, transport = Events(), Transport()
    connection = Connection(events)
    connection.connection_made(transport)
    connection.data_received(post("/invocation/r1/response", b"{}") + GET)
    assert transport.written == b""
    connection.send(b"the event")
    assert transport.written == runtime_api.ACCEPTED + b"the event"


def test_a_client_says_that_its_output_was_read():
    seen, _ = talk(GET.replace(b"Accept: */*", b"x-apitool-output: read"))
    assert seen == ["next, all read"]


def test_a_body_over_the_limit_is_counted_but_not_kept():
    size = MAX_RESPONSE_BYTES + 70_000
    seen, _ = talk(post("/invocation/r/response", b"x" * size) + GET, range(0, size, 65_536))
    assert seen == [("response", "r", size, b""), "next"]


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


def test_answers_say_their_length():
    for answer in (runtime_api.ACCEPTED, runtime_api.INVALID_REQUEST_ID, runtime_api.TOO_LARGE):
        head, _, body = answer.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}".encode() in head
