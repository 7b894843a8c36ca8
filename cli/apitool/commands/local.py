"""`apitool local status | stop | logs | reset`: the AWS embedded on this machine."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, command
from apitool.errors import ApitoolError
from apitool.visible import visible

if TYPE_CHECKING:
    from apitool.local.endpoint import Endpoint

_POLL = 0.1  # seconds between two looks at the log

app = typer.Typer(name="local", help="The AWS embedded on this machine.", no_args_is_help=True)


@command(app)
def status(run: Run) -> None:
    """Show whether it runs, where it answers and which stages are up in it."""
    from apitool.local import service
    from apitool.stage import embedded_stages

    endpoint = service.running(_root(run))
    if endpoint is None:
        run.console.result("not running; `apitool up` starts it", {"running": False})
        return
    stages = {stage: endpoint.url(stage) for stage in embedded_stages.read(endpoint)}
    run.console.result(_text(endpoint, stages), {"running": True, **_data(endpoint), "stages": stages})


@command(app)
def stop(run: Run) -> None:
    """End it. What was up in it is gone; the next `up` makes it anew."""
    from apitool.local import service

    stopped = service.stop(_root(run))
    run.console.result("stopped" if stopped else "was not running", {"stopped": stopped})


@command(app)
def reset(run: Run) -> None:
    """End it and remove what it left on disk."""
    from apitool.local import service

    root = _root(run)
    service.reset(root)
    shutil.rmtree(root / ".apitool" / "embedded", ignore_errors=True)
    run.console.result("reset", {"reset": True})


@command(app)
def logs(
    run: Run,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until interrupted.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines.")] = 50,
) -> None:
    """Show what the embedded AWS says: one line per request."""
    from apitool.local import service

    file = service.log_file(_root(run))
    if not file.exists():
        raise ApitoolError("the embedded AWS has not run here yet", seen=f"no {file}", fix="apitool up")
    _show(file, lines, follow=follow)


def _root(run: Run) -> Path:
    """The folder of `apitool.toml`. The file itself may be broken: stopping must work all the same."""
    from apitool.project.find import project_file

    return project_file(run.options.directory or Path()).parent


def _text(endpoint: Endpoint, stages: dict[str, str]) -> str:
    up = [f"  {stage:<12}  {url}" for stage, url in stages.items()] or ["  no stage is up"]
    return "\n".join(
        [
            f"running, process {endpoint.pid}",
            f"  AWS API       {endpoint.control_url}  {endpoint.region}",
            *up,
        ]
    )


def _data(endpoint: Endpoint) -> dict[str, object]:
    return {
        "pid": endpoint.pid,
        "control_url": endpoint.control_url,
        "gateway_port": endpoint.gateway_port,
        "region": endpoint.region,
        "account_id": endpoint.account_id,
        "started_at": endpoint.started_at,
    }


def _show(file: Path, lines: int, *, follow: bool) -> None:
    with file.open(encoding="utf-8", errors="replace") as log:
        last = deque(log, maxlen=lines)
        sys.stdout.write(visible("".join(last)))
        sys.stdout.flush()
        while follow:
            time.sleep(_POLL)
            sys.stdout.write(visible(log.read()))
            sys.stdout.flush()
