"""Pages of the list: what the query asks for, and the token that leads to the next page.

A token is the key the next scan starts after, with the filter it belongs to and a checksum. Opaque, not
secret: it grants nothing the list itself doesn't, so the checksum guards against damage and guesswork only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orders.errors import InvalidRequestError
from orders.order import Order, check_status, is_order_id

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LIMIT = 20  # orders
MAX_LIMIT = 100  # orders
CHECKSUM_LENGTH = 12  # bytes


@dataclass(frozen=True, slots=True)
class Query:
    """What the client asked the list for. `after` is the id of the last order it has seen."""

    status: str | None = None
    limit: int = DEFAULT_LIMIT
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Up to `limit` orders. There may be more exactly when `next_token` is set, even if the page is short."""

    orders: tuple[Order, ...]
    next_token: str | None

    def document(self) -> dict[str, Any]:
        listed: dict[str, Any] = {"orders": [order.document() for order in self.orders]}
        return listed | ({"nextToken": self.next_token} if self.next_token else {})


def query(parameters: Mapping[str, str]) -> Query:
    """The query parameters `status`, `limit` and `nextToken`; others are ignored.

    Raises InvalidRequestError.
    """
    status, limit, token = (parameters.get(name) for name in ("status", "limit", "nextToken"))
    if status is not None:
        check_status(status)
    return Query(
        status=status,
        limit=DEFAULT_LIMIT if limit is None else _limit(limit),
        after=None if token is None else _opened(token, status),
    )


def token_after(order_id: str, status: str | None) -> str:
    """The token of the page that follows `order_id`."""
    payload = json.dumps([order_id, status], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_checksum(payload) + payload).decode().rstrip("=")


def _opened(token: str, status: str | None) -> str:
    refusal = InvalidRequestError("nextToken is not one this list gave out for this status")
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        order_id, token_status = json.loads(raw[CHECKSUM_LENGTH:])
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise refusal from None
    # Compared as a whole: base64 and JSON both have several spellings of one value, and only ours is ours.
    if not isinstance(order_id, str) or token_status != status or token_after(order_id, status) != token:
        raise refusal
    if not is_order_id(order_id):
        raise refusal
    return order_id


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(b"orders.page.1:" + payload).digest()[:CHECKSUM_LENGTH]


def _limit(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_LIMIT)) else 0
    if not 1 <= number <= MAX_LIMIT:
        raise InvalidRequestError(f"limit must be a whole number from 1 to {MAX_LIMIT}")
    return number
