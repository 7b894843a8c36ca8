"""The control plane as a client on a bare socket finds it."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = pytest.mark.embedded

SOON = 10  # seconds; long enough on any machine
BODY = b"Action=GetCallerIdentity&Version=2011-06-15"
HEAD = (
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sts/aws4_request\r\n"
    b"Content-Length: %d\r\n" % len(BODY)
)


@contextmanager
def connected(embedded: Endpoint) -> Iterator[socket.socket]:
    where = urlsplit(embedded.control_url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=SOON) as client:
        yield client


def test_an_answer_comes_in_one_piece(embedded: Endpoint) -> None:
    """Apart, the head would come first nearly every time; Terraform's provider may then lose the body."""
    for _ in range(10):
        with connected(embedded) as client:
            client.sendall(HEAD + b"\r\n" + BODY)
            head, _, body = client.recv(65_536).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert body.rstrip().endswith(b"</GetCallerIdentityResponse>")


def test_who_waits_to_be_told_to_go_on_is_told(embedded: Endpoint) -> None:
    with connected(embedded) as client:
        client.sendall(HEAD + b"Expect: 100-continue\r\n\r\n")
        assert client.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(BODY)
        assert b"HTTP/1.1 200 " in client.recv(65_536)


def test_a_client_that_stops_in_the_middle_of_a_body_keeps_nobody_waiting(embedded: Endpoint) -> None:
    unsigned = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with connected(embedded) as stalled:
        stalled.sendall(unsigned + b"Content-Length: 100\r\n\r\nAction=")
        time.sleep(0.1)
        with urllib.request.urlopen(f"{embedded.control_url}/moto-api/", timeout=SOON) as answer:
            assert answer.status == 200
