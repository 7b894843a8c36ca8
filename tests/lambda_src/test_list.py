"""The list: filter, limit, pages and their token."""

from __future__ import annotations

import base64
import json
from itertools import chain
from urllib.parse import quote

import pytest


def pages(api, query: str) -> list[list[str]]:
    """The ids of every page, following the token to the end."""
    found, token = [], ""
    while len(found) < 200:
        answer = api.call("GET", "/orders", query=f"{query}{token}")
        assert answer.status == 200
        found.append([order["orderId"] for order in answer.json["orders"]])
        if "nextToken" not in answer.json:
            return found
        token = f"&nextToken={quote(answer.json['nextToken'])}"
    raise AssertionError("the list never ends")


def test_no_orders_is_an_empty_list(api):
    assert api.call("GET", "/orders").json == {"orders": []}


def test_quantities_are_numbers(api):
    api.create("tea", 7)
    assert '"quantity":7,' in api.call("GET", "/orders").body


@pytest.mark.parametrize("limit", [1, 7, 20, 100])
def test_pages_hold_every_order_once_and_never_more_than_the_limit(api, limit):
    api.seed(45)
    found = pages(api, f"limit={limit}")
    assert all(len(page) <= limit for page in found)
    assert sorted(chain(*found)) == [f"active-{n:04}" for n in range(45)]


def test_a_page_is_twenty_orders_unless_asked_otherwise(api):
    api.seed(21)
    assert [len(page) for page in pages(api, "")] == [20, 1]


def test_the_filter_holds_across_pages(api):
    api.seed(30)
    api.seed(25, "shipped")
    found = pages(api, "status=shipped&limit=10")
    assert sorted(chain(*found)) == [f"shipped-{n:04}" for n in range(25)]
    assert [len(page) for page in found[:2]] == [10, 10]


def test_a_rare_status_ends_the_page_short_with_a_token_and_is_still_found(api):
    api.seed(1_150)
    api.seed(1, "cancelled")
    found = pages(api, "status=cancelled")
    assert list(chain(*found)) == ["cancelled-0000"]
    assert len(found) == 2


def test_one_page_reads_a_bounded_number_of_rows(api, module):
    api.seed(1_150)
    limits = []
    module.table.client.meta.events.register(
        "provide-client-params.dynamodb.Scan",
        lambda params, **_: limits.append(params["Limit"]),
        unique_id="spy",
    )
    try:
        api.call("GET", "/orders", query="status=cancelled")
        api.call("GET", "/orders", query="limit=30")
    finally:
        module.table.client.meta.events.unregister("provide-client-params.dynamodb.Scan", unique_id="spy")
    assert limits == [100] * 10 + [30]


@pytest.mark.parametrize(
    "limit", ["0", "-1", "101", "1000", "abc", "", "1.5", "1e1", "+5", "%D9%A3", "9" * 5000]
)
def test_a_limit_out_of_range_is_400(api, limit):
    answer = api.call("GET", "/orders", query=f"limit={limit}")
    assert (answer.status, answer.message) == (400, "limit must be a whole number from 1 to 100")


def test_an_unknown_status_is_400_and_names_the_known(api):
    answer = api.call("GET", "/orders", query="status=lost")
    assert answer.status == 400
    assert answer.message == "status must be one of: active, shipped, completed, cancelled"


def token_of(api, query: str = "limit=1") -> str:
    return api.call("GET", "/orders", query=query).json["nextToken"]


def test_a_token_damaged_anywhere_is_400(api):
    api.seed(3)
    token = token_of(api)
    damaged = [token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token))]
    for wrong in (*damaged, token[:-1], token + "A", token + "=", token + "%20", ""):
        answer = api.call("GET", "/orders", query=f"nextToken={wrong}")
        assert answer.status == 400, wrong
        assert "nextToken" in answer.message


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b'["x"]', b"null", b"[1,null]", b"[" * 10_000, b"\xff", b'["",null]']
)
def test_a_token_nobody_gave_out_is_400(api, payload):
    token = base64.urlsafe_b64encode(b"\0" * 12 + payload).decode()
    assert api.call("GET", "/orders", query=f"nextToken={token}").status == 400


def test_a_token_forged_for_an_impossible_id_is_400(api, module):
    forge = module.page.token_after
    for order_id in ("", "x" * 3000, "\ud800"):
        assert api.call("GET", "/orders", query=f"nextToken={forge(order_id, None)}").status == 400


def test_a_token_belongs_to_its_filter(api):
    api.seed(3)
    token = token_of(api, "status=active&limit=1")
    assert api.call("GET", "/orders", query=f"nextToken={token}").status == 400
    assert api.call("GET", "/orders", query=f"nextToken={token}&status=shipped").status == 400
    assert api.call("GET", "/orders", query=f"nextToken={token}&status=active").status == 200


def test_a_token_still_leads_on_when_the_order_it_names_is_gone(api):
    api.seed(5)
    first = api.call("GET", "/orders", query="limit=2").json
    api.call("DELETE", f"/orders/{first['orders'][-1]['orderId']}")
    rest = api.call("GET", "/orders", query=f"nextToken={first['nextToken']}").json
    assert len(rest["orders"]) == 3
    assert not {json.dumps(o) for o in first["orders"]} & {json.dumps(o) for o in rest["orders"]}
