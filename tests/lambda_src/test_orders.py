"""Create, read, update and delete, as clients see them."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from urllib.parse import quote

import pytest
from tests.lambda_src.conftest import TABLE, row


def test_create_answers_201_with_the_order_and_where_it_is(api):
    answer = api.call("POST", "/orders", {"item": "tea", "quantity": 2})
    order = answer.json
    assert answer.status == 201
    assert answer.headers["content-type"] == "application/json"
    assert set(order) == {"orderId", "item", "quantity", "status", "createdAt", "updatedAt"}
    assert (order["item"], order["quantity"], order["status"]) == ("tea", 2, "active")
    assert str(uuid.UUID(order["orderId"])) == order["orderId"]
    assert order["createdAt"] == order["updatedAt"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", order["createdAt"])
    assert datetime.fromisoformat(order["createdAt"]).utcoffset().total_seconds() == 0
    assert answer.headers["location"] == f"/prod/orders/{order['orderId']}"


def test_location_carries_a_custom_domains_base_path_instead_of_the_stage(api):
    answer = api.call("POST", "/orders", {"item": "tea", "quantity": 2}, base="/shop")
    assert answer.headers["location"].startswith("/shop/orders/")


def test_a_created_order_can_be_read(api):
    order = api.create("tea", 2)
    answer = api.call("GET", f"/orders/{order['orderId']}")
    assert (answer.status, answer.json) == (200, order)


def test_an_order_lies_in_the_table_under_the_names_clients_see(api):
    order = api.create("tea", 2)
    stored = api.dynamodb.get_item(TableName=TABLE, Key={"orderId": {"S": order["orderId"]}})["Item"]
    assert {name: next(iter(value.values())) for name, value in stored.items()} == order | {"quantity": "2"}


@pytest.mark.parametrize(
    "changes",
    [{"quantity": 5}, {"item": "coffee"}, {"status": "shipped"}, {"item": "mate", "status": "active"}],
)
def test_update_sets_what_it_names_and_keeps_the_rest(api, changes):
    order = api.create()
    answer = api.call("PUT", f"/orders/{order['orderId']}", changes)
    assert answer.status == 200
    assert answer.json == order | changes | {"updatedAt": answer.json["updatedAt"]}
    assert answer.json["updatedAt"] >= order["updatedAt"]
    assert api.call("GET", f"/orders/{order['orderId']}").json == answer.json


def test_delete_answers_204_with_an_empty_string(api):
    path = f"/orders/{api.create()['orderId']}"
    answer = api.call("DELETE", path)
    assert (answer.status, answer.body) == (204, "")
    assert api.call("GET", path).status == 404


@pytest.mark.parametrize(("method", "document"), [("GET", None), ("PUT", {"quantity": 3}), ("DELETE", None)])
def test_an_order_that_does_not_exist_is_404_and_stays_so(api, method, document):
    answer = api.call(method, "/orders/12345", document)
    assert (answer.status, answer.json) == (404, {"message": "no such order"})
    assert api.call("GET", "/orders").json == {"orders": []}


def test_path_parameters_arrive_encoded_and_are_decoded(api):
    order_id = "tea & biscuits/100%@home"
    api.dynamodb.put_item(TableName=TABLE, Item=row(order_id))
    answer = api.call("GET", f"/orders/{quote(order_id, safe='')}")
    assert answer.json["orderId"] == order_id


@pytest.mark.parametrize("order_id", ["%00", "%FF", "a" * 3000, "%F0%9F%8D%B5", "..", "%2e%2e%2f"])
def test_an_id_no_order_can_have_is_404(api, order_id):
    assert api.call("GET", f"/orders/{order_id}").status == 404


def test_a_trailing_slash_changes_nothing(api):
    order = api.create()
    assert api.call("GET", f"/orders/{order['orderId']}/").json == order
    assert api.call("GET", "/orders/").json["orders"] == [order]
