"""The data plane's HTTP server: a thin shell over `apitool.proxy.exchange`, which holds all the rules.

aiohttp, because it keeps the client's header casing and the raw target. Stage first in the path, as on AWS's
own endpoint; a Host of `{api id}.execute-api.…` names the API as well.
"""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING, Protocol

from aiohttp import web
from multidict import CIMultiDict

from apitool.local import request_log
from apitool.local.http_request import read_request
from apitool.local.request_ids import new_ids
from apitool.proxy.exchange import Answer, begin, finish
from apitool.proxy.limits import MAX_BODY_BYTES
from apitool.proxy.routing import split_stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from socket import socket

    from apitool.local.served_stage import ServedStage
    from apitool.proxy.exchange import Invocation
    from apitool.proxy.outcome import Outcome
    from apitool.proxy.request import Request

_LONGEST_LINE = 16_384  # bytes; above the gateway's own limits, so that those are the ones to answer
_EXECUTE_API = ".execute-api."
_BROKEN = b'{"message": "Internal server error"}'


class FindStage(Protocol):
    def __call__(self, name: str, api_id: str | None) -> ServedStage | None: ...


class WriteLogs(Protocol):
    def __call__(self, served: ServedStage, answer: Answer) -> None: ...


class Gateway:
    """Serves whatever stages `find_stage` knows, running functions with `invoke`."""

    def __init__(
        self,
        find_stage: FindStage,
        invoke: Callable[[Invocation], Awaitable[Outcome]],
        write_logs: WriteLogs,
    ) -> None:
        self._find_stage = find_stage
        self._invoke = invoke
        self._write_logs = write_logs
        self._runner: web.AppRunner | None = None

    async def start(self, listener: socket) -> None:
        application = web.Application(middlewares=[self._serve], client_max_size=MAX_BODY_BYTES)
        application.on_response_prepare.append(_without_aiohttps_own)
        self._runner = web.AppRunner(
            application,
            access_log=None,
            auto_decompress=False,  # AWS hands on an encoded body as it is
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _serve(self, request: web.Request, handler: object) -> web.StreamResponse:
        """Every request ends here, none is routed by aiohttp."""
        del handler  # aiohttp names its arguments, so it has to be taken
        started = time.perf_counter()
        read = await read_request(request)
        try:
            answer = await self._answer(read)
        except Exception:  # noqa: BLE001 - whatever went wrong in here, the client gets the gateway's 500
            traceback.print_exc()
            response = web.Response(status=500, body=_BROKEN, content_type="application/json")
        else:
            response = web.Response(
                status=answer.status, body=answer.body, headers=CIMultiDict(answer.headers)
            )
        request_log.write("gateway", read.method, read.target, response.status, started)
        return response

    async def _answer(self, request: Request) -> Answer:
        name = split_stage(request.raw_path).stage
        served = self._find_stage(name, _api_named_by(request.header("Host") or ""))
        ids, received = new_ids(), request.received_at_ms
        if served is None:
            return _finished(begin(None, request, ids, now_ms=received))
        started = begin(served.pick(), request, ids, now_ms=received, throttle=served.throttle)
        if isinstance(started, Answer):
            answer = started
        else:
            answer = finish(started, await self._invoke(started), now_ms=time.time_ns() // 1_000_000)
        self._write_logs(served, answer)
        return answer


def _api_named_by(host: str) -> str | None:
    return host.partition(".")[0].lower() if _EXECUTE_API in host else None


def _finished(started: Answer | Invocation) -> Answer:
    if not isinstance(started, Answer):
        raise TypeError("a request without a stage can't invoke anything")
    return started


async def _without_aiohttps_own(_request: web.Request, response: web.StreamResponse) -> None:
    """API Gateway names no server."""
    response.headers.popall("Server", None)
