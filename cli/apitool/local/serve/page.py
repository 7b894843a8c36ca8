"""The live page: one HTML file without anything from elsewhere, fed by server-sent events."""

from __future__ import annotations

import asyncio
import base64
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from apitool.local.http.wire import Reply, text_reply
from apitool.proxy.outcome import (
    FunctionError,
    HttpAnswered,
    HttpFailed,
    IntegrationTimeout,
    InvokeRefused,
    Returned,
)
from apitool.proxy.verdict_shown import verdict_data

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from apitool.local.serve.exchanges import Exchange, Exchanges
    from apitool.proxy.outcome import HttpOutcome, Outcome

_HEARTBEAT = 15.0  # seconds
_MOST_BEHIND = 500  # requests a page may be behind; beyond, it misses some rather than slow the API down
_SHOWN = 65_536  # bytes of a body
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"


class Page:
    """`title` is asked when a page is opened."""

    def __init__(self, exchanges: Exchanges, title: Callable[[], str]) -> None:
        self._exchanges = exchanges
        self._title = title

    def answer(self, path: str) -> Reply:
        """`path` is what follows `/_apitool`."""
        if path == "/events":
            headers = (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"))
            return Reply(200, headers, stream=self._events())
        if path == "/requests":
            return _json([shown(exchange, self._exchanges) for exchange in self._exchanges.last])
        if path.startswith("/requests/"):
            return self._one(path.removeprefix("/requests/"))
        if path in {"", "/"}:
            page = text_reply(200, "text/html; charset=utf-8", _html())
            policy = (("Content-Security-Policy", _POLICY), ("X-Content-Type-Options", "nosniff"))
            return Reply(page.status, (*page.headers, *policy), page.body)
        return text_reply(404, "text/plain", b"the live page is at /_apitool/\n")

    def _one(self, request_id: str) -> Reply:
        for exchange in reversed(self._exchanges.last):
            if ("x-amzn-RequestId", request_id) in exchange.answer.headers:
                return _json(shown(exchange, self._exchanges))
        return text_reply(404, "application/json", b"null")

    async def _events(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[Exchange] = asyncio.Queue(_MOST_BEHIND)

        def put(exchange: Exchange) -> None:
            if not queue.full():
                queue.put_nowait(exchange)

        stop = self._exchanges.listen(put)
        try:
            yield _event("title", self._title())
            for exchange in tuple(self._exchanges.last):
                yield _event("request", shown(exchange, self._exchanges))
            while True:
                try:
                    exchange = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    yield b": still here\n\n"
                else:
                    yield _event("request", shown(exchange, self._exchanges))
        finally:
            stop()


def shown(exchange: Exchange, exchanges: Exchanges) -> dict[str, Any]:
    """Everything about a request, as JSON takes it."""
    request, answer, verdict = exchange.request, exchange.answer, exchange.answer.verdict
    return {
        "number": exchange.number,
        "at": request.received_at_ms,
        "milliseconds": round(exchange.milliseconds, 1),
        "request": {
            "method": request.method,
            "target": request.target,
            "headers": request.headers,
            "body": _body(request.body),
        },
        "event": exchange.event,
        "outcome": _outcome(exchange.outcome),
        "answer": {"status": answer.status, "headers": answer.headers, "body": _body(answer.body)},
        "verdict": verdict_data(verdict),
        "gateway_log": [line.text for line in answer.lines],
        "function_log": exchanges.logs.of(exchange.lambda_request_id),
    }


def _outcome(outcome: Outcome | HttpOutcome | None) -> dict[str, Any] | None:
    shown: dict[str, Any] | None = None
    match outcome:
        case None:
            pass
        case Returned():
            shown = {
                "kind": "returned",
                "payload": _body(outcome.payload),
                "milliseconds": outcome.latency_ms,
            }
        case FunctionError():
            shown = {
                "kind": "error",
                "error_type": outcome.error_type,
                "error_message": outcome.error_message,
                "payload": _body(outcome.payload),
                "milliseconds": outcome.latency_ms,
            }
        case InvokeRefused():
            shown = {"kind": "refused", "reason": outcome.reason}
        case IntegrationTimeout():
            shown = {"kind": "timeout", "milliseconds": outcome.timeout_ms}
        case HttpAnswered():
            shown = {
                "kind": "answered",
                "status": outcome.status,
                "headers": outcome.headers,
                "payload": _body(outcome.body),
                "milliseconds": outcome.latency_ms,
            }
        case HttpFailed():
            shown = {"kind": "failed", "reason": outcome.reason, "detail": outcome.detail}
    return shown


def _body(body: bytes) -> dict[str, Any]:
    """As text where it is text, else as base64; the beginning of a long one."""
    part = body[:_SHOWN]
    try:
        return {
            "text": part.decode("utf-8", "strict" if len(body) <= _SHOWN else "ignore"),
            "size": len(body),
        }
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(part).decode(), "size": len(body)}


def _event(kind: str, data: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()


def _json(data: object) -> Reply:
    return text_reply(200, "application/json", json.dumps(data).encode())


@cache
def _html() -> bytes:
    return files("apitool.local.serve").joinpath("page.html").read_bytes()
