"""`apitool logs debug`: full logging while it runs, requests as they come, and at its end all as before."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from apitool.commands.logs.chosen import Bodies, Routes, YesLogBodies, need_consent, target_of
from apitool.commands.logs.shown import Shown
from apitool.commands.shared import Run, command
from apitool.errors import InterruptedByUserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.stage.target import Target

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def register(app: typer.Typer) -> None:
    command(app)(debug)


def debug(
    run: Run,
    *,
    lasting: Annotated[
        str, typer.Option("--for", metavar="TIME", help="End by itself after this long, e.g. 30m.")
    ] = "30m",
    route: Routes = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Make requests until the first line is there.")
    ] = False,
    bodies: Bodies = False,
    yes_log_bodies: YesLogBodies = False,
) -> None:
    """Log everything, bodies too, and show requests; at the end, however it comes, log as before."""
    from apitool.logs import filters, times
    from apitool.logs.redaction import Redaction
    from apitool.stage import log_reading, logging_wait

    seconds = times.seconds(lasting)
    target = target_of(run)
    need_consent(target, "full", given=yes_log_bodies)
    started_ms = time.time_ns() // 1_000_000
    with _signals_as_errors(), _full_logging(run, target, route or [], seconds):
        if wait:
            logging_wait.first_line(target, run.console)
        reading = log_reading.of_stage(target)
        deadline = time.monotonic() + seconds
        wanted = filters.Filter(routes=tuple(route or ()))
        shown = Shown(run.console, wanted, Redaction(bodies))
        for request in reading.follow(started_ms, lambda: time.monotonic() > deadline):
            if request is not None:
                shown.request(request)


@contextmanager
def _full_logging(run: Run, target: Target, keys: list[str], seconds: float) -> Iterator[None]:
    """Full logging inside, exactly the former settings after. The record of them is written first."""
    from apitool.stage import account_role, logging, logging_leftover

    routes = logging.routes_named(target.project, keys)
    account_role.ensure(target, run.console)
    settings = logging.settings_of(target)
    leftover = logging_leftover.remember(target, settings, seconds, pid=os.getpid())
    try:
        change = logging.change_to(settings, target.stage, "full", routes)
        logging.apply(target, change)
        for operation in change.operations:
            run.console.say(f"  {operation}")
        run.console.say(f"full logging until {leftover.until} or Ctrl-C")
        if not target.embedded:
            run.console.say("AWS takes 40 s and more before the first line appears.")
        yield
    finally:
        with _signals_held(), run.console.step("logging", "as it was before"):
            logging_leftover.restore(target, leftover)


@contextmanager
def _signals_as_errors() -> Iterator[None]:
    """SIGTERM and a closed terminal end the command as Ctrl-C does.

    By a KeyboardInterrupt: botocore takes any Exception raised while it waits for a broken connection,
    and goes on.
    """
    ended: list[int] = []

    def end(number: int, _frame: Any) -> None:  # noqa: ANN401 - what Python hands to signal handlers
        ended.append(number)
        raise KeyboardInterrupt

    former = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield
    except KeyboardInterrupt:
        name = signal.Signals(ended[0]).name if ended else "Ctrl-C"
        raise InterruptedByUserError(f"ended by {name}, logging is as before") from None
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def _signals_held() -> Iterator[None]:
    """A second Ctrl-C must not stop the settings from being put back."""
    former = {number: signal.signal(number, signal.SIG_IGN) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
