"""The embedded AWS behind the functions' boto3, started when the first of them calls it.

Functions get `AWS_ENDPOINT_URL` = serve's own `/_apitool/aws`. A project whose functions call nothing never
pays for it; the first call waits a few seconds. It is the one `apitool up` uses: a local stage's data is in
it.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.errors import ApitoolError
from apitool.local.http.wire import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.local.endpoint import Endpoint
    from apitool.local.serve.served import Served
    from apitool.proxy.request import Request

_HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "content-length", "expect", "upgrade"}
)
_PATIENCE = 30.0  # seconds for one answer
_REFUSED = 400  # the SDK repeats what is 5xx


class EmbeddedAws:
    """`served` is asked at the start, for region and tables; `say` is told when it starts."""

    def __init__(self, served: Callable[[], Served], say: Callable[[str], None]) -> None:
        self._served = served
        self._say = say
        self._endpoint: Endpoint | None = None
        self._tables_of: Served | None = None
        self._starting = asyncio.Lock()
        self._threads = threading.local()

    async def forward(self, request: Request, target: str) -> Reply:
        try:
            url = await self.url()
            return await asyncio.to_thread(self._ask, url, request, target)
        except ApitoolError as error:
            return _unavailable(error.problems[0].what)
        except (OSError, http.client.HTTPException) as error:
            self._endpoint = None  # it may have been stopped meanwhile: the next call starts it again
            return _unavailable(f"{type(error).__name__}: {error}")

    async def url(self) -> str:
        """Where it answers, started when it does not run. Raises ApitoolError."""
        async with self._starting:
            served = self._served()
            if self._endpoint is None or self._tables_of is not served:
                self._endpoint = await asyncio.to_thread(self._start, served)
                self._tables_of = served
            return self._endpoint.control_url

    def _start(self, served: Served) -> Endpoint:
        from apitool.local import service  # noqa: PLC0415 - only where a function calls AWS
        from apitool.local.serve.tables import create_missing  # noqa: PLC0415 - boto3

        root, region = served.project.root, served.project.region
        running = service.running(root)
        if running is None or running.region != region:
            self._say("AWS is called: starting the embedded one (`apitool local stop` ends it)")
        endpoint = service.ensure(root, region=region)
        made = create_missing(endpoint, served.project, served.stage)
        if made:
            self._say(f"tables made in the embedded AWS: {', '.join(made)}")
        return endpoint

    def _ask(self, url: str, request: Request, target: str) -> Reply:
        connection = self._connection(url)
        headers = {name: value for name, value in request.headers if name.lower() not in _HOP_BY_HOP}
        try:
            connection.request(request.method, target, body=request.body, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP]
        return Reply(answer.status, (*kept, ("Content-Length", str(len(body)))), body)

    def _connection(self, url: str) -> http.client.HTTPConnection:
        """One for each thread, kept open; it connects again by itself after the other side closed it."""
        known: http.client.HTTPConnection | None = getattr(self._threads, "connection", None)
        netloc = urlsplit(url).netloc
        if known is None or f"{known.host}:{known.port}" != netloc:
            known = self._threads.connection = http.client.HTTPConnection(netloc, timeout=_PATIENCE)
        return known


def _unavailable(what: str) -> Reply:
    """As the SDK reads errors of JSON services: a ClientError with this message in the handler."""
    document = {"__type": "EmbeddedAwsUnavailable", "message": f"apitool's embedded AWS: {what}"}
    body = json.dumps(document).encode()
    headers = (("Content-Type", "application/x-amz-json-1.0"), ("Content-Length", str(len(body))))
    return Reply(_REFUSED, headers, body)
