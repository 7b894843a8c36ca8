"""The table of orders: the only module that knows DynamoDB.

Every write is conditional, so an order is never overwritten by a create nor brought back by an update.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from orders.errors import OrderNotFoundError
from orders.order import Order, is_order_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import AttributeValueTypeDef, ScanInputTypeDef

    Row = Mapping[str, AttributeValueTypeDef]

# All tries together end before the function's own timeout (10 s), so that trouble is answered and logged.
CLIENT = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 3, "mode": "standard"})

SCAN_LIMIT = 100  # rows read by one call
MAX_SCANS = 10  # calls for one page: with a rare status a page ends short rather than late


@dataclass(frozen=True, slots=True)
class OrdersTable:
    """The orders in one DynamoDB table with the hash key `orderId`."""

    client: DynamoDBClient
    name: str

    @classmethod
    def connect(cls, name: str) -> OrdersTable:
        """Region, endpoint and credentials come from the environment, as Lambda sets it."""
        return cls(boto3.client("dynamodb", config=CLIENT), name)

    def add(self, order: Order) -> None:
        self.client.put_item(
            TableName=self.name, Item=_row(order), ConditionExpression="attribute_not_exists(orderId)"
        )

    def get(self, order_id: str) -> Order:
        """Reads consistently: a client that was just told of the order finds it."""
        answer = self.client.get_item(TableName=self.name, Key=_key(order_id), ConsistentRead=True)
        if "Item" not in answer:
            raise OrderNotFoundError
        return _order(answer["Item"])

    def change(self, order_id: str, values: Mapping[str, Any], *, updated_at: str) -> Order:
        """Set `values` (names as in the table) on an order that exists, and return what it is now."""
        row: dict[str, AttributeValueTypeDef] = {n: _attribute(v) for n, v in values.items()}
        row["updatedAt"] = {"S": updated_at}
        try:
            answer = self.client.update_item(
                TableName=self.name,
                Key=_key(order_id),
                ConditionExpression="attribute_exists(orderId)",
                # `status` and others are reserved words to DynamoDB, so every name goes in as a placeholder.
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in row),
                ExpressionAttributeNames={f"#{name}": name for name in row},
                ExpressionAttributeValues={f":{name}": value for name, value in row.items()},
                ReturnValues="ALL_NEW",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            raise OrderNotFoundError from None
        return _order(answer["Attributes"])

    def remove(self, order_id: str) -> None:
        try:
            self.client.delete_item(
                TableName=self.name, Key=_key(order_id), ConditionExpression="attribute_exists(orderId)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            raise OrderNotFoundError from None

    def scan(self, *, status: str | None, limit: int, after: str | None) -> tuple[list[Order], str | None]:
        """Up to `limit` orders after the order `after`, and the id to go on from, None at the end.

        DynamoDB applies its own limit before the filter, so one call may return few rows or none while there
        are more: calls follow each other until the page is full, MAX_SCANS at most.
        """
        found: list[Order] = []
        for rows, position in self._scans(status, after, at_once=SCAN_LIMIT if status else limit):
            found += (_order(row) for row in rows)
            if len(found) > limit:
                return found[:limit], found[limit - 1].order_id
            if len(found) == limit or position is None:
                return found, position
            after = position
        return found, after

    def _scans(
        self, status: str | None, after: str | None, *, at_once: int
    ) -> Iterator[tuple[list[Row], str | None]]:
        """The rows of up to MAX_SCANS calls, each with the id it ended at, None at the end of the table."""
        request: ScanInputTypeDef = {"TableName": self.name, "Limit": at_once}
        if status:
            request["FilterExpression"] = "#status = :status"
            request["ExpressionAttributeNames"] = {"#status": "status"}
            request["ExpressionAttributeValues"] = {":status": {"S": status}}
        for _ in range(MAX_SCANS):
            if after is not None:
                request["ExclusiveStartKey"] = _key(after)
            answer = self.client.scan(**request)
            last = answer.get("LastEvaluatedKey")
            after = last["orderId"]["S"] if last else None
            yield list(answer["Items"]), after
            if after is None:
                return


def _key(order_id: str) -> dict[str, AttributeValueTypeDef]:
    """Raises OrderNotFoundError for what can't be a key: DynamoDB would call it a validation error."""
    if not is_order_id(order_id):
        raise OrderNotFoundError
    return {"orderId": {"S": order_id}}


def _attribute(value: str | int) -> AttributeValueTypeDef:
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def _row(order: Order) -> dict[str, AttributeValueTypeDef]:
    return {name: _attribute(value) for name, value in order.document().items()}


def _order(row: Row) -> Order:
    return Order(
        order_id=row["orderId"]["S"],
        item=row["item"]["S"],
        quantity=int(row["quantity"]["N"]),
        status=row["status"]["S"],
        created_at=row["createdAt"]["S"],
        updated_at=row["updatedAt"]["S"],
    )
