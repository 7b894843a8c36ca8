"""Requests to the control plane get their turn one by one; nobody waits for who has no need of it."""

from __future__ import annotations

import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from apitool.local.turn import OneAtATime, given_up, turn

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SOON = 10  # seconds; long enough on any machine


class Counting:
    """An application that notes how many are in it at once."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.bodies: list[bytes] = []

    def __call__(self, environ: WSGIEnvironment, _start_response: StartResponse) -> list[bytes]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        time.sleep(0.005)
        self.bodies.append(environ["wsgi.input"].read())
        self.inside -= 1
        return [b"done"]


def environment(body: bytes, length: int | None = None) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": io.BytesIO(body),
    }


def ignored(_status: str, _headers: object, _error: object = None) -> object:
    return None


def test_one_request_at_a_time_is_in_the_application_and_finds_its_body_there() -> None:
    counting = Counting()
    application = OneAtATime(counting)
    bodies = [bytes([number]) for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: application(environment(body), ignored), bodies))
    assert answers == [[b"done"]] * 16
    assert counting.most == 1
    assert sorted(counting.bodies) == bodies


def test_who_waits_gives_others_the_turn_and_has_it_again_afterwards() -> None:
    done = threading.Event()

    def other() -> None:
        with turn():
            done.set()

    with turn():
        thread = threading.Thread(target=other)
        thread.start()
        assert not done.wait(0.05)
        with given_up():
            assert done.wait(SOON)
        with given_up():  # raises where it is not held
            pass
    thread.join(SOON)


def test_nobody_gives_up_what_another_holds() -> None:
    with turn(), ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError):
        pool.submit(given_up().__enter__).result(SOON)


def test_a_body_that_ends_too_soon_never_reaches_the_application() -> None:
    counting, said = Counting(), []
    OneAtATime(counting)(environment(b"Action=", length=100), lambda status, *_: said.append(status))
    assert counting.bodies == []
    assert said == ["400 BAD REQUEST"]
