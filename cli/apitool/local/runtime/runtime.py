"""Lambda in the embedded AWS: invoke a function version, get an outcome, find its log in a sink."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from apitool.errors import ApitoolError
from apitool.local.request_ids import new_uuid
from apitool.local.runtime.function import MAX_REQUEST_BYTES
from apitool.local.runtime.invocation import Invocation
from apitool.local.runtime.orphan_guard import OrphanGuard
from apitool.local.runtime.pool import Pool
from apitool.local.runtime.runtime_root import runtime_root
from apitool.local.runtime.sandbox import SandboxSettings
from apitool.local.runtime.settings import RuntimeSettings
from apitool.proxy.outcome import InvokeRefused, Outcome

if TYPE_CHECKING:
    from types import TracebackType

    from apitool.local.runtime.function import FunctionVersion, LogSink


class RequestTooLargeError(ApitoolError):
    """The event exceeds Lambda's 6 MiB; Lambda answers 413 RequestEntityTooLargeException."""


class Runtime:
    """All functions' workers. Use it within one event loop: `async with Runtime(sink) as runtime`.

    The sink gets (log stream, timestamp in ms, messages), each stream in its order.
    """

    def __init__(self, sink: LogSink, settings: RuntimeSettings | None = None) -> None:
        self._sink = sink
        self._settings = settings or RuntimeSettings()
        self._sandbox: SandboxSettings | None = None
        self._pools: dict[tuple[str, str], Pool] = {}
        self._retiring: set[Pool] = set()
        self._running: dict[str, int] = {}  # invocations by function name, all versions together
        self._sweeper: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Starts no worker yet. Raises ApitoolError where the runtime's own packages are not installed."""
        settings = self._settings
        root, version = await asyncio.to_thread(runtime_root, settings.cache, settings.client)
        folder = tempfile.mkdtemp(prefix="apitool-lambda-")
        guard = await OrphanGuard.start(folder)
        self._sandbox = SandboxSettings(
            settings.client, root, version, Path(folder), settings.variables, guard
        )
        self._loop = asyncio.get_running_loop()
        self._sweeper = self._loop.create_task(self._sweep())

    async def stop(self) -> None:
        """Ends every worker, whatever it does. Its invocation fails as if Lambda had lost the environment."""
        sandbox, self._sandbox = self._sandbox, None
        if sandbox is None:
            return
        if self._sweeper is not None:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        pools = [*self._pools.values(), *self._retiring]
        await asyncio.gather(*(pool.stop() for pool in pools))
        self._pools.clear()
        self._retiring.clear()
        await sandbox.guard.stop()

    async def invoke(
        self, function: FunctionVersion, event: bytes, *, trace_id: str, client_context: str | None = None
    ) -> Outcome:
        """One synchronous invocation. `event` is JSON, `client_context` the decoded JSON text.

        Cancelling it leaves the function running to its own timeout, as on AWS. Raises RequestTooLargeError.
        """
        return await self.start_invocation(function, event, trace_id=trace_id, client_context=client_context)

    def start_invocation(
        self, function: FunctionVersion, event: bytes, *, trace_id: str, client_context: str | None = None
    ) -> asyncio.Future[Outcome]:
        """The same, for who does something else meanwhile, or gives the outcome up by setting another."""
        if len(event) > MAX_REQUEST_BYTES:
            raise _too_large(function, len(event))
        pool = self._pool(function)
        outcome: asyncio.Future[Outcome] = self._loop.create_future()
        limit = function.reserved_concurrency
        if limit is not None and self._running.get(function.name, 0) >= limit:
            outcome.set_result(InvokeRefused("throttled", new_uuid(), 0))
            return outcome
        over = partial(self._over, function.name)
        pool.submit(Invocation(function.arn, event, trace_id, client_context, outcome, over))
        self._running[function.name] = self._running.get(function.name, 0) + 1
        return outcome

    def warm(self, function: FunctionVersion) -> None:
        """Start a worker for it, so that its first invocation finds one or waits less."""
        self._pool(function).warm()

    def _pool(self, function: FunctionVersion) -> Pool:
        if self._sandbox is None:
            raise ApitoolError(
                "the local Lambda runtime is not running", seen=f"invocation of `{function.name}`"
            )
        key = (function.name, function.version)
        pool = self._pools.get(key)
        if pool is None or (pool.function is not function and pool.function != function):
            if pool is not None:
                pool.retire()
                self._retiring.add(pool)
                del self._pools[key]  # so that the new one is the last: the function's current version
            pool = self._pools[key] = Pool(function, self._sink, self._settings, self._sandbox)
        return pool

    def _over(self, name: str) -> None:
        self._running[name] -= 1

    async def _sweep(self) -> None:
        """Retires idle workers, sooner those of a version that is no longer the current one."""
        settings = self._settings
        while True:
            await asyncio.sleep(min(settings.idle_s, settings.superseded_idle_s) / 3)
            current = dict(self._pools.keys())  # name to version; the last one wins
            for (name, version), pool in self._pools.items():
                latest = current[name] == version
                pool.retire_idle(settings.idle_s if latest else settings.superseded_idle_s)
            self._retiring = {pool for pool in self._retiring if not pool.empty}


def _too_large(function: FunctionVersion, size: int) -> RequestTooLargeError:
    return RequestTooLargeError(
        f"Request must be smaller than {MAX_REQUEST_BYTES} bytes for the InvokeFunction operation",
        seen=f"an event of {size} bytes for `{function.name}`",
        fix="send a smaller body: Lambda takes 6 MB, although API Gateway takes 10 MB",
    )
