"""The rules: what may be created and changed, and what it becomes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from orders import page
from orders.errors import InvalidRequestError
from orders.order import Order, checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orders.table import OrdersTable


def list_orders(table: OrdersTable, query: page.Query) -> page.Page:
    """One page of orders, in the table's own order: DynamoDB spreads them by a hash of the id."""
    found, last_seen = table.scan(status=query.status, limit=query.limit, after=query.after)
    return page.Page(tuple(found), page.token_after(last_seen, query.status) if last_seen else None)


def create(table: OrdersTable, fields: Mapping[str, Any]) -> Order:
    values = checked(fields, allowed=("item", "quantity"))
    missing = [name for name in ("item", "quantity") if name not in values]
    if missing:
        raise InvalidRequestError(f"missing: {', '.join(missing)}")
    now = _now()
    order = Order(str(uuid.uuid4()), values["item"], values["quantity"], "active", now, now)
    table.add(order)
    return order


def read(table: OrdersTable, order_id: str) -> Order:
    return table.get(order_id)


def update(table: OrdersTable, order_id: str, fields: Mapping[str, Any]) -> Order:
    """Set the fields the client named; the others stay."""
    values = checked(fields, allowed=("item", "quantity", "status"))
    if not values:
        raise InvalidRequestError("nothing to change; name item, quantity or status")
    return table.change(order_id, values, updated_at=_now())


def delete(table: OrdersTable, order_id: str) -> None:
    table.remove(order_id)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
