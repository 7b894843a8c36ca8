"""An order, and which values its fields take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orders.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

STATUSES = ("active", "shipped", "completed", "cancelled")
MAX_ITEM_LENGTH = 200  # characters
MAX_QUANTITY = 1_000_000
MAX_ID_LENGTH = 2048  # bytes; DynamoDB's limit for a hash key


@dataclass(frozen=True, slots=True)
class Order:
    """One row of the table. Times are UTC, ISO 8601 with milliseconds."""

    order_id: str
    item: str
    quantity: int
    status: str
    created_at: str
    updated_at: str

    def document(self) -> dict[str, Any]:
        """The order as clients see it."""
        return {
            "orderId": self.order_id,
            "item": self.item,
            "quantity": self.quantity,
            "status": self.status,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        }


def checked(fields: Mapping[str, Any], *, allowed: Collection[str]) -> dict[str, Any]:
    """`fields` again, once every name is one of `allowed` and every value one its field takes.

    Raises InvalidRequestError naming the first field that is wrong.
    """
    unknown = sorted(set(fields) - set(allowed))
    if unknown:
        raise InvalidRequestError(f"unknown field; known here: {', '.join(sorted(allowed))}")
    for name, value in fields.items():
        _CHECKS[name](value)
    return dict(fields)


def is_order_id(text: str) -> bool:
    """Whether an order could have this id at all."""
    return _is_unicode(text) and 0 < len(text.encode()) <= MAX_ID_LENGTH


def check_status(value: object) -> None:
    if value not in STATUSES:
        raise InvalidRequestError(f"status must be one of: {', '.join(STATUSES)}")


def _check_item(value: object) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_ITEM_LENGTH:
        raise InvalidRequestError(f"item must be text of 1 to {MAX_ITEM_LENGTH} characters")
    if not _is_unicode(value):
        raise InvalidRequestError("item must be valid Unicode; it holds half a surrogate pair")


def _check_quantity(value: object) -> None:
    # bool is an int to Python and not to JSON
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_QUANTITY:
        raise InvalidRequestError(f"quantity must be a whole number from 1 to {MAX_QUANTITY}")


def _is_unicode(text: str) -> bool:
    """JSON can spell half a surrogate pair; nothing that speaks UTF-8 can store it."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


_CHECKS = {"item": _check_item, "quantity": _check_quantity, "status": check_status}
