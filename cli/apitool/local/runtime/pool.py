"""The workers of one function version, and the invocations that wait for one."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import deque
from typing import TYPE_CHECKING

from apitool.local.runtime import failures
from apitool.local.runtime.worker import Worker

if TYPE_CHECKING:
    from apitool.local.runtime.function import FunctionVersion, LogSink
    from apitool.local.runtime.invocation import Invocation
    from apitool.local.runtime.sandbox import SandboxSettings
    from apitool.local.runtime.settings import RuntimeSettings

_CORES = os.cpu_count() or 1
_STARTS_AT_ONCE = _CORES  # more would only start more slowly
_PLENTY = 2 * _CORES  # workers that keep the machine busy, where a handler computes and waits for nothing
_QUICK = 0.005  # seconds from one worker that comes back to the next
_PATIENCE = 0.05  # seconds to wait behind others at the most, however quickly workers come back
_STUCK = 1.0  # seconds from an answer to the question for more


class Pool:
    """Starts a worker at once when there is none; another when an invocation has waited `grow_after_s`, or,
    where there are plenty that come back quickly, `_PATIENCE`.

    On AWS every concurrent request has an environment of its own. Here a handler that answers within
    milliseconds is served by few, and one that waits for something gets as many as it needs.
    """

    def __init__(
        self, function: FunctionVersion, sink: LogSink, settings: RuntimeSettings, sandbox: SandboxSettings
    ) -> None:
        self.function = function
        self._sink = sink
        self._settings = settings
        self._sandbox = sandbox
        self._workers: dict[Worker, asyncio.Task[None]] = {}
        self._idle: list[Worker] = []  # the last one used is used next, so the others can be retired
        self._waiting: deque[Invocation] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._retired = False
        self._came_back = 0.0  # monotonic seconds: when a worker last asked for more

    @property
    def empty(self) -> bool:
        return not self._workers and not self._waiting

    def warm(self) -> None:
        """Start a worker before anything is invoked."""
        if not self._workers:
            self._start()

    def submit(self, invocation: Invocation) -> None:
        if self._idle:
            self._idle.pop().begin(invocation)
            return
        self._waiting.append(invocation)
        if not self._workers:
            self._start()
        elif self._timer is None:
            self._look_again()

    def retire(self) -> None:
        """No invocations come any more: workers end after what they do and what waits already."""
        self._retired = True
        self.retire_idle(older_than_s=0)

    def retire_idle(self, older_than_s: float) -> None:
        limit = time.monotonic() - older_than_s
        for worker in [worker for worker in self._idle if worker.idle_since <= limit]:
            self._idle.remove(worker)
            worker.stop()

    async def stop(self) -> None:
        """Kills every worker and waits for its end. What they did, and what waited, has failed then."""
        self._retired = True
        while self._waiting:
            invocation = self._waiting.popleft()
            invocation.failed(failures.exited(invocation.request_id, -signal.SIGKILL))
        for worker in self._workers:
            worker.stop()
        while self._workers:
            await asyncio.wait(self._workers.values())
        if self._timer is not None:
            self._timer.cancel()

    # What a worker says

    def ready(self, worker: Worker) -> None:
        if self._waiting:
            self._came_back = time.monotonic()
            worker.begin(self._waiting.popleft())
        elif self._retired:
            worker.stop()
        else:
            self._idle.append(worker)

    def gone(self, worker: Worker) -> None:
        self._workers.pop(worker, None)
        if worker in self._idle:
            self._idle.remove(worker)
        if not worker.initialised and self._waiting:
            if worker.init_timed_out:  # Lambda tries once more, within the invocation's own timeout
                self._start(self._waiting.popleft())
            else:
                worker.blame(self._waiting.popleft())
        if self._waiting and not self._workers:
            self._start()

    # Growing

    def _start(self, first: Invocation | None = None) -> None:
        worker = Worker(self.function, self, self._sink, "invoke" if first else "init")
        if first is not None:
            worker.begin(first)
        life = worker.run(self._sandbox, self._settings.init_limit_s)
        self._workers[worker] = asyncio.get_running_loop().create_task(life)

    def _grow(self) -> None:
        self._timer = None
        if not self._waiting:
            return
        starting = sum(not worker.initialised for worker in self._workers)
        room = len(self._workers) < self._settings.concurrency
        if room and starting < min(_STARTS_AT_ONCE, self._overdue()):
            self._start()
        self._look_again()

    def _overdue(self) -> int:
        """How many wait for a worker that is not about to be free: requests sent one after the other share
        one, however slowly it comes back for the next. One that takes a second has got stuck.
        """
        now = time.monotonic()
        waited = now - self._waiting[0].accepted
        if waited < (_PATIENCE if self._plenty(now) else self._settings.grow_after_s):
            return 0
        coming = sum(worker.between for worker in self._workers) if waited < _STUCK else 0
        return len(self._waiting) - coming

    def _plenty(self, now: float) -> bool:
        """More would compute no faster, and these wait for nothing: one has just come back."""
        return len(self._workers) >= _PLENTY and now - self._came_back < _QUICK

    def _look_again(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._settings.grow_after_s, self._grow)
