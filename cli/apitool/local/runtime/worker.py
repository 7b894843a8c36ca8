"""One execution environment: a process, its Runtime API and its log stream; one invocation at a time.

starting --next--> idle --begin--> busy --response, error--> answered --next--> idle
    |                               |
    +-- init error, exit, timeout   +-- exit, timeout: the worker is gone, its invocation has failed
"""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING, Protocol

from apitool.local.runtime import failures
from apitool.local.runtime.alarm import Alarm
from apitool.local.runtime.channel import Channel
from apitool.local.runtime.conversation import INVALID_REQUEST_ID, INVALID_STATE, TOO_LARGE
from apitool.local.runtime.memory import PeakMemory
from apitool.local.runtime.runtime_api import Connection
from apitool.local.runtime.sandbox import Sandbox
from apitool.local.runtime.worker_log import WorkerLog, now_ms

if TYPE_CHECKING:
    from apitool.local.runtime.conversation import Posted, RuntimeClient
    from apitool.local.runtime.failures import Failure
    from apitool.local.runtime.function import FunctionVersion, LogSink
    from apitool.local.runtime.invocation import Invocation
    from apitool.local.runtime.log_lines import Phase
    from apitool.local.runtime.sandbox import SandboxSettings


class WorkerEvents(Protocol):
    """What a worker tells its pool: that it waits for an invocation, and that it has ended."""

    def ready(self, worker: Worker) -> None: ...
    def gone(self, worker: Worker) -> None: ...


class Worker:
    """Runs once. Where `initialised` is false when it is gone, `init_timed_out` and `blame` say why."""

    def __init__(self, function: FunctionVersion, events: WorkerEvents, sink: LogSink, phase: Phase) -> None:
        self.function = function
        self.initialised = False
        self.init_timed_out = False
        self.idle_since = 0.0  # monotonic seconds; meaningful while it is idle
        self._events = events
        self._phase = phase
        self._log = WorkerLog(function, sink)
        self._sandbox: Sandbox | None = None
        self._memory: PeakMemory | None = None
        self._clients: set[RuntimeClient] = set()
        self._waiting: RuntimeClient | None = None  # the one that asked for the next invocation
        self._invocation: Invocation | None = None
        self._verdict: Failure | None = None  # of an invocation that has failed, but isn't over yet
        self._init_failure: Failure | None = None
        self._limit = Alarm()  # of the init, then of each invocation
        self._started = time.monotonic()
        self._began = 0.0
        self._init_ms: float | None = None  # until the first invocation has reported it
        self._stopping = False
        self._return_code = 0

    async def run(self, settings: SandboxSettings, init_limit_s: float) -> None:
        """The whole life. An invocation given to `begin` before it limits the init by its own timeout."""
        server: asyncio.Server | None = None
        try:
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
            if self._phase == "init":
                self._log.init_start(settings.runtime_version)
                self._limit.set(init_limit_s, self._init_expired)
            await self._live(settings, "127.0.0.1:{1}".format(*server.sockets[0].getsockname()))
        except (OSError, ValueError) as error:  # no folder, no more processes; a variable with a null byte
            self._init_failure = failures.not_started(error)
            self._exited(1)
        finally:
            if server is not None:
                server.close()
            for client in self._clients:
                client.close()
            self._events.gone(self)
            self._limit.end()

    @property
    def between(self) -> bool:
        """It has answered, and will ask for the next invocation at any moment."""
        return self.initialised and self._invocation is None and not self._stopping

    def begin(self, invocation: Invocation) -> None:
        """Starts the invocation's clock, and hands it over as soon as the worker asks for it."""
        self._invocation = invocation
        self._began = time.monotonic()
        if self._waiting is not None:
            self._deliver(self._waiting, invocation)  # first: the worker goes on while we write the log
        self._log.start(invocation)
        self._limit.set(self.function.timeout_s, self._timed_out)

    def blame(self, invocation: Invocation) -> None:
        """The invocation that waited for this worker fails with what kept it from starting."""
        self._invocation = invocation
        self._began = self._started
        self._log.start(invocation)
        self._fail(self._init_failure or failures.exited(invocation.request_id, self._return_code))

    def stop(self) -> None:
        """Kills it, whatever it does; an invocation it has fails as when Lambda loses an environment."""
        self._stopping = True
        if self._sandbox is not None:
            self._sandbox.kill()

    # What the runtime client says

    def opened(self, client: RuntimeClient) -> None:
        self._clients.add(client)

    def closed(self, client: RuntimeClient) -> None:
        self._clients.discard(client)

    def wants_next(self, client: RuntimeClient, *, all_read: bool) -> None:
        if not all_read:
            self._log.drain()
        if self._stopping:
            return
        if self._verdict is not None:
            self._fail(self._verdict)
        if not self.initialised:
            self._initialise()
        elif self._invocation is not None:
            client.refuse(INVALID_STATE)
            return
        self._waiting = client
        if self._invocation is not None:
            self._deliver(client, self._invocation)
        else:
            self.idle_since = time.monotonic()
            self._events.ready(self)

    def responded(self, client: RuntimeClient, request_id: str, posted: Posted) -> None:
        invocation = self._current(request_id)
        if invocation is None:
            client.refuse(INVALID_REQUEST_ID)
        elif posted.size > len(posted.body):  # over only after what the client says about it
            self._verdict = failures.response_too_large(posted.size)
            client.refuse(TOO_LARGE)
        else:
            client.accept()
            self._end(None, all_read=posted.all_read)
            invocation.returned(posted.body)

    def failed(self, client: RuntimeClient, request_id: str, posted: Posted) -> None:
        if self._current(request_id) is None:
            client.refuse(INVALID_REQUEST_ID)
            return
        client.accept()
        self._fail(failures.posted(posted.body, posted.error_type, reported=False))

    def init_failed(self, client: RuntimeClient, posted: Posted) -> None:
        """Nothing can come of this process any more, and its exit might wait for a thread: it is killed."""
        if self.initialised:
            client.refuse(INVALID_STATE)
            return
        self._init_failure = failures.posted(posted.body, posted.error_type, reported=True)
        self.stop()

    # What happens to it

    async def _live(self, settings: SandboxSettings, api: str) -> None:
        name, output = self._log.stream_name, self._log.open()
        try:
            ours, theirs = socket.socketpair()
            with theirs:
                await asyncio.get_running_loop().create_unix_connection(lambda: Channel(self), sock=ours)
                self._sandbox = await Sandbox.start(
                    settings,
                    self.function,
                    stream=name,
                    api=api,
                    channel=theirs.fileno(),
                    output=output,
                )
        finally:
            self._log.inherited()
        self._memory = PeakMemory(self._sandbox.pid)
        if self._stopping:
            self._sandbox.kill()
        self._exited(await self._sandbox.wait())
        await self._sandbox.clean()

    def _initialise(self) -> None:
        self.initialised = True
        self._look_at_memory()
        if self._phase == "init":
            self._limit.unset()
            self._init_ms = _since_ms(self._started)

    def _init_expired(self) -> None:
        self.init_timed_out = True
        self.stop()

    def _timed_out(self) -> None:
        self._look_at_memory()  # while there is something to look at
        self.stop()
        if self._invocation is not None:
            request_id, limit_s = self._invocation.request_id, self.function.timeout_s
            self._fail(self._verdict or failures.timed_out(request_id, limit_s, now_ms()))

    def _exited(self, return_code: int) -> None:
        self._return_code = return_code
        self._limit.unset()
        self._log.close()
        if not self.initialised:
            self._report_init()
        if self._invocation is not None:
            exited = failures.exited(self._invocation.request_id, return_code)
            self._fail(self._verdict or self._init_failure or exited)

    def _report_init(self) -> None:
        init_ms = _since_ms(self._started)
        if self.init_timed_out:
            self._log.init_report(init_ms, self._phase, "timeout", None)
        elif self._init_failure is not None:
            self._log.init_report(init_ms, self._phase, "error", self._init_failure.error_type)
        elif not self._stopping:
            self._log.init_report(init_ms, self._phase, "error", "Runtime.ExitError")

    def _fail(self, failure: Failure) -> None:
        invocation = self._invocation
        self._end(failure)
        if invocation is not None:
            invocation.failed(failure)

    def _end(self, failure: Failure | None, *, all_read: bool = False) -> None:
        if self._invocation is None:
            return
        if not all_read:
            self._log.drain()
        duration_ms = _since_ms(self._began)
        if failure is not None and failure.status == "timeout":
            duration_ms = self.function.timeout_s * 1000
        self._log.end(
            self._invocation,
            failure,
            duration_ms=duration_ms,
            init_ms=self._init_ms,
            max_memory_mb=self._look_at_memory(),
        )
        self._invocation = self._verdict = self._init_ms = None
        self._limit.unset()

    def _look_at_memory(self) -> int:
        return self._memory.megabytes() if self._memory else 0

    def _deliver(self, client: RuntimeClient, invocation: Invocation) -> None:
        self._waiting = None
        left_s = self.function.timeout_s - (time.monotonic() - self._began)
        client.hand_over(invocation, now_ms() + round(left_s * 1000))

    def _current(self, request_id: str) -> Invocation | None:
        invocation = self._invocation
        return (
            invocation if invocation and invocation.request_id == request_id and not self._stopping else None
        )


def _since_ms(monotonic: float) -> float:
    return (time.monotonic() - monotonic) * 1000
