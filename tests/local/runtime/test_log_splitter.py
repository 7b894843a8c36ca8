"""Bytes of a worker's output become log events, however they are cut on their way."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apitool.local.runtime.log_splitter import MAX_EVENT_BYTES, LogSplitter


def frame(message: str, at_ms: int = 1_700_000_000_123, kind: int = 0x03) -> bytes:
    data = message.encode()
    return (
        bytes([0xA5, 0x5A, 0, kind]) + len(data).to_bytes(4, "big") + (at_ms * 1000).to_bytes(8, "big") + data
    )


def split(data: bytes, cuts: list[int]) -> list[tuple[int | None, str]]:
    splitter = LogSplitter()
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    events = [event for a, b in pairwise(edges) for event in splitter.feed(data[a:b])]
    return [tuple(event) for event in events + splitter.close()]


lines = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)
parts = st.one_of(
    lines.map(lambda text: (text + "\n").encode()),
    st.builds(frame, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)),
)


@given(st.lists(parts, max_size=12), st.lists(st.integers(0, 2000), max_size=12))
def test_where_the_stream_is_cut_makes_no_difference(pieces, cuts):
    data = b"".join(pieces)
    assert split(data, cuts) == split(data, [])


@given(st.lists(parts, max_size=12), st.lists(st.integers(0, 2000), max_size=12))
def test_lines_and_frames_are_one_event_each_in_order(pieces, cuts):
    expected = [
        (1_700_000_000_123, piece[16:].decode()) if piece.startswith(b"\xa5Z\0") else (None, piece.decode())
        for piece in pieces
    ]
    assert split(b"".join(pieces), cuts) == expected


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_any_bytes_at_all_come_out_as_text(data, cuts):
    text = "".join(message for _, message in split(b"\n" + data + b"\n", cuts))
    assert text.startswith("\n")
    assert text.endswith("\n") or b"\xa5Z\0" in data


@given(st.integers(1, 4), st.sampled_from(["x", "ü", "€", "😀"]), st.integers(0, 3))
def test_what_is_too_long_for_one_event_is_cut_between_characters(times, character, shift):
    text = "a" * shift + character * (times * MAX_EVENT_BYTES // len(character.encode())) + "\n"
    for data in (text.encode(), frame(text)):
        events = [message for _, message in split(data, [5, MAX_EVENT_BYTES])]
        assert "".join(events) == text
        assert all(len(event.encode()) <= MAX_EVENT_BYTES for event in events)


def test_a_line_continues_around_a_frame_of_another_thread():
    splitter = LogSplitter()
    events = splitter.feed(b"one " + frame("framed\nlines") + b"line\n")
    assert [event.message for event in events] == ["framed\nlines", "one line\n"]


def test_an_unfinished_line_ends_with_its_invocation():
    splitter = LogSplitter()
    assert splitter.feed(b"no newline") == []
    assert [event.message for event in splitter.end_line()] == ["no newline"]
    assert splitter.end_line() == []


def test_a_frame_that_claims_an_absurd_length_is_text():
    data = b"\xa5\x5a\x00\x03\xff\xff\xff\xff12345678 and more\nnext\n"
    assert [message[-9:] for _, message in split(data, [])] == ["and more\n", "next\n"]


def test_a_frame_cut_off_by_a_crash_is_kept_as_text():
    assert split(b"before\n" + frame("the end is missing")[:24], [])[1][1].endswith("the end ")
