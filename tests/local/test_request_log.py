from __future__ import annotations

import re
import time
from typing import Any

import pytest

from apitool.local import request_log
from apitool.local.faults import Faults
from apitool.local.request_log import RequestLog, service_of

SIGNED = "AWS4-HMAC-SHA256 Credential=k/20260101/eu-central-1/apigateway/aws4_request, SignedHeaders=host"


def environ(method: str = "PATCH", path: str = "/account", **more: str) -> dict[str, Any]:
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_AUTHORIZATION": SIGNED, **more}


def answering(status: str):
    def application(_environ: Any, start_response: Any) -> list[bytes]:
        start_response(status, [])
        return [b""]

    return application


def ignore(*_arguments: Any) -> None:
    pass


def test_a_line_says_when_who_what_and_how_it_ended(capsys: pytest.CaptureFixture[str]) -> None:
    RequestLog(answering("202 Accepted"), ignore)(environ(), ignore)
    line = capsys.readouterr().out
    assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} apigateway PATCH  /account 202 \d+\.\d ms\n", line)


def test_a_json_protocol_call_is_named_by_its_operation(capsys: pytest.CaptureFixture[str]) -> None:
    called = environ("POST", "/", HTTP_X_AMZ_TARGET="DynamoDB_20120810.PutItem")
    RequestLog(answering("200 OK"), ignore)(called, ignore)
    assert "/ PutItem 200" in capsys.readouterr().out


def test_a_repeated_call_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    repeated = environ(HTTP_AMZ_SDK_REQUEST="attempt=2; max=25")
    RequestLog(answering("200 OK"), ignore)(repeated, ignore)
    assert "/account (attempt=2) 200" in capsys.readouterr().out


def test_text_from_outside_can_not_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    request_log.write("gateway", "GET", "/x\n12:00 fake\x1b[2J\u202e", 200, time.perf_counter())
    assert capsys.readouterr().out.count("\n") == 1
    request_log.write("gateway", "GET", "/\x1b", 200, time.perf_counter())
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("method", "changes"), [("GET", []), ("HEAD", []), ("PUT", ["apigateway"]), ("DELETE", ["apigateway"])]
)
def test_writes_are_reported_and_reads_are_not(method: str, changes: list[str]) -> None:
    seen: list[str] = []
    RequestLog(answering("200 OK"), seen.append)(environ(method), ignore)
    assert seen == changes


def test_the_service_is_the_one_the_request_was_signed_for() -> None:
    assert service_of(environ()) == "apigateway"
    assert service_of({"HTTP_AUTHORIZATION": "nonsense"}) == service_of({}) == "-"


def test_an_exception_becomes_a_501_that_says_what_happened(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_environ: Any, _start_response: Any) -> list[bytes]:
        raise KeyError("paths")

    answers: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        answers.append((status, headers))

    body = b"".join(Faults(broken)(environ(), start_response))
    assert answers[0][0].startswith("501 ")
    assert ("x-amzn-ErrorType", "EmbeddedAwsFault") in answers[0][1]
    assert b"KeyError: 'paths'" in body
    assert "Traceback" in capsys.readouterr().err
