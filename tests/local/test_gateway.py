"""The HTTP server with a stage and functions made up by the test: what goes over the wire, both ways."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from apitool.local import ports
from apitool.local.functions import Functions
from apitool.local.gateway import Gateway
from apitool.local.http.endpoint_calls import EndpointCalls
from apitool.local.http.server import Server
from apitool.local.http.service_calls import ServiceCalls
from apitool.local.roles import any_role
from apitool.local.served_stage import ServedStage
from apitool.proxy.openapi import rest_api
from apitool.proxy.outcome import Outcome, Returned
from apitool.proxy.stage import DeployedStage

if TYPE_CHECKING:
    from collections.abc import Callable

URI = (
    "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/"
    "arn:aws:lambda:eu-central-1:123456789012:function:f/invocations"
)
PROXY = {"x-amazon-apigateway-integration": {"type": "AWS_PROXY", "httpMethod": "POST", "uri": URI}}
ROUTES = {"paths": {"/{proxy+}": {"x-amazon-apigateway-any-method": PROXY}}}
SERVED = ServedStage(DeployedStage("dev", rest_api(ROUTES), "abcdefghij", "abc123"))


def echo(event: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": 200, "body": json.dumps(event)}


def exchange(
    request: bytes, respond: Callable[[dict[str, Any]], dict[str, Any]] = echo
) -> tuple[bytes, bytes]:
    """Send bytes, get head and body of what comes back until the connection closes."""

    def start(_arn: str, payload: bytes, **_: str) -> asyncio.Future[Outcome]:
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        outcome.set_result(Returned(json.dumps(respond(json.loads(payload))).encode(), "rid", 1))
        return outcome

    def find_stage(name: str, api_id: str | None) -> ServedStage | None:
        return SERVED if name == "dev" and api_id in {None, "abcdefghij"} else None

    def no_logs(*_: object) -> None:
        pass

    async def no_aws() -> str:
        raise NotImplementedError

    async def run() -> bytes:
        listener = ports.listen()
        port = ports.port_of(listener)
        endpoints = EndpointCalls(ServiceCalls(no_aws, any_role))
        gateway = Gateway(find_stage, Functions(start), endpoints, no_logs)
        server = Server(gateway.handle)
        await server.start(listener)
        try:
            return await asyncio.to_thread(_send, port, request)
        finally:
            await server.stop()

    head, _, body = asyncio.run(run()).partition(b"\r\n\r\n")
    return head, body


def _send(port: int, request: bytes) -> bytes:
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        while chunk := connection.recv(65_536):
            received += chunk
    return received


def get(target: str, *headers: str, host: str = "localhost") -> bytes:
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(*headers: str) -> bytes:
    return get("/dev/x", *headers).replace(b"GET ", b"POST ", 1)


def event_of(request: bytes) -> dict[str, Any]:
    return dict(json.loads(exchange(request)[1]))


def test_header_names_keep_the_clients_casing() -> None:
    headers = event_of(get("/dev/x", "tEsT-HEADeR: aValUE"))["headers"]
    assert headers["tEsT-HEADeR"] == "aValUE"


def test_a_header_sent_twice_keeps_its_order() -> None:
    assert event_of(get("/dev/x", "a: 1", "b: 2", "a: 3"))["multiValueHeaders"]["a"] == ["1", "3"]


@pytest.mark.parametrize(
    ("target", "path", "context_path"),
    [
        ("/dev/a%2Fb", "/a%2Fb", "/dev/a%2Fb"),
        ("/dev/x//double", "/x//double", "/dev/x//double"),
        ("//dev/x", "/x", "/dev/x"),
        ("/dev//x", "/x", "/dev//x"),
        ("/dev/./../x", "/./../x", "/dev/./../x"),
        ("/dev/test+alias@b.c", "/test+alias@b.c", "/dev/test+alias@b.c"),
    ],
)
def test_the_target_arrives_as_it_was_sent(target: str, path: str, context_path: str) -> None:
    event = event_of(get(target))
    assert (event["path"], event["requestContext"]["path"]) == (path, context_path)


def test_a_target_in_absolute_form_is_read_from_its_path_on() -> None:
    assert event_of(get("http://localhost/dev/x?a=1"))["path"] == "/x"


def test_bytes_beyond_ascii_in_the_target_are_refused() -> None:
    request = b"GET /dev/\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert b" 400 " in exchange(request)[0].splitlines()[0]


@pytest.mark.parametrize(
    "target", ["/dev/{x}", "/dev/a|b", '/dev/"', "/dev/<>", "/dev/a\\b", "/dev/%zz", "/dev/~'()*!"]
)
def test_odd_characters_arrive_as_they_were_sent(target: str) -> None:
    assert event_of(get(target))["path"] == target.removeprefix("/dev")


def test_an_encoded_body_is_handed_on_as_it_is() -> None:
    request = post("Content-Encoding: gzip", "Content-Length: 3")
    assert json.loads(exchange(request + b"abc")[1])["body"] == "abc"


def test_a_chunked_body_is_put_together() -> None:
    request = post("Transfer-Encoding: chunked")
    assert json.loads(exchange(request + b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")[1])["body"] == "abc"


def test_the_answer_has_awss_headers_in_awss_order_and_names_no_server() -> None:
    head, body = exchange(get("/dev/x"), lambda _event: {"statusCode": 200, "body": "hi"})
    lines = head.decode().split("\r\n")
    names = [line.partition(":")[0] for line in lines[1:]]
    assert lines[0] == "HTTP/1.1 200 OK"
    assert body == b"hi"
    assert names == [
        "Date",
        "Content-Type",
        "Content-Length",
        "x-amzn-RequestId",
        "x-amz-apigw-id",
        "X-Amzn-Trace-Id",
        "Connection",
    ]


def test_an_object_as_body_is_a_502_byte_for_byte() -> None:
    head, body = exchange(get("/dev/x"), lambda _event: {"statusCode": 200, "body": {"id": 1}})
    assert head.startswith(b"HTTP/1.1 502 ")
    assert b"x-amzn-ErrorType: InternalServerErrorException" in head
    assert body == b'{"message": "Internal server error"}'


def test_an_unknown_stage_is_forbidden() -> None:
    head, body = exchange(get("/prod/x"))
    assert head.startswith(b"HTTP/1.1 403 ")
    assert b"x-amzn-ErrorType: ForbiddenException" in head
    assert body == b'{"message":"Forbidden"}'


def test_the_root_of_the_endpoint_is_forbidden_too() -> None:
    assert exchange(get("/"))[1] == b'{"message":"Forbidden"}'


def test_the_host_names_the_api() -> None:
    other = "zzzzzzzzzz.execute-api.eu-central-1.amazonaws.com"
    assert exchange(get("/dev/x", host=other))[0].startswith(b"HTTP/1.1 403 ")
    own = "ABCDEFGHIJ.execute-api.eu-central-1.amazonaws.com"
    assert exchange(get("/dev/x", host=own))[0].startswith(b"HTTP/1.1 200 ")


def test_a_body_over_the_limit_is_refused_without_reading_it_all() -> None:
    answer, body = exchange(post("Content-Length: 10485761") + bytes(10_485_761))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert body == b"HTTP content length exceeded 10485760 bytes."


def test_several_values_of_a_header_are_sent_as_lines_of_their_own_only_for_cookies() -> None:
    values = {"multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}}
    head, _ = exchange(get("/dev/x"), lambda _event: {"statusCode": 200, **values})
    assert head.count(b"Set-Cookie: ") == 2


def test_no_content_has_no_body() -> None:
    head, body = exchange(get("/dev/x"), lambda _event: {"statusCode": 204})
    assert head.startswith(b"HTTP/1.1 204 ")
    assert body == b""


def test_a_head_request_gets_no_body() -> None:
    request = get("/dev/x").replace(b"GET ", b"HEAD ")
    head, body = exchange(request, lambda _event: {"statusCode": 200, "body": "hi"})
    assert b"Content-Length: 2" in head
    assert body == b""


@pytest.mark.parametrize("name", ["Transfer-Encoding", "Connection", "Content-Length"])
def test_a_function_can_not_break_the_connections_framing(name: str) -> None:
    headers = {name: {"Transfer-Encoding": "chunked", "Connection": "upgrade", "Content-Length": "99"}[name]}
    head, body = exchange(get("/dev/x"), lambda _event: {"statusCode": 200, "headers": headers, "body": "hi"})
    lines = [line.lower() for line in head.split(b"\r\n")]
    assert body == b"hi"
    assert lines.count(b"content-length: 2") == 1
    assert not any(line.startswith(b"transfer-encoding") for line in lines)


def test_a_line_break_in_a_header_value_does_not_split_the_answer() -> None:
    headers = {"x": "1\r\nSet-Cookie: stolen=1"}
    head, _ = exchange(get("/dev/x"), lambda _event: {"statusCode": 200, "headers": headers})
    assert b"\r\nSet-Cookie" not in head
    assert head.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 502 "))


def test_a_failure_of_our_own_is_the_gateways_500(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_event: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("our own mistake")

    head, body = exchange(get("/dev/x"), broken)
    assert head.startswith(b"HTTP/1.1 500 ")
    assert body == b'{"message": "Internal server error"}'
    assert "our own mistake" in capsys.readouterr().err
