"""The live log, on standard output: one line per request, `time plane method path status ms`."""

from __future__ import annotations

import re
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def write(plane: str, method: str, path: str, status: object, started: float) -> None:
    """`started` is `time.perf_counter()` when the request came. Text from outside can't break the line."""
    milliseconds = (time.perf_counter() - started) * 1000
    now = datetime.now().astimezone().strftime("%H:%M:%S.%f")[:-3]
    safe = _UNPRINTABLE.sub("?", path)
    sys.stdout.write(f"{now} {plane:<10} {method:<6} {safe} {status} {milliseconds:.1f} ms\n")
    sys.stdout.flush()


class RequestLog:
    """WSGI middleware of the control plane. Names a request by what it asks: all of IAM is `POST /`."""

    def __init__(self, application: WSGIApplication, changed: Callable[[str], None]) -> None:
        self._application = application
        self._changed = changed

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = time.perf_counter()
        method, service = environ["REQUEST_METHOD"], service_of(environ)
        seen: list[str] = ["-"]

        def answering(status: str, headers: Any, *rest: Any) -> Any:  # noqa: ANN401 - WSGI's own signature
            seen[0] = status.partition(" ")[0]
            return start_response(status, headers, *rest)

        try:
            return self._application(environ, answering)
        finally:
            if method not in _READS:
                self._changed(service)
            write(service, method, _asked(environ), seen[0], started)


def service_of(environ: WSGIEnvironment) -> str:
    """The service a request was signed for, e.g. `apigateway`; `-` for an unsigned one."""
    signed = _SERVICE.search(environ.get("HTTP_AUTHORIZATION", ""))
    return signed.group(1) if signed else "-"


def _asked(environ: WSGIEnvironment) -> str:
    target = environ.get("HTTP_X_AMZ_TARGET")  # JSON protocol: DynamoDB, Logs
    attempt = environ.get("HTTP_AMZ_SDK_REQUEST", "").partition(";")[0]
    again = f" ({attempt})" if attempt not in {"", "attempt=1"} else ""
    return str(environ["PATH_INFO"]) + (f" {target.rpartition('.')[2]}" if target else "") + again
