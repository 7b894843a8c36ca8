"""An exception inside the emulator becomes an answer that nobody retries, and says what went wrong.

A plain 500 would be sent again 25 times by Terraform's provider, for ten minutes, before anyone sees it
(measured; it does not heed AWS_MAX_ATTEMPTS). AWS's SDKs retry 500, 502, 503 and 504, not 501.
"""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from apitool.local.request_log import service_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATUS = "501 Not Implemented"
_CODE = "EmbeddedAwsFault"
_SPEAK_XML = frozenset({"iam", "sts", "s3"})


class Faults:
    """WSGI middleware around moto."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._application(environ, start_response)
        except Exception as error:  # noqa: BLE001 - whatever moto may raise; it is logged and answered
            traceback.print_exc()
            message = f"the embedded AWS failed at this call: {type(error).__name__}: {error}"
            xml = service_of(environ) in _SPEAK_XML
            kind = "text/xml" if xml else "application/json"
            body = (_xml if xml else _json)(message).encode()
            headers = [
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("x-amzn-ErrorType", _CODE),
            ]
            start_response(_STATUS, headers, sys.exc_info())
            return [body]


def _json(message: str) -> str:
    return json.dumps({"__type": _CODE, "message": message})


def _xml(message: str) -> str:
    error = f"<Error><Code>{_CODE}</Code><Message>{escape(message)}</Message></Error>"
    return f"<ErrorResponse>{error}</ErrorResponse>"
