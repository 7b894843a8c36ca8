"""The request after an apply, against a server that answers as a stage does."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from apitool.errors import AppliedError
from apitool.stage import smoke

AGAIN = "apitool call GET /orders --stage dev"


@pytest.fixture
def stage():
    """Base URL of a server and the answers it has in store: status, error type or None."""
    answers: list[tuple[int, str | None]] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, error_type = answers.pop(0)
            self.send_response(status)
            if error_type:
                self.send_header("x-amzn-ErrorType", error_type)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/dev", answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_broken_answer_ends_with_the_command_that_says_why(stage):
    url, answers = stage
    answers.append((502, "InternalServerErrorException"))
    with pytest.raises(AppliedError) as raised:
        smoke.check(url, "/orders", again=AGAIN)
    (problem,) = raised.value.problems
    assert problem.what == f"everything was applied, but GET {url}/orders does not answer as it should"
    assert problem.fix == f"ask again, and hear why: `{AGAIN}`"


def test_a_permission_on_its_way_is_waited_for(stage, monkeypatch):
    url, answers = stage
    monkeypatch.setattr(smoke, "_PAUSE", 0.01)
    answers += [
        (500, "InternalServerErrorException"),
        (403, "MissingAuthenticationTokenException"),
        (200, None),
    ]
    assert smoke.check(url, "/orders", again=AGAIN).passed


def test_a_refusal_that_the_function_chose_is_an_answer(stage):
    url, answers = stage
    answers.append((401, None))
    assert smoke.check(url, "/orders", again=AGAIN).status == 401
