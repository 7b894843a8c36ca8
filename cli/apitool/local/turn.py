"""One at a time: moto is written for one thread, and the control plane has one for every connection.

Terraform has ten calls under way at once. What one adds to, another looks through ("dictionary changed size
during iteration": one call of some ten thousand), or what one has written is gone. Who holds the turn may
read and change moto's objects; who waits for something that may need them itself, such as a function, gives
it up meanwhile.
"""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import get_input_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_TURN = threading.RLock()  # one for the process, as moto's objects are the process's


@contextmanager
def turn() -> Iterator[None]:
    """Hold it for a block, or, as a decorator, for a call."""
    with _TURN:
        yield


@contextmanager
def given_up() -> Iterator[None]:
    """Let others have it meanwhile. Raises RuntimeError where it isn't held."""
    _TURN.release()
    try:
        yield
    finally:
        _TURN.acquire()


class OneAtATime:
    """WSGI middleware around moto. A request has its turn once all of it is here: a client that stops in the
    middle of a body keeps nobody waiting.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            body = get_input_stream(environ).read()
        except ClientDisconnected as gone:
            return gone(environ, start_response)
        environ["wsgi.input"] = io.BytesIO(body)
        with turn():
            return self._application(environ, start_response)
