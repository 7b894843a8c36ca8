"""What is refused, and how: status, message, headers. Nothing a client sends ends in a 500."""

from __future__ import annotations

import base64
import io
import json
import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lambda_src.events import proxy_event

JSON = {"Content-Type": "application/json"}
OBJECT = "the body must be a JSON object"
NOT_JSON = "the body is not valid JSON"
MISSING = "the body is missing; it must be a JSON object"
ITEM = "item must be text of 1 to 200 characters"
QUANTITY = "quantity must be a whole number from 1 to 1000000"

REFUSED_BODIES = {
    "null": (None, MISSING),
    "empty": ("", MISSING),
    "cut off": ('{"item":', NOT_JSON),
    "plain text": ("tea", NOT_JSON),
    "single quotes": ("{'item': 'tea'}", NOT_JSON),
    "NaN": ('{"item":"tea","quantity":NaN}', NOT_JSON),
    "name twice": ('{"item":"tea","item":"tea","quantity":1}', NOT_JSON),
    "100,000 levels deep": ("[" * 100_000, NOT_JSON),
    "number of 10,000 digits": ('{"item":"tea","quantity":' + "9" * 10_000 + "}", NOT_JSON),
    "list": ("[]", OBJECT),
    "string": ('"tea"', OBJECT),
    "JSON null": ("null", OBJECT),
    "no fields": ("{}", "missing: item, quantity"),
    "no quantity": ('{"item":"tea"}', "missing: quantity"),
    "unknown field": ('{"item":"tea","quantity":1,"price":1}', "unknown field; known here: item, quantity"),
    "own id": ('{"item":"tea","quantity":1,"orderId":"x"}', "unknown field; known here: item, quantity"),
    "own status": ('{"item":"tea","quantity":1,"status":"x"}', "unknown field; known here: item, quantity"),
    "item a number": ('{"item":1,"quantity":1}', ITEM),
    "item null": ('{"item":null,"quantity":1}', ITEM),
    "item empty": ('{"item":"","quantity":1}', ITEM),
    "item blank": ('{"item":" ","quantity":1}', ITEM),
    "item long": (json.dumps({"item": "x" * 201, "quantity": 1}), ITEM),
    "half a surrogate": (
        '{"item":"\\ud800","quantity":1}',
        "item must be valid Unicode; it holds half a surrogate pair",
    ),
    "quantity text": ('{"item":"tea","quantity":"2"}', QUANTITY),
    "quantity true": ('{"item":"tea","quantity":true}', QUANTITY),
    "quantity 1.5": ('{"item":"tea","quantity":1.5}', QUANTITY),
    "quantity 0": ('{"item":"tea","quantity":0}', QUANTITY),
    "quantity huge": ('{"item":"tea","quantity":1e400}', QUANTITY),
}


@pytest.mark.parametrize(("body", "message"), REFUSED_BODIES.values(), ids=REFUSED_BODIES)
def test_a_body_that_is_no_order_is_400_and_says_why(api, body, message):
    answer = api.call("POST", "/orders", headers=JSON, body=body)
    assert (answer.status, answer.json) == (400, {"message": message})
    assert api.call("GET", "/orders").json == {"orders": []}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "nothing to change; name item, quantity or status"),
        ({"status": "lost"}, "status must be one of: active, shipped, completed, cancelled"),
        ({"status": ["active"]}, "status must be one of: active, shipped, completed, cancelled"),
        ({"orderId": "x"}, "unknown field; known here: item, quantity, status"),
        ({"createdAt": "x"}, "unknown field; known here: item, quantity, status"),
        ({"quantity": -1}, QUANTITY),
    ],
)
def test_an_update_that_makes_no_sense_is_400_and_changes_nothing(api, document, message):
    order = api.create()
    answer = api.call("PUT", f"/orders/{order['orderId']}", document)
    assert (answer.status, answer.json) == (400, {"message": message})
    assert api.call("GET", f"/orders/{order['orderId']}").json == order


@pytest.mark.parametrize("name", ["content-type", "Content-Type", "CONTENT-TYPE"])
def test_header_names_are_read_in_any_case(api, name):
    answer = api.call("POST", "/orders", headers={name: "text/xml"}, body="<tea/>")
    assert (answer.status, answer.message) == (415, "the body must be application/json")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.shop+json",
        "",
    ],
)
def test_every_spelling_of_json_is_taken(api, content_type):
    body = '{"item":"tea","quantity":1}'
    assert api.call("POST", "/orders", headers={"Content-Type": content_type}, body=body).status == 201


def test_the_type_may_be_missing_or_curls_default(api):
    body = '{"item":"tea","quantity":1}'
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.call("POST", "/orders", body=body).status == 201
    assert api.call("POST", "/orders", headers=form, body=body).status == 201
    assert api.call("POST", "/orders", headers=form, body="item=tea&quantity=1").status == 400


def test_base64_bodies_are_decoded(api):
    body = base64.b64encode('{"item":"thé","quantity":1}'.encode()).decode()
    answer = api.call("POST", "/orders", headers=JSON, body=body, encoded=True)
    assert (answer.status, answer.json["item"]) == (201, "thé")


@pytest.mark.parametrize("body", ["%%%", "abc", base64.b64encode(b"\xff\xfe").decode(), "é"])
def test_base64_that_holds_no_text_is_400(api, body):
    answer = api.call("POST", "/orders", headers=JSON, body=body, encoded=True)
    assert (answer.status, answer.message) == (400, "the body is not UTF-8 text")


def test_an_event_with_null_maps_is_served(api):
    """TestInvokeMethod without headers sends null for both header maps."""
    event = proxy_event("GET", "/orders") | {"headers": None, "multiValueHeaders": None}
    assert api.handle(event).status == 200


@pytest.mark.parametrize("path", ["/", "/order", "/orders/1/lines", "/ORDERS", "/orders//x", "//"])
def test_an_unknown_resource_is_404(api, path):
    answer = api.call("GET", path)
    assert (answer.status, answer.json) == (404, {"message": "no such resource"})


@pytest.mark.parametrize(
    ("path", "methods", "allow"),
    [
        ("/orders", ["PUT", "PATCH", "DELETE", "HEAD"], "GET, POST"),
        ("/orders/1", ["POST", "PATCH", "HEAD"], "DELETE, GET, PUT"),
    ],
)
def test_a_method_a_resource_does_not_have_is_405_with_allow(api, path, methods, allow):
    for method in methods:
        answer = api.call(method, path)
        assert (answer.status, answer.json) == (405, {"message": "method not allowed"})
        assert answer.headers["allow"] == allow


@pytest.mark.parametrize(("path", "allow"), [("/orders", "GET, POST"), ("/orders/1", "DELETE, GET, PUT")])
def test_a_preflight_that_reaches_the_function_is_answered(api, path, allow):
    answer = api.call(
        "OPTIONS", path, headers={"Origin": "https://shop.example", "Access-Control-Request-Method": "PUT"}
    )
    assert (answer.status, answer.body, answer.headers["allow"]) == (204, "", allow)
    assert answer.headers["access-control-allow-methods"] == "GET,POST,PUT,DELETE,OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "Content-Type,Authorization"
    assert answer.headers["access-control-max-age"] == "600"


@pytest.fixture
def log_lines(api):  # noqa: ARG001 - the logger has its handler once the module is loaded
    """What the handler logs, as a function that gives the lines so far."""
    (written,) = logging.getLogger("orders").handlers
    text = io.StringIO()
    before = written.setStream(text)
    yield lambda: [json.loads(line) for line in text.getvalue().splitlines()]
    written.setStream(before)


def test_trouble_of_ours_is_a_500_that_tells_nothing(api, module, log_lines):
    module.table.client.delete_table(TableName=module.table.name)
    try:
        answer = api.call("GET", "/orders/1")
    finally:
        module.table.client.create_table(
            TableName=module.table.name,
            KeySchema=[{"AttributeName": "orderId", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "orderId", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    assert (answer.status, answer.json) == (500, {"message": "internal server error"})
    assert any("ResourceNotFoundException" in line.get("exception", "") for line in log_lines())


def test_logs_are_json_with_both_request_ids_and_no_body(api, log_lines):
    api.call("POST", "/orders", {"item": "secret-tea", "quantity": 1})
    (line,) = log_lines()
    assert line["function_request_id"] == "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
    assert line["correlation_id"] == "7f0f9a52-4b3c-4a35-9d5e-0a4b1c2d3e4f"
    assert (line["service"], line["method"], line["path"], line["status"]) == (
        "orders",
        "POST",
        "/orders",
        201,
    )
    assert "secret-tea" not in json.dumps(line)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["item", "quantity", "status", "orderId", "updatedAt"]) | st.text(max_size=5)
BODIES = st.one_of(
    st.none(),
    st.text(max_size=60),
    VALUES.map(json.dumps),
    st.dictionaries(NAMES, VALUES, max_size=4).map(json.dumps),
    st.fixed_dictionaries({"item": st.text(), "quantity": st.integers(-1, 2_000_000)}).map(json.dumps),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from(["POST", "PUT"]), body=BODIES, encode=st.sampled_from(["no", "yes", "lie"]))
def test_no_body_whatever_ends_in_a_500(api, method, body, encode):
    path = "/orders" if method == "POST" else "/orders/no-such-order"
    if encode == "yes" and body is not None:
        body = base64.b64encode(body.encode(errors="surrogatepass")).decode()
    answer = api.call(method, path, headers=JSON, body=body, encoded=encode != "no")
    assert answer.status in {201, 400, 404}
    assert answer.json if answer.status == 201 else set(answer.json) == {"message"}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "POST"]),
    path=st.text(max_size=30).map("/".__add__) | st.text(min_size=1, max_size=30).map("/orders/".__add__),
    query=st.dictionaries(st.sampled_from(["status", "limit", "nextToken", "x"]), st.text(max_size=20)),
)
def test_no_path_or_query_whatever_ends_in_a_500(api, method, path, query):
    event = proxy_event(method, path)
    event["queryStringParameters"] = query or None
    event["multiValueQueryStringParameters"] = {name: [value] for name, value in query.items()} or None
    answer = api.handle(event)
    assert answer.status in {200, 204, 400, 404, 405}
