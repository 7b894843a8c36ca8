r"""A worker's output, bytes in, log events out. Pure.

Everything a worker writes comes through one pipe, so that lines keep the order in which they were written:
text from stdout and stderr, one event a line, and the frames awslambdaric writes for `logging` records and
errors, one event each however many lines it has. A frame is `a55a00xx`, length (4 bytes), microseconds since
the epoch (8 bytes), all big-endian, then the message (awslambdaric, `FramedTelemetryLogSink`).
"""

from __future__ import annotations

from typing import NamedTuple

_MAGIC = b"\xa5\x5a\x00"
_HEADER_BYTES = 16
_MAX_FRAME_BYTES = 8 * 1024 * 1024  # a longer one is chance bytes in binary output, not a frame
_FRAME_TYPES = frozenset(range(0x02, 0x1C))
MAX_EVENT_BYTES = 262_118  # CloudWatch Logs: 256 KiB an event, less 26 bytes of its own


class Event(NamedTuple):
    """One log event: when (None: now) in ms since the epoch, and the text."""

    timestamp_ms: int | None
    message: str


class LogSplitter:
    """Keeps what is not complete yet: a line without its newline, a frame without its end."""

    def __init__(self) -> None:
        self._raw = b""
        self._line = b""

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        raw = self._raw + data if self._raw else data
        while (at := raw.find(_MAGIC)) >= 0:
            self._text(raw[:at], events)
            raw = raw[at:]
            size = _frame_size(raw)
            if size is None or size > len(raw):
                break
            if size:
                events += _events(
                    raw[_HEADER_BYTES:size], int.from_bytes(raw[8:_HEADER_BYTES], "big") // 1000
                )
            else:  # the three bytes were text after all
                size = len(_MAGIC)
                self._text(raw[:size], events)
            raw = raw[size:]
        else:
            keep = _magic_begun(raw)
            self._text(raw[: len(raw) - keep], events)
            raw = raw[len(raw) - keep :]
        self._raw = raw
        return events

    def end_line(self) -> list[Event]:
        """The invocation is over: an unfinished line is an event of its own, without a newline."""
        line, self._line = self._line, b""
        return _events(line, None) if line else []

    def close(self) -> list[Event]:
        """The worker is gone: everything left is text."""
        self._line, self._raw = self._line + self._raw, b""
        return self.end_line()

    def _text(self, data: bytes, events: list[Event]) -> None:
        *lines, rest = data.split(b"\n")
        for line in lines:
            events += _events(self._line + line + b"\n", None)
            self._line = b""
        self._line += rest
        while len(self._line) > MAX_EVENT_BYTES:  # memory stays bounded when no newline ever comes
            cut = _cut(self._line)
            events += _events(self._line[:cut], None)
            self._line = self._line[cut:]


def _frame_size(raw: bytes) -> int | None:
    """Bytes of the frame at the start of `raw`; 0 if it is none, None if more bytes are needed to tell."""
    if len(raw) < _HEADER_BYTES:
        return None if len(raw) <= len(_MAGIC) or raw[3] in _FRAME_TYPES else 0
    length = int.from_bytes(raw[4:8], "big")
    return _HEADER_BYTES + length if raw[3] in _FRAME_TYPES and length <= _MAX_FRAME_BYTES else 0


def _magic_begun(raw: bytes) -> int:
    """How many bytes at the end could be the beginning of a frame."""
    return next((n for n in (2, 1) if raw.endswith(_MAGIC[:n])), 0)


def _events(data: bytes, timestamp_ms: int | None) -> list[Event]:
    """Invalid UTF-8 becomes U+FFFD, as in CloudWatch; what is too long for one event becomes several."""
    events = []
    while len(data) > MAX_EVENT_BYTES:
        cut = _cut(data)
        events.append(Event(timestamp_ms, data[:cut].decode(errors="replace")))
        data = data[cut:]
    events.append(Event(timestamp_ms, data.decode(errors="replace")))
    return events


def _cut(data: bytes) -> int:
    """Where to cut, not inside a character: at most three continuation bytes are left to the next event."""
    cut = MAX_EVENT_BYTES
    while cut > MAX_EVENT_BYTES - 3 and data[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - UTF-8: 10xxxxxx continues
        cut -= 1
    return cut
