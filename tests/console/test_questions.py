"""A question is answered by what is typed after it."""

from __future__ import annotations

import io
import os
import pty
import threading

import pytest

from apitool.console import Console
from apitool.errors import GateError


@pytest.fixture
def keyboard(monkeypatch):
    """A terminal for stdin; what is written to the descriptor is typed."""
    master, slave = pty.openpty()
    with os.fdopen(slave) as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        yield master
    os.close(master)


def typed_later(keyboard: int, text: str) -> None:
    threading.Timer(0.2, os.write, (keyboard, text.encode())).start()


@pytest.mark.parametrize("answer", ["y", "Y", "yes", " yes "])
def test_yes_goes_on(keyboard, answer):
    typed_later(keyboard, f"{answer}\n")
    Console(err=io.StringIO()).confirm("Apply this?")


@pytest.mark.parametrize("answer", ["", "n", "no", "yep", "ja"])
def test_anything_else_is_a_no(keyboard, answer):
    typed_later(keyboard, f"{answer}\n")
    with pytest.raises(GateError):
        Console(err=io.StringIO()).confirm("Apply this?")


def test_what_was_typed_before_the_question_is_no_answer_to_it(keyboard):
    os.write(keyboard, b"y\n")
    typed_later(keyboard, "n\n")
    with pytest.raises(GateError):
        Console(err=io.StringIO()).confirm("Apply this?")


def test_a_destruction_wants_its_name_typed(keyboard):
    typed_later(keyboard, "orders/prod\n")
    Console(err=io.StringIO()).confirm_by_typing("This destroys it.", "orders/prod")


def test_another_name_destroys_nothing(keyboard):
    typed_later(keyboard, "orders/dev\n")
    with pytest.raises(GateError, match="nothing was changed"):
        Console(err=io.StringIO()).confirm_by_typing("This destroys it.", "orders/prod")
