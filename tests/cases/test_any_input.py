"""No bytes and no value crash a gateway, hang it, or make it say what AWS could not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.cases.any_input import ANY_BYTES, ANY_RETURN
from tests.cases.case import ECHO, Api, Case, Sent, routes
from tests.cases.checks import EXTENDED_ID, REQUEST_ID
from tests.cases.hostile import HOSTILE
from tests.cases.wire import Answered, answers_in, exchange

if TYPE_CHECKING:
    from tests.cases.shells import Shell

OPEN = Api("open", routes("ANY /{proxy+}"))
ALIVE = Case("alive", "", OPEN, Sent("GET /dev/alive"), print, {"statusCode": 200, "body": "alive"})
PATIENCE = 10.0  # seconds until an answer is one that will never come
OURS = re.compile(rb"Traceback|\.py\b|/apitool/|site-packages|Error\(")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
GATEWAYS = {400, 403, 413, 431, 500, 502, 504} | {404, 405}  # the last two of the live page, beside the API
ONCE = ("content-length", "x-amzn-requestid", "x-amz-apigw-id", "date", "connection")
FAST = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DEEP = settings(max_examples=3_000, deadline=None, database=None)


def alive(shell: Shell) -> bool:
    return shell.answer(ALIVE).body == b"alive"


def sendable(answer: Answered) -> None:
    """Something AWS could have sent."""
    assert 200 <= answer.status <= 599
    assert not OURS.search(answer.head)
    assert all(TOKEN.fullmatch(name) for name, _ in answer.headers)
    assert not any(set(value) & set("\r\n\0") for _, value in answer.headers)
    names = [name.lower() for name, _ in answer.headers]
    assert all(names.count(name) <= 1 for name in ONCE)
    assert "transfer-encoding" not in names


def survives(shell: Shell, data: bytes) -> None:
    shell.answer(ALIVE)  # `serve` now has the API, and the function its answer
    received = exchange(shell.port, data, timeout=PATIENCE, shut=True)
    assert not OURS.search(received)
    if b"HEAD" not in data:  # whose answers name a length and have none
        for answer in answers_in(received):
            sendable(answer)
            assert answer.body == b"alive" or answer.status in GATEWAYS
    assert alive(shell)


def answers_as_aws_could(shell: Shell, value: object) -> None:
    answer = shell.answer(Case("any", "", OPEN, Sent("GET /dev/any"), print, value))
    sendable(answer)
    assert REQUEST_ID.fullmatch(answer.header("x-amzn-RequestId") or "")
    assert EXTENDED_ID.fullmatch(answer.header("x-amz-apigw-id") or "")
    if answer.header("x-amzn-ErrorType") is None:
        assert isinstance(value, dict)
        assert set(value) <= {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
        assert answer.status == int(value.get("statusCode", 200))
    else:
        assert answer.status in {500, 502}
        assert answer.body == b'{"message": "Internal server error"}'


@FAST
@given(data=ANY_BYTES)
def test_any_bytes_of_a_client(shell: Shell, data: bytes) -> None:
    survives(shell, data)


@FAST
@given(value=ANY_RETURN)
def test_any_value_of_a_function(shell: Shell, value: object) -> None:
    answers_as_aws_could(shell, value)


@pytest.mark.parametrize("name", HOSTILE)
def test_bytes_no_client_means_well_with(shell: Shell, name: str) -> None:
    data, statuses = HOSTILE[name]
    assert alive(shell)  # `serve` now has the API, and the function its answer
    received = exchange(shell.port, to(shell, data), timeout=PATIENCE, shut=True)
    assert not OURS.search(received)
    answers = answers_in(received)
    assert [answer.status for answer in answers] == statuses
    for answer in answers:
        sendable(answer)
    assert alive(shell)


def to(shell: Shell, data: bytes) -> bytes:
    """The same bytes for the API: the embedded AWS finds it by its name."""
    if shell.name != "embedded":
        return data
    host = f"{shell.id_of(OPEN)}.execute-api.us-east-1.amazonaws.com"  # type: ignore[attr-defined]
    return data.replace(b"Host: x", f"Host: {host}".encode())


@pytest.mark.slow
@DEEP
@given(data=ANY_BYTES)
def test_any_bytes_of_a_client_at_length(shell: Shell, data: bytes) -> None:
    survives(shell, data)


@pytest.mark.slow
@DEEP
@given(value=ANY_RETURN)
def test_any_value_of_a_function_at_length(shell: Shell, value: object) -> None:
    answers_as_aws_could(shell, value)


@pytest.mark.parametrize(
    "returned", [ECHO, {"statusCode": 200, "body": "x" * 5_000_000}], ids=["echo", "5 MB"]
)
def test_what_is_large_arrives_whole(shell: Shell, returned: object) -> None:
    body = b"y" * 2_000_000
    sent = Sent("POST /dev/large", (("Content-Type", "text/plain"),), body)
    answer = shell.answer(Case("large", "", OPEN, sent, print, returned))
    assert answer.status == 200
    assert len(answer.body) > len(body)


def test_who_sends_no_more_still_gets_the_answer(shell: Shell) -> None:
    assert alive(shell)
    request = to(shell, b"GET /dev/alive HTTP/1.1\r\nHost: x\r\n\r\n")
    assert [answer.status for answer in answers_in(exchange(shell.port, request * 3, shut=True))] == [200] * 3


def test_requests_sent_ahead_are_answered_in_order(shell: Shell) -> None:
    assert alive(shell)
    one = b"GET /dev/alive HTTP/1.1\r\nHost: x\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    statuses = [answer.status for answer in answers_in(exchange(shell.port, one * 5 + last))]
    assert statuses == [200] * 6


def test_a_byte_at_a_time_is_a_request(shell: Shell) -> None:
    assert alive(shell)
    data = b"GET /dev/alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert b"alive" in exchange(shell.port, data, pause=0.001)
