"""`apitool logs stats`: figures by route, on the terminal or as a page."""

from __future__ import annotations

import time
from pathlib import Path  # noqa: TC003 - Typer reads it when the command is declared
from typing import Annotated

import typer

from apitool.commands.logs.chosen import Routes, Since, Until, target_of
from apitool.commands.shared import Run, command
from apitool.errors import UsageError


def register(app: typer.Typer) -> None:
    command(app)(stats)


def stats(
    run: Run,
    *,
    since: Since = "1h",
    until: Until = None,
    route: Routes = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with histograms as SVG.")
    ] = None,
) -> None:
    """Count requests by route: statuses, cold starts, p50/p95/p99 of gateway, integration and overhead."""
    from apitool.logs import filters, statistics, statistics_page, statistics_text, times
    from apitool.stage import log_reading, log_sources

    now_ms = time.time_ns() // 1_000_000
    start = times.moment(since, now_ms=now_ms)
    end = times.moment(until, now_ms=now_ms) if until else now_ms
    target = target_of(run)
    reading = log_reading.of_stage(target)
    wanted = filters.Filter(routes=tuple(route or ()))
    figures = statistics.Statistics(tuple(each.key for each in target.project.routes))
    for request in reading.requests((start, end)):
        if wanted.admits(request):
            figures.add(request)
    if html is not None:
        span = f"{times.iso(start)} to {times.iso(end)}"
        _write(html, statistics_page.page(figures, target.title, span))
        run.console.say(f"written: {html}")
    run.console.result(statistics_text.text(figures), figures.data())
    if not figures.routes:
        run.console.say("nothing to count. Why that may be:")
        for reason in log_sources.why_silent(target, reading.settings, reading.missing):
            run.console.say(f"  {reason}")


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"can't write {file}", seen=str(error)) from error
