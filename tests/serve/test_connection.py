"""Whatever bytes arrive: an answer of HTTP's or the end of the connection, and the server goes on."""

from __future__ import annotations

import re
import socket
import time
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.serve.conftest import read_all

GOOD = b"GET /dev/nope HTTP/1.1\r\nHost: localhost\r\n\r\n"
CLOSING = b"GET /dev/nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
TOKENS = st.sampled_from(
    b"GET |POST |/dev/nope| HTTP/1.1| HTTP/1.0|\r\n|\n|\r\n\r\n|Host: x|Content-Length: 5|Content-Length: -1|"
    b"Transfer-Encoding: chunked|5\r\nhello\r\n|0\r\n\r\n|Connection: Upgrade\r\nUpgrade: websocket|"
    b"Expect: 100-continue|\x00|\xff\xfe|: |%|//".split(b"|")
)
anything = st.one_of(st.binary(max_size=400), st.lists(TOKENS, max_size=25).map(b"".join))


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in STATUS.findall(answer)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=anything)
def test_any_bytes_get_an_answer_or_the_end(shop, data):
    answer = shop.raw(data, shut=True, timeout=10)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert b"Traceback" not in answer
    assert 500 not in statuses(answer)
    assert statuses(shop.raw(CLOSING)) == [403]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, len(GOOD) - 1), max_size=6), count=st.integers(1, 5))
def test_requests_cut_anywhere_and_sent_ahead_are_answered_in_order(shop, cuts, count):
    data = GOOD * (count - 1) + CLOSING
    places = [0, *sorted({cut * count for cut in cuts if cut * count < len(data)}), len(data)]
    with socket.create_connection(("127.0.0.1", shop.port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start, end in pairwise(places):
            connection.sendall(data[start:end])
        assert statuses(read_all(connection)) == [403] * count


def test_a_chunked_body_arrives_whole(shop):
    head = b"POST /dev/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    answer = shop.raw(head + b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
    assert b'\\"body\\": \\"hello world\\"' in answer or b'"body": "hello world"' in answer


def test_a_client_that_waits_for_100_gets_it(shop):
    head = b"POST /dev/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
    with socket.create_connection(("127.0.0.1", shop.port), timeout=10) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"hi")
        assert statuses(read_all(connection)) == [200]


def test_http_1_0_is_answered_and_closed(shop):
    assert statuses(shop.raw(b"GET /dev/nope HTTP/1.0\r\n\r\n")) == [403]


def test_too_many_header_bytes_are_a_431(shop):
    for size in (12_000, 200_000):
        answer = shop.raw(b"GET /dev/echo HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * size + b"\r\n\r\n")
        assert statuses(answer) == [431], size


def test_a_head_that_never_ends_is_a_431(shop):
    answer = shop.raw(b"GET /dev/echo HTTP/1.1\r\nX-A: " + b"a" * 300_000)
    assert statuses(answer) == [431]


def test_a_body_over_10_mb_is_a_413_before_it_is_all_there(shop):
    head = b"POST /dev/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", shop.port), timeout=20) as connection:
        connection.sendall(head)
        for _ in range(11):
            connection.sendall(bytes(1_048_576))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_an_upgrade_is_answered_as_a_request(shop):
    upgrade = (
        b"GET /dev/nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05hello"
    )
    assert statuses(shop.raw(upgrade)) == [403]


def test_a_client_that_is_gone_leaves_nothing_behind(shop):
    before = shop.serving.server.connections
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", shop.port)) as connection:
            connection.sendall(b"GET /dev/slow HTTP/1.1\r\nHost: x\r\n\r\n")
    assert statuses(shop.raw(CLOSING)) == [403]
    deadline = time.monotonic() + 10  # seconds: what was asked runs to its end, as on AWS
    while shop.serving.server.connections > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert shop.serving.server.connections <= before
