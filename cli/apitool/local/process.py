"""The background process: control plane in threads, gateway and Lambda runtime on one event loop.

Its state is the memory of this process. It ends on SIGTERM, or when its record is taken away (a deleted
project must not leave a process behind).
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import apitool
from apitool.local import event_loop, integration_roles, record
from apitool.local.changes import Changes
from apitool.local.control_plane import ControlPlane
from apitool.local.control_plane_view import ControlPlaneView
from apitool.local.corrections import function_invocation, method_tests, stage_caches
from apitool.local.corrections.correction import applied
from apitool.local.corrections.everything import CORRECTIONS
from apitool.local.endpoint import LOOPBACK
from apitool.local.folder import Folder
from apitool.local.functions import Functions
from apitool.local.gateway import Gateway
from apitool.local.gateway_logs import GatewayLogs
from apitool.local.http.endpoint_calls import EndpointCalls
from apitool.local.http.server import Server
from apitool.local.http.service_calls import ServiceCalls
from apitool.local.invoker import Invoker
from apitool.local.log_store import MotoLogStore
from apitool.local.log_writer import LogWriter
from apitool.local.ports import port_of
from apitool.local.process_identity import identity
from apitool.local.runtime.runtime import Runtime
from apitool.local.runtime.settings import RuntimeSettings
from apitool.local.threads import FromAnyThread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

_WATCH_INTERVAL = 5.0  # seconds between looks at the record


def run(folder: Path, region: str, *, control_fd: int, gateway_fd: int, ready_fd: int) -> None:
    """Serve until told to end. The sockets listen already; `ready_fd` gets the pid and then `ready`."""
    os.write(ready_fd, f"{os.getpid()}\n".encode())
    control, gateway = (socket.socket(fileno=number) for number in (control_fd, gateway_fd))
    here = Folder(folder)
    try:
        event_loop.run(_serve(here, region, control, gateway, ready_fd))
    finally:
        record.withdraw(here.record, os.getpid())


async def _serve(
    folder: Folder, region: str, control: socket.socket, gateway: socket.socket, ready_fd: int
) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with AsyncExitStack() as stack:
        await _start(stack, folder, control, gateway)
        record.write(folder.record, _record(region, control, gateway))
        os.write(ready_fd, b"ready\n")
        os.close(ready_fd)
        await _ended_or_abandoned(ended, folder)


async def _start(
    stack: AsyncExitStack, folder: Folder, control: socket.socket, gateway: socket.socket
) -> None:
    """Put the parts together; the stack takes them apart again."""
    changes = Changes()
    logs = GatewayLogs(LogWriter(MotoLogStore()))
    settings = RuntimeSettings(endpoint_url=f"http://{LOOPBACK}:{port_of(control)}")
    runtime = await stack.enter_async_context(Runtime(logs.of_function, settings))
    view = ControlPlaneView(changes, folder.code)
    invoker = Invoker(view, runtime)
    functions = Functions(invoker.start, view.permits, integration_roles.refusal)
    endpoints = EndpointCalls(ServiceCalls(_at(port_of(control)), integration_roles.refusal))
    stack.callback(endpoints.stop)
    here = FromAnyThread(invoker, functions, endpoints)
    running = (
        *function_invocation.corrections(here.run),
        *method_tests.corrections(here.perform),
        *stage_caches.corrections(answers=view.flush_answers, authorizers=view.flush_authorizers),
    )
    stack.enter_context(applied((*CORRECTIONS, *running)))
    ControlPlane(control, changes.noticed).start()
    server = Server(Gateway(view.stage, functions, endpoints, logs.of_request).handle)
    await server.start(gateway)
    stack.push_async_callback(server.stop)


def _at(port: int) -> Callable[[], Awaitable[str]]:
    async def running() -> str:
        return f"http://{LOOPBACK}:{port}"

    return running


def _record(region: str, control: socket.socket, gateway: socket.socket) -> record.Record:
    return record.Record(
        pid=os.getpid(),
        identity=identity(os.getpid()) or "",
        control_port=port_of(control),
        gateway_port=port_of(gateway),
        region=region,
        version=apitool.__version__,
        started_at=time.time(),
    )


async def _ended_or_abandoned(ended: asyncio.Event, folder: Folder) -> None:
    while not ended.is_set():
        try:
            await asyncio.wait_for(ended.wait(), _WATCH_INTERVAL)
        except TimeoutError:
            mine = record.read(folder.record)
            if mine is None or mine.pid != os.getpid():
                return
