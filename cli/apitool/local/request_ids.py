"""The identifiers AWS makes up for a request."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Generic, TypeVar

from apitool.proxy.request import Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_AT_ONCE = 64
_UUID = 16  # bytes
_EXTENDED = 11  # bytes; in base64 15 characters and `=`
_TRACE = 12 + 8 + 4  # bytes
_VARIANTS = "89ab"  # the first digit of a UUID's fourth group (RFC 9562)


def new_ids() -> Ids:
    """Fresh ones, in AWS's shapes."""
    return _requests.take()


def new_uuid() -> str:
    """A random one, as Lambda names an invocation."""
    return _uuids.take()


class _Stock(Generic[T]):
    """What requests need one of each, made dozens at a time. Made one by one, between everything else that a
    request takes, each costs three times as much. From any thread.
    """

    def __init__(self, make: Callable[[], Iterator[T]]) -> None:
        self._make = make
        self._made: list[T] = []

    def take(self) -> T:
        while True:
            try:
                return self._made.pop()
            except IndexError:
                self._made.extend(self._make())


def _fresh_uuids() -> Iterator[str]:
    digits = os.urandom(_UUID * _AT_ONCE).hex()
    return (_uuid(digits[at : at + 2 * _UUID]) for at in range(0, len(digits), 2 * _UUID))


def _fresh_ids() -> Iterator[Ids]:
    extended = os.urandom(_EXTENDED * _AT_ONCE)
    trace = os.urandom(_TRACE * _AT_ONCE).hex()
    for number, request_id, endpoint_request_id in zip(
        range(_AT_ONCE), _fresh_uuids(), _fresh_uuids(), strict=True
    ):
        digits = trace[2 * number * _TRACE : 2 * (number + 1) * _TRACE]
        yield Ids(
            request_id=request_id,
            extended_request_id=base64.urlsafe_b64encode(
                extended[number * _EXTENDED : (number + 1) * _EXTENDED]
            ).decode(),
            trace_digits=digits[:24],
            trace_parent=digits[24:40],
            trace_lineage=digits[40:],
            endpoint_request_id=endpoint_request_id,
        )


def _uuid(digits: str) -> str:
    """Version 4 of 32 random hex digits."""
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


_requests = _Stock(_fresh_ids)
_uuids = _Stock(_fresh_uuids)
