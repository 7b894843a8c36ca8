"""A wire between everything and the embedded AWS's control plane, on which requests and replies can be lost.

It stands where the project's `service.json` says the control plane answers, so Terraform, its provider and
boto3 all go through it; none of them knows.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs

from apitool.local.folder import Folder

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

Reply = tuple[int, list[tuple[str, str]], bytes]  # status, headers, body
PATIENCE = 400  # seconds until what is waited for must have come, and a held request is let go
_READS = re.compile(r"GET |HEAD |Get|List|Describe")
_REST = (
    ("POST", r"/restapis", "CreateRestApi"),
    ("PUT", r"/restapis/[^/]+", "PutRestApi"),
    ("DELETE", r"/restapis/[^/]+", "DeleteRestApi"),
    ("POST", r"/restapis/[^/]+/deployments", "CreateDeployment"),
    ("POST", r"/restapis/[^/]+/stages", "CreateStage"),
    ("PATCH", r"/restapis/[^/]+/stages/[^/]+", "UpdateStage"),
    ("DELETE", r"/restapis/[^/]+/stages/[^/]+", "DeleteStage"),
    ("PATCH", r"/account", "UpdateAccount"),
    ("POST", r"/2015-03-31/functions", "CreateFunction"),
    ("POST", r"/2015-03-31/functions/[^/]+/aliases", "CreateAlias"),
    ("POST", r"/2015-03-31/functions/[^/]+/policy", "AddPermission"),
    ("DELETE", r"/2015-03-31/functions/[^/]+", "DeleteFunction"),
)


@dataclass
class Fault:
    """What happens to the next requests of an operation. Each kind of fault is a subclass."""

    operation: str
    times: int = 1

    def instead(self) -> Reply | None:
        """What is answered without asking AWS."""
        return None

    def before(self) -> bool:
        """Whether the request goes on to AWS."""
        return True

    def after(self) -> bool:
        """Whether the reply goes back."""
        return True


class LostReply(Fault):
    """AWS did it, and nobody hears of it."""

    def after(self) -> bool:
        return False


@dataclass
class Refused(Fault):
    """AWS says no, in words of its own; REST services name the error in a header."""

    status: int = 500
    body: str = "{}"
    kind: str = "application/json"
    error: str = ""

    def instead(self) -> Reply:
        headers = [("Content-Type", self.kind), ("Content-Length", str(len(self.body)))]
        return self.status, [*headers, ("x-amzn-ErrorType", self.error)], self.body.encode()


@dataclass
class Held(Fault):
    """The request, or with `done` its reply, is held until it is let go, and then lost or sent on."""

    done: bool = False
    lost: bool = True
    reached: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def before(self) -> bool:
        return True if self.done else self._hold()

    def after(self) -> bool:
        return self._hold() if self.done else True

    def _hold(self) -> bool:
        self.reached.set()
        self.let_go.wait(PATIENCE)
        return not self.lost

    def wait(self, process: subprocess.Popen[str]) -> None:
        """Until it is reached by what `process` does."""
        deadline = time.monotonic() + PATIENCE
        while not self.reached.wait(0.05):
            assert process.poll() is None, (f"no {self.operation} was sent", *process.communicate())
            assert time.monotonic() < deadline, f"no {self.operation} was sent"


@dataclass
class Strike(Fault):
    """At the `count`th change, before or after AWS makes it, `act` is called; no reply goes back."""

    count: int = 0
    done: bool = False
    act: Callable[[], None] | None = None
    ready: threading.Event = field(default_factory=threading.Event)

    def __call__(self, act: Callable[[], None]) -> None:
        self.act = act
        self.ready.set()

    def before(self) -> bool:
        return True if self.done else self._strike()

    def after(self) -> bool:
        return self._strike()

    def _strike(self) -> bool:
        assert self.ready.wait(PATIENCE)
        assert self.act
        self.act()
        return False


@dataclass
class Wire:
    """`said` has the operations in the order they were asked for."""

    port: int  # of the control plane behind it
    faults: list[Fault] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    strike: Strike | None = None

    @contextmanager
    def striking(self, count: int, *, done: bool) -> Iterator[Strike]:
        self.strike = Strike("-", count=count, done=done)
        try:
            yield self.strike
        finally:
            self.strike = None

    def next_fault(self, operation: str) -> Fault:
        self.said.append(operation)
        if self.strike and not _READS.match(operation):
            self.strike.count -= 1
            if self.strike.count == 0:
                return self.strike
        for fault in self.faults:
            if fault.operation == operation and fault.times:
                fault.times -= 1
                return fault
        return Fault(operation)

    @contextmanager
    def holding(self, operation: str, *, done: bool = False, lost: bool = True) -> Iterator[Held]:
        """The next request of this kind is held inside the block."""
        held = Held(operation, done=done, lost=lost)
        self.faults.append(held)
        try:
            yield held
        finally:
            held.let_go.set()
            self.faults.remove(held)


def operation_of(method: str, path: str, headers: http.client.HTTPMessage, body: bytes) -> str:
    if target := headers.get("X-Amz-Target"):
        return target.rpartition(".")[2]
    if "x-www-form-urlencoded" in headers.get("Content-Type", ""):
        return parse_qs(body.decode()).get("Action", ["-"])[0]
    plain = path.partition("?")[0].rstrip("/")
    for verb, pattern, name in _REST:
        if verb == method and re.fullmatch(pattern, plain):
            return name
    return f"{method} {plain}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece: see the handler of the control plane
    wire: ClassVar[Wire]

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`do_GET` and its like: all methods alike."""
        if name.startswith("do_"):
            return self._pass_on
        raise AttributeError(name)

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.wire.next_fault(operation_of(self.command, self.path, self.headers, body))
        reply = fault.instead() or (self._forwarded(body) if fault.before() else None)
        if reply is None or not fault.after():
            self.close_connection = True
            return
        status, headers, content = reply
        with suppress(OSError):  # the caller may be gone
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def _forwarded(self, body: bytes) -> Reply:
        behind = http.client.HTTPConnection("127.0.0.1", self.wire.port, timeout=PATIENCE)
        try:
            behind.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                behind.putheader(name, value)
            behind.endheaders(body)
            answer = behind.getresponse()
            content = answer.read()
            kept = [
                (k, v) for k, v in answer.getheaders() if k.lower() not in {"connection", "content-length"}
            ]
            length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(content))
            return answer.status, [*kept, ("Content-Length", length or "0")], content
        finally:
            behind.close()

    def handle_expect_100(self) -> bool:
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def between(project: Path) -> Iterator[Wire]:
    """Put a wire before the control plane of the project's running embedded AWS."""
    file = Folder.of(project).record
    record = json.loads(file.read_text())
    wire = Wire(record["control_port"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"wire": wire}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    file.write_text(json.dumps(record | {"control_port": server.server_port}))
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
