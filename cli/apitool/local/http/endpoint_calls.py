"""The requests HTTP and HTTP_PROXY integrations make: one connection each, no redirect followed.

The standard library's client in threads of its own: it sends header names as they are, decodes no body, and
a request is waited for as long as the integration says.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from apitool.proxy.limits import MAX_BODY_BYTES
from apitool.proxy.outcome import HttpAnswered, HttpFailed, IntegrationTimeout
from apitool.proxy.steps import HttpCall

if TYPE_CHECKING:
    import http.client

    from apitool.local.http.service_calls import ServiceCalls
    from apitool.proxy.outcome import HttpOutcome

_AT_ONCE = 64
_WRITTEN_AS_IS = "".join(map(chr, range(0x21, 0x7F)))  # escapes and all; a URL's text is made already
_WITH_LENGTH = frozenset({"POST", "PUT", "PATCH"})  # even when there is no body (RFC 9110, 8.6)


class EndpointCalls:
    """Threads are started when there is something for them to do. `services` are AWS's."""

    def __init__(self, services: ServiceCalls) -> None:
        self._services = services
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="endpoint-call")

    async def make(self, call: HttpCall) -> HttpOutcome:
        """The endpoint's answer, what kept it from answering, or that its time is over."""
        loop = asyncio.get_running_loop()
        if call.signing is not None:
            found = await self._services.prepared(call, call.signing)
            if not isinstance(found, HttpCall):
                return found
            call = found
        try:
            async with asyncio.timeout(call.timeout_ms / 1000):
                return await loop.run_in_executor(self._threads, _made, call)
        except TimeoutError:
            return IntegrationTimeout(call.timeout_ms)

    def stop(self) -> None:
        """What is under way ends by itself, at its timeout at the latest."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _made(call: HttpCall) -> HttpOutcome:
    import http.client  # noqa: PLC0415 - 20 ms that serve's start does without

    started = time.monotonic()
    try:
        connection, target = _connection(call)
    except (ValueError, UnicodeError) as error:  # `http://[::1`, port 99999, a host no name can be made of
        return HttpFailed("invalid-address", str(error))
    try:
        _send(connection, call, target)
        answer = connection.getresponse()
        body = answer.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            return HttpFailed("network", f"the answer holds more than {MAX_BODY_BYTES} bytes")
        latency_ms = round((time.monotonic() - started) * 1000)
        return HttpAnswered(answer.status, tuple(answer.getheaders()), body, latency_ms)
    except TimeoutError:
        return IntegrationTimeout(call.timeout_ms)
    except (socket.gaierror, UnicodeError, http.client.InvalidURL) as error:
        return HttpFailed("invalid-address", str(error))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return HttpFailed("network", f"{type(error).__name__}: {error}")
    finally:
        connection.close()


def _connection(call: HttpCall) -> tuple[http.client.HTTPConnection, str]:
    """Not connected yet, and what to ask it for. Raises ValueError."""
    import http.client  # noqa: PLC0415 - as above

    url = urlsplit(call.url)
    timeout = call.timeout_ms / 1000
    target = quote(f"{url.path or '/'}{f'?{url.query}' if url.query else ''}", safe=_WRITTEN_AS_IS)
    host = url.hostname or ""
    if url.scheme == "https":
        return http.client.HTTPSConnection(host, url.port, timeout=timeout, context=_tls()), target
    return http.client.HTTPConnection(host, url.port, timeout=timeout), target


def _send(connection: http.client.HTTPConnection, call: HttpCall, target: str) -> None:
    named = any(name.lower() == "host" for name, _ in call.headers)
    connection.putrequest(call.method, target, skip_host=named, skip_accept_encoding=True)
    for name, value in call.headers:
        connection.putheader(name, value.encode())
    if call.body or call.method in _WITH_LENGTH:
        connection.putheader("Content-Length", str(len(call.body)))
    connection.endheaders(call.body or None)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
