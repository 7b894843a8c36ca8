"""`apitool serve` beside serverless-offline, chalice local and ministack: same handler, machine and client.

    python tests/benchmarks/bench_serve.py [--peers] [--seconds 5]

The peers are installed on demand below the user's cache folder (npm, uv); without `--peers` only ours is
measured, beside a bare awslambdaric worker's floor in bench_runtime.py. The client is wrk where it is
installed, else one in Python, which takes a good part of two cores for itself. Loads alternate connections
1 and 16. Figures of different runs say little: a machine busy with other things halves them all, unevenly.
Handlers of all run on the Python of this script. Which build that is counts: one without optimisations, as
pyenv makes where it isn't asked for them, takes a third longer for a request of ours than Debian's.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "apitool-benchmarks"
UV = (sys.executable, "-m", "uv")
HANDLER = """\
import json
def handler(event, context):
    body = json.dumps({"path": event["path"], "q": event["queryStringParameters"]})
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": body}
"""
TOML = """\
name = "bench"
region = "eu-central-1"
[functions.hello]
source = "src"
handler = "app.handler"
[routes]
"GET /hello" = "hello"
[stages.dev]
local = true
"""
SERVERLESS = """\
service: bench
provider: {name: aws, runtime: python3.11, stage: dev}
plugins: [serverless-offline]
functions:
  hello:
    handler: src/app.handler
    events: [{http: {path: /hello, method: get}}]
"""
CHALICE = """\
import json
from chalice import Chalice, Response
app = Chalice(app_name="bench")

@app.route("/hello")
def hello():
    request = app.current_request
    body = json.dumps({"path": request.context["resourcePath"], "q": dict(request.query_params)})
    return Response(body=body, status_code=200, headers={"Content-Type": "application/json"})
"""


@dataclass(frozen=True)
class Peer:
    name: str
    argv: tuple[str, ...]
    folder: Path
    path: str
    deploy: Callable[[int], str] | None = None  # given the port, the path it then answers at


@dataclass(frozen=True)
class Load:
    connections: int
    rate: float  # requests per second
    p50: float  # ms
    p99: float  # ms


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def ours(folder: Path, port: int) -> Peer:
    (folder / "src").mkdir(parents=True)
    (folder / "src/app.py").write_text(HANDLER)
    (folder / "apitool.toml").write_text(TOML)
    argv = (sys.executable, "-P", "-m", "apitool", "serve", "-q", "--port", str(port))
    return Peer("apitool serve", argv, folder, "/dev/hello?x=1")


def serverless_offline(folder: Path, port: int) -> Peer:
    installed = CACHE / "serverless-offline"
    if not (installed / "node_modules/serverless-offline").is_dir():
        installed.mkdir(parents=True, exist_ok=True)
        (installed / "package.json").write_text('{"private": true}')
        packages = ["serverless@3", "serverless-offline@13"]
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", *packages], cwd=installed, check=True)
    (folder / "src").mkdir(parents=True)
    (folder / "src/app.py").write_text(HANDLER)
    (folder / "serverless.yml").write_text(SERVERLESS)
    (folder / "node_modules").symlink_to(installed / "node_modules")
    program = str(installed / "node_modules/.bin/serverless")
    ports = ("--httpPort", str(port), "--lambdaPort", str(free_port()), "--albPort", str(free_port()))
    return Peer(
        "serverless-offline", (program, "offline", *ports, "--noPrependStageInUrl"), folder, "/hello?x=1"
    )


def chalice(folder: Path, port: int) -> Peer:
    installed = CACHE / "chalice"
    if not (installed / "bin/chalice").is_file():
        subprocess.run([*UV, "venv", "-q", "--python", sys.executable, str(installed)], check=True)
        python = str(installed / "bin/python")
        subprocess.run(
            [*UV, "pip", "install", "-q", "--python", python, "chalice", "setuptools<81"], check=True
        )
    (folder / ".chalice").mkdir(parents=True)
    (folder / ".chalice/config.json").write_text('{"version": "2.0", "app_name": "bench"}')
    (folder / "app.py").write_text(CHALICE)
    argv = (str(installed / "bin/chalice"), "local", "--no-autoreload", "--port", str(port))
    return Peer("chalice local", argv, folder, "/hello?x=1")


def ministack(folder: Path, port: int) -> Peer:
    """Its execute path; the API is made by the calls that chalice or Zappa would make."""
    installed = CACHE / "ministack"
    if not (installed / "bin/ministack").is_file():
        subprocess.run([*UV, "venv", "-q", "--python", sys.executable, str(installed)], check=True)
        python = str(installed / "bin/python")
        subprocess.run([*UV, "pip", "install", "-q", "--python", python, "ministack"], check=True)
    folder.mkdir(parents=True)
    argv = ("env", f"GATEWAY_PORT={port}", str(installed / "bin/ministack"))
    return Peer("ministack", argv, folder, "", deploy_to_ministack)


def deploy_to_ministack(port: int) -> str:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("app.py", HANDLER)
    where = {"endpoint_url": f"http://127.0.0.1:{port}", "region_name": "eu-central-1"}
    session = boto3.Session("test", "test")
    wait_for_port(port)
    arn = session.client("lambda", **where).create_function(
        FunctionName="hello",
        Runtime="python3.11",
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/r",
        Code={"ZipFile": package.getvalue()},
    )["FunctionArn"]
    client = session.client("apigateway", **where)
    api = client.create_rest_api(name="bench")["id"]
    root = client.get_resources(restApiId=api)["items"][0]["id"]
    hello = client.create_resource(restApiId=api, parentId=root, pathPart="hello")["id"]
    method = {"restApiId": api, "resourceId": hello, "httpMethod": "GET"}
    client.put_method(**method, authorizationType="NONE")
    uri = f"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/{arn}/invocations"
    client.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    client.create_deployment(restApiId=api, stageName="dev")
    return f"/_aws/execute-api/{api}/dev/hello?x=1"


def wait_for_port(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head.split(b"\r\n", 1)[0], head
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.partition(b":")[2]))


async def client(port: int, request: bytes, until: float, taken: list[float]) -> None:
    """One connection, opened again where the server closes it after each answer."""
    reader = writer = None
    while time.perf_counter() < until:
        if writer is None or reader is None or reader.at_eof():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        started = time.perf_counter()
        try:
            await once(reader, writer, request)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer = None
            continue
        taken.append((time.perf_counter() - started) * 1000)


def load(port: int, path: str, connections: int, seconds: float) -> Load:
    if shutil.which("wrk"):
        return load_by_wrk(port, path, connections, seconds)
    return asyncio.run(load_by_python(port, path, connections, seconds))


def load_by_wrk(port: int, path: str, connections: int, seconds: float) -> Load:
    argv = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds:.0f}",
        "--latency",
        f"http://127.0.0.1:{port}{path}",
    ]
    said = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    cuts = dict(re.findall(r"^ +(\d\d)% +(\S+) *$", said, re.MULTILINE))
    assert rate is not None, said
    return Load(connections, float(rate[1]), milliseconds(cuts["50"]), milliseconds(cuts["99"]))


def milliseconds(text: str) -> float:
    """wrk's `850.00us`, `2.87ms`, `1.05s`."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


async def load_by_python(port: int, path: str, connections: int, seconds: float) -> Load:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()
    taken: list[float] = []
    started = time.perf_counter()
    until = started + seconds
    await asyncio.gather(*(client(port, request, until, taken) for _ in range(connections)))
    rate = len(taken) / (time.perf_counter() - started)
    cuts = statistics.quantiles(taken, n=100)
    return Load(connections, rate, cuts[49], cuts[98])


def first_answer(peer: Peer, path: str, port: int, started: float) -> float:
    """Seconds from the start of the process to the end of its first answer."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    while time.perf_counter() - started < 60:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(request)
                if b" 200 " in connection.recv(65_536):
                    return time.perf_counter() - started
        except OSError:
            pass
        time.sleep(0.01)
    raise TimeoutError(peer.name)


def reload(folder: Path, port: int) -> float:
    """Seconds from a save of the handler to the first answer of the new one, for who keeps asking."""
    handler = folder / "src/app.py"
    handler.write_text(HANDLER.replace('"statusCode": 200', '"statusCode": 201'))
    saved = time.perf_counter()
    request = f"GET /dev/hello HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    while time.perf_counter() - saved < 60:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(request)
            if b" 201 " in connection.recv(65_536):
                return time.perf_counter() - saved
        time.sleep(0.005)
    raise TimeoutError("the save was not noticed")


def memory(pid: int) -> float:
    """MB resident, of the process and everything below it."""
    total, pids = 0, [pid]
    while pids:
        each = pids.pop()
        try:
            status = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in status.splitlines() if line.startswith("Pss:"))
            for children in Path(f"/proc/{each}/task").glob("*/children"):
                pids += map(int, children.read_text().split())
        except (OSError, StopIteration):
            continue
    return total / 1024


def environment() -> dict[str, str]:
    """With this Python for whoever looks for one: serverless-offline takes it from VIRTUAL_ENV."""
    inherited = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "VIRTUAL_ENV": sys.prefix}


def measure(peer: Peer, port: int, seconds: float) -> list[Load]:
    started = time.perf_counter()
    process = subprocess.Popen(
        peer.argv,
        cwd=peer.folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        path = peer.deploy(port) if peer.deploy else peer.path
        first = first_answer(peer, path, port, started)
        load(port, path, 16, 1.0)  # workers start
        loads = [load(port, path, connections, seconds) for connections in (1, 16)]
        print(f"{peer.name:<20} first answer {first:5.2f} s  memory {memory(process.pid):4.0f} MB", end="")
        for each in loads:
            print(
                f"  | {each.connections:>2}: {each.rate:6.0f}/s p50 {each.p50:6.2f} p99 {each.p99:6.2f} ms",
                end="",
            )
        print(
            f"  | reload {reload(peer.folder, port):.2f} s" if peer.name == "apitool serve" else "",
            flush=True,
        )
        return loads
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--peers", action="store_true")
    options.add_argument("--seconds", type=float, default=5.0)
    given = options.parse_args()
    makers = [ours, serverless_offline, chalice, ministack] if given.peers else [ours]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {sys.version}")
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        for maker in makers:
            port = free_port()
            peer = maker(Path(folder) / maker.__name__, port)
            rates[peer.name] = measure(peer, port, given.seconds)[-1].rate
    own = rates.pop("apitool serve")
    for name, rate in rates.items():
        print(f"apitool serve / {name}, 16 connections: {own / rate:.2f}")


if __name__ == "__main__":
    main()
