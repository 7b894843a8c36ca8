"""A stage served from source: project, dependencies, then `local/serve`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.local import event_loop, ports
from apitool.local.serve.served import served
from apitool.local.serve.serving import Serving
from apitool.local.serve.terminal import Terminal
from apitool.stage import serve_record, source_dependencies

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

    from apitool.console import Console
    from apitool.local.serve.served import Served
    from apitool.project.model import Project, Stage

DEFAULT_PORT = 3000


def listen(port: int | None) -> socket:
    """The port asked for; without one 3000, or any free one when that is taken.

    Raises:
        UsageError: the port asked for can't be had.
    """
    try:
        return ports.listen(DEFAULT_PORT if port is None else port)
    except (OSError, OverflowError) as error:
        if port is None:
            return ports.listen()
        raise UsageError(
            f"can't listen on port {port}",
            seen=str(error),
            fix="another --port, or none: a free one is taken",
        ) from error


def prepare(project: Project, stage: Stage, console: Console, *, save: int = 0) -> Served:
    """The stage, with its functions' dependencies installed for this machine.

    Raises:
        ApitoolError: they can't be.
    """
    dependencies = {}
    for name in project.functions:
        dependencies[name] = source_dependencies.installed(project, name, console.detail)
    return served(project, stage, dependencies, save=save)


def serve(
    project: Project,
    stage: Stage,
    console: Console,
    *,
    port: int | None,
    reload: Callable[[], tuple[Project, Stage]],
) -> None:
    """Serve until Ctrl-C or SIGTERM. `reload` reads the project again after a save."""

    def load(save: int) -> Served:
        return prepare(*reload(), console, save=save)

    listener = listen(port)
    first = prepare(project, stage, console)
    with contextlib.suppress(KeyboardInterrupt):
        event_loop.run(_serve(first, load, listener, console))
    console.say("stopped")


async def _serve(first: Served, load: Callable[[int], Served], listener: socket, console: Console) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, _cancel, asyncio.current_task())
    async with Serving(first, load, listener, say=console.say, warn=console.error) as serving:
        logs = serving.exchanges.logs
        terminal = Terminal(_write(console), console.styled, logs, verbose=console.verbosity > 0)
        if console.verbosity >= 0:
            serving.listen(terminal.show)
        _greet(serving, console)
        project, stage = first.project, first.stage
        with serve_record.recorded(project.root, stage.name, serving.url):
            try:
                with contextlib.suppress(asyncio.CancelledError):
                    await _watch(serving, console)
            finally:
                terminal.flush()


async def _watch(serving: Serving, console: Console) -> None:
    """A machine without watches left still serves."""
    try:
        await serving.watch()
    except (OSError, RuntimeError) as error:
        console.say(f"saves are not taken over, start again after one: {error}")
        await asyncio.Event().wait()


def _greet(serving: Serving, console: Console) -> None:
    project = serving.served.project
    console.result(serving.url, {"url": serving.url, "page": serving.page_url})
    width = max(len(route.method) for route in project.routes)
    for route in project.routes:
        console.say(f"  {route.method:<{width}} {serving.url}{route.path}")
    console.say(f"live page {serving.page_url}; saves are taken over; Ctrl-C ends it")


def _write(console: Console) -> Callable[[str], None]:
    def write(text: str) -> None:
        console.err.write(text)
        console.err.flush()

    return write


def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
