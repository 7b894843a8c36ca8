"""Messages of `application/vnd.amazon.eventstream`, as AWS frames what it pushes.

A message is two lengths and their checksum, headers, payload, and a checksum of all before it. Taken from
Smithy's description: https://smithy.io/2.0/aws/amazon-eventstream.html
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_STRING = 7  # the type of a header's value
_FRAME = 16  # bytes: lengths, their checksum, the last checksum


def event(kind: str, payload: Mapping[str, object]) -> bytes:
    """One event of a JSON protocol, e.g. `sessionUpdate`."""
    return _message(
        {":message-type": "event", ":event-type": kind, ":content-type": "application/json"},
        json.dumps(payload).encode(),
    )


def _message(headers: Mapping[str, str], payload: bytes) -> bytes:
    head = b"".join(_header(name, value) for name, value in headers.items())
    lengths = struct.pack("!II", _FRAME + len(head) + len(payload), len(head))
    body = lengths + struct.pack("!I", zlib.crc32(lengths)) + head + payload
    return body + struct.pack("!I", zlib.crc32(body))


def _header(name: str, value: str) -> bytes:
    key, text = name.encode(), value.encode()
    return struct.pack("!B", len(key)) + key + struct.pack("!BH", _STRING, len(text)) + text
