"""The identifiers AWS makes up for a request."""

from __future__ import annotations

import base64
import os
import time
from threading import Lock

from apitool.proxy.request import Ids

_UUID = 16  # bytes
_RANDOM = 2 * _UUID + 12 + 8 + 4  # bytes whose hex digits are used
_EXTENDED = 11  # bytes; in base64 15 characters and `=`
_STOCK = 8_192  # bytes
_VARIANTS = "89ab"  # the first digit of a UUID's fourth group (RFC 9562)


def new_ids() -> Ids:
    """Fresh ones, in AWS's shapes."""
    random = _random(_RANDOM + _EXTENDED)
    digits = random.hex()
    return Ids(
        request_id=_uuid(digits),
        extended_request_id=base64.urlsafe_b64encode(random[_RANDOM:]).decode(),
        trace_root=f"1-{int(time.time()):08x}-{digits[64:88]}",
        trace_parent=digits[88:104],
        trace_lineage=digits[104:112],
        endpoint_request_id=_uuid(digits[32:64]),
    )


def new_uuid() -> str:
    """A random one, as Lambda names an invocation. `uuid.uuid4` says the same in three times the time."""
    return _uuid(_random(_UUID).hex())


class _Stock:
    """Random bytes, asked of the system thousands at a time: every question is a system call."""

    def __init__(self) -> None:
        self._bytes = b""
        self._at = 0
        self._lock = Lock()

    def __call__(self, count: int) -> bytes:
        with self._lock:
            at, end = self._at, self._at + count
            if end > len(self._bytes):
                self._bytes = os.urandom(_STOCK)
                at, end = 0, count
            self._at = end
            return self._bytes[at:end]


_random = _Stock()


def _uuid(digits: str) -> str:
    """Version 4 of 32 random hex digits."""
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
