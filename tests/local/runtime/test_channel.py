"""The gateway's end of a channel: frames however they are cut, and what is written to the other end."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.local.runtime.scripted_worker import DEADLINE_MS, Scripted, invocation, packets
from tests.local.runtime.scripted_worker import given as gives

from apitool.local.runtime import channel
from apitool.local.runtime.channel import Channel
from apitool.local.runtime.conversation import TOO_LARGE
from apitool.local.runtime.function import MAX_RESPONSE_BYTES


class Transport(channel.asyncio.Transport):
    """Remembers what was written, each message by itself."""

    def __init__(self):
        self.written = []
        self.aborted = False

    def write(self, data):
        self.written.append(data)

    def abort(self):
        self.aborted = True


def frame(kind: bytes, head: bytes = b"", body: bytes = b"", *, read: bool = False) -> bytes:
    return struct.pack(">cBHI", kind, read, len(head), len(body)) + head + body


def talk(data: bytes, *answers, cuts=()) -> tuple[Scripted, Transport]:
    events, transport = Scripted(*answers), Transport()
    made = Channel(events)
    made.connection_made(transport)
    for packet in packets(data, cuts):
        made.data_received(packet)
    return events, transport


@given(st.lists(st.integers(0, 5000), max_size=20), st.binary(max_size=200))
def test_frames_are_read_the_same_however_they_are_cut(cuts, body):
    data = frame(b"N") + frame(b"R", b"r1", body) + frame(b"N") + frame(b"E", b"r2", b"{}") + frame(b"N")
    events, transport = talk(data, cuts=cuts)
    assert events.seen == [
        ("next",),
        ("response", "r1", len(body), body, None),
        ("next",),
        ("error", "r2", 2, b"{}", None),
        ("next",),
    ]
    assert not transport.aborted


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_no_bytes_are_more_than_cut_off(data, cuts):
    events, _ = talk(data, cuts=cuts)
    assert all(kind in {"next", "response", "error"} for kind, *_ in events.seen)


def test_what_is_accepted_waits_for_the_event_the_client_has_asked_for_already():
    made = invocation(b'{"a": 1}')
    _, transport = talk(frame(b"R", b"r0", b"{}") + frame(b"N"), Channel.accept, gives(made))
    head = f"r1\n{DEADLINE_MS}\narn:aws:lambda:x\nRoot=1-2-3".encode()
    assert transport.written == [frame(b"A") + frame(b"I", head, b'{"a": 1}')]


def test_what_is_accepted_without_a_question_is_said_at_once():
    _, transport = talk(frame(b"R", b"r0", b"{}"))
    assert transport.written == [frame(b"A")]


def test_a_refusal_says_its_status_and_why():
    _, transport = talk(frame(b"R", b"r0", b"{}"), lambda client: client.refuse(TOO_LARGE))
    assert transport.written == [frame(b"X", b"413", TOO_LARGE.document.encode())]


def test_the_clients_context_is_a_line_more_and_every_line_stays_one():
    made = invocation(trace_id="Root=1\n\x00evil", client_context='{"custom":\n{}}')
    _, transport = talk(frame(b"N"), gives(made))
    lines = f'r1\n{DEADLINE_MS}\narn:aws:lambda:x\nRoot=1 evil\n{{"custom": {{}}}}'.encode()
    assert transport.written == [frame(b"I", lines, b"{}")]


def test_a_client_says_that_its_output_was_read():
    events, _ = talk(frame(b"N", read=True) + frame(b"N"))
    assert events.read == [True, False]


@pytest.mark.parametrize("size", [MAX_RESPONSE_BYTES, MAX_RESPONSE_BYTES + 1, MAX_RESPONSE_BYTES + 70_000])
def test_a_body_over_the_limit_is_counted_but_not_kept(size):
    data = frame(b"R", b"r", b"x" * size) + frame(b"N")
    events, _ = talk(data, cuts=range(0, len(data), 65_536))
    kept = b"x" * size if size == MAX_RESPONSE_BYTES else b""
    assert events.seen == [("response", "r", size, kept, None), ("next",)]


def test_who_does_not_keep_to_the_rules_is_cut_off():
    events, transport = talk(frame(b"?") + frame(b"N"))
    assert transport.aborted
    assert events.seen == []
