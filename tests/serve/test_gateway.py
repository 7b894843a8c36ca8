"""The API served from its source answers as API Gateway does."""

from __future__ import annotations

import json
import threading
import time

from tests.serve.conftest import eventually


def test_a_route_answers_with_the_stages_variables_and_the_functions_environment(shop):
    status, head, body = shop.get("/dev/items/a%20b?x=1&x=2")
    seen = json.loads(body)
    assert status == 200
    assert seen["colour"] == "blue"
    assert seen["event"]["stageVariables"] == {"tier": "silver"}
    assert seen["event"]["pathParameters"] == {"id": "a%20b"}
    assert seen["event"]["multiValueQueryStringParameters"] == {"x": ["1", "2"]}
    assert "x-amzn-RequestId: " in head
    assert "Server:" not in head


def test_header_casing_and_the_raw_path_reach_the_function(shop):
    _, _, body = shop.get("/dev//echo", headers="X-CamelCase: One\r\nX-CamelCase: Two\r\n")
    event = json.loads(body)["event"]
    assert event["multiValueHeaders"]["X-CamelCase"] == ["One", "Two"]
    assert event["path"] == "/echo"


def test_a_body_that_is_an_object_is_a_502_with_a_verdict(shop):
    status, head, body = shop.get("/dev/items/object")
    assert (status, body) == (502, b'{"message": "Internal server error"}')
    assert "x-amzn-ErrorType: InternalServerErrorException" in head
    verdict = shop.serving.exchanges.last[-1].answer.verdict
    assert verdict.rule == "response.body-not-a-string"


def test_an_exception_is_a_502_and_its_traceback_is_kept(shop):
    assert shop.get("/dev/items/boom")[0] == 502
    exchange = shop.serving.exchanges.last[-1]
    log = shop.serving.exchanges.logs.of(exchange.lambda_request_id)
    assert any("boom" in line for line in log)
    assert any("asked for /items/boom" in line for line in log)


def test_a_worker_that_dies_is_a_502_and_the_next_request_is_answered(shop):
    assert shop.get("/dev/items/exit")[0] == 502
    assert shop.get("/dev/items/1")[0] == 200


def test_the_integrations_timeout_is_a_504(shop):
    status, _, body = shop.get("/dev/slow")
    assert (status, body) == (504, b'{"message": "Endpoint request timed out"}')


def test_preflights_and_unknown_stages_and_routes_are_the_gateways(shop):
    status, head, body = shop.get("/dev/items/1", method="OPTIONS")
    assert (status, body) == (204, b"")
    assert "Access-Control-Allow-Methods: GET,OPTIONS" in head
    assert shop.get("/prod/echo")[0] == 403
    assert shop.get("/dev/nope")[2] == b'{"message":"Missing Authentication Token"}'


def test_a_line_break_in_a_functions_header_never_makes_a_header(shop):
    _, head, _ = shop.get("/dev/items/lines")
    assert "\r\nSet-Cookie" not in head


def test_slow_requests_do_not_hold_up_others(shop):
    shop.get("/dev/echo")
    slow = threading.Thread(target=shop.get, args=("/dev/slow",))
    slow.start()
    started = time.monotonic()
    assert shop.get("/dev/items/1")[0] == 200
    slow.join()
    assert time.monotonic() - started < 2


def test_binary_bodies_come_as_base64(shop):
    _, _, body = shop.get(
        "/dev/echo", method="POST", headers="Content-Type: application/octet-stream\r\n", body=b"\xff\x00"
    )
    event = json.loads(body)["event"]
    assert (event["body"], event["isBase64Encoded"]) == ("/wA=", True)


def test_a_save_is_taken_over_at_once(own_shop):
    with own_shop.going(watch=True):
        assert json.loads(own_shop.get("/dev/echo")[2])["word"] == "first"
        source = own_shop.folder / "src/app.py"
        saved = time.monotonic()
        source.write_text(source.read_text().replace('WORD = "first"', 'WORD = "second"'))
        eventually(lambda: json.loads(own_shop.get("/dev/echo")[2])["word"] == "second")
        assert time.monotonic() - saved < 3  # 0.2 s on a quiet machine


def test_a_new_route_is_served_and_a_broken_file_keeps_the_old_ones(own_shop):
    toml = own_shop.folder / "apitool.toml"
    with own_shop.going(watch=True):
        time.sleep(0.3)
        assert own_shop.get("/dev/new")[0] == 403
        toml.write_text(toml.read_text().replace("[routes]", '[routes]\n"GET /new" = "echo"'))
        eventually(lambda: own_shop.get("/dev/new")[0] == 200)
        time.sleep(0.3)
        toml.write_text("name = 1")
        eventually(lambda: own_shop.warned)
        assert own_shop.get("/dev/new")[0] == 200
        assert "still serving what was there before" in own_shop.said
