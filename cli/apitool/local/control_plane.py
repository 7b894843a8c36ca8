"""AWS's control plane on loopback: moto's server, with the corrections of `corrections/`.

Importing this costs over a second (moto, flask, boto3): only the background process does it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from apitool.local.endpoint import LOOPBACK
from apitool.local.faults import Faults
from apitool.local.live_tail import LiveTails
from apitool.local.request_log import RequestLog
from apitool.local.turn import OneAtATime, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from moto.backends import SERVICE_NAMES
    from werkzeug.serving import BaseWSGIServer

SERVICES: tuple[SERVICE_NAMES, ...] = ("apigateway", "iam", "sts", "logs", "dynamodb", "s3", "lambda")
"""Made ready before they are asked for, so that no request pays for it."""


class _Handler(MotoRequestHandler):
    """moto's, without werkzeug's access log: `RequestLog` writes one for control and data plane alike.

    An answer goes out in one piece, not its head before its body. AWS's SDK for Go, which Terraform's
    provider is made with, closes a request's body as soon as it has the head of the answer; where net/http
    has not yet looked whether that body goes on, it closes the connection, and the call is made again. On a
    busy machine that was one of 1,700 calls; a CreateFunction that is made again fails after five minutes.
    """

    wbufsize = -1

    def handle_expect_100(self) -> bool:
        """The client waits for this one before it sends its body."""
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class ControlPlane:
    """The server and its thread. `changed` is called after every request that may have changed something."""

    def __init__(self, listener: socket, changed: Callable[[str], None]) -> None:
        self._application = DomainDispatcherApplication(create_backend_app)
        self._server: BaseWSGIServer = make_server(
            LOOPBACK,
            listener.getsockname()[1],
            RequestLog(Faults(LiveTails(OneAtATime(self._application))), changed),
            threaded=True,
            request_handler=_Handler,
            fd=listener.fileno(),
        )
        self._thread = threading.Thread(target=self._server.serve_forever, name="control-plane", daemon=True)

    def start(self) -> None:
        """Answers from now on; the services are made ready meanwhile."""
        self._thread.start()
        threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()

    def _warm_up(self) -> None:
        application = self._application
        for service in SERVICES:
            with turn():
                if service not in application.app_instances:
                    application.app_instances[service] = create_backend_app(service)
