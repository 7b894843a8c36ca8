"""`apitool logs tail`: one line per request, errors with their cause."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.logs.chosen import Bodies, Routes, Since, Until, target_of
from apitool.commands.logs.shown import Shown
from apitool.commands.shared import Run, command
from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.logs.filters import Filter
    from apitool.logs.joining import Source
    from apitool.stage.log_reading import LogReading, Span


def register(app: typer.Typer) -> None:
    command(app)(tail)


def tail(
    run: Run,
    *,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on as requests come, until Ctrl-C.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Follow by Live Tail: at once, from now on; billed by the minute.")
    ] = False,
    since: Since = "10m",
    until: Until = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help="Only these: 404, 5xx; repeatable.")
    ] = None,
    route: Routes = None,
    grep: Annotated[
        str | None, typer.Option("--grep", "-g", metavar="REGEX", help="Only requests with such a line.")
    ] = None,
    slow: Annotated[
        str | None, typer.Option("--slow", metavar="TIME", help="Only requests that took so long: 500ms, 1s.")
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar="LOGS", help="Which logs to read, with commas.")
    ] = "gateway,access,lambda",
    raw: Annotated[bool, typer.Option("--raw", help="The lines as they are, secrets hidden.")] = False,
    bodies: Bodies = False,
) -> None:
    """Show one line per request, and why a failed one failed; -o json: one JSON object a line."""
    from apitool.logs.redaction import Redaction
    from apitool.stage import log_reading

    wanted = _filter(status, route, grep, slow)
    span = _span(since, until)
    if (follow or live) and until:
        raise UsageError("--follow has no end, --until has one", fix="leave one of them out")
    kinds = _kinds(source)
    reading = (log_reading.live if live else log_reading.of_stage)(target_of(run), kinds)
    shown = Shown(run.console, wanted, Redaction(bodies), orphans=kinds == ("lambda",))
    try:
        (_follow if follow or live else _history)(reading, span, shown, raw=raw)
    except KeyboardInterrupt:
        return
    finally:
        reading.end()
    if not shown.count:
        _say_why(run, reading, filtered=wanted.narrow)


def _history(reading: LogReading, span: Span, shown: Shown, *, raw: bool) -> None:
    if raw:
        for at_ms, source, _, message in reading.lines(span):
            shown.line(at_ms, source, message)
        return
    for request in reading.requests(span):
        shown.request(request)


def _follow(reading: LogReading, span: Span, shown: Shown, *, raw: bool) -> None:
    if raw:
        while True:
            for at_ms, source, _, message in reading.news(span[0]):
                shown.line(at_ms, source, message)
            time.sleep(reading.pause)
    looks, told = 0, False
    for request in reading.follow(span[0], lambda: False):
        if request is not None:
            shown.request(request)
            continue
        looks += 1
        if looks == 3 and not shown.count and not told:  # noqa: PLR2004 - after a second locally, six on AWS
            told = True
            _say_why_following(shown, reading)


def _say_why(run: Run, reading: LogReading, *, filtered: bool) -> None:
    from apitool.stage import log_sources

    run.console.say("no request matches" if filtered else "nothing to show. Why that may be:")
    for reason in log_sources.why_silent(reading.target, reading.settings, reading.missing):
        run.console.say(f"  {reason}")


def _say_why_following(shown: Shown, reading: LogReading) -> None:
    from apitool.stage import log_sources

    shown.console.say("waiting for requests")
    for reason in log_sources.why_silent(reading.target, reading.settings, reading.missing)[:-1]:
        shown.console.say(f"  {reason}")


def _filter(status: list[str] | None, route: list[str] | None, grep: str | None, slow: str | None) -> Filter:
    from apitool.logs import filters, times

    return filters.Filter(
        filters.statuses(status or []),
        tuple(route or ()),
        filters.pattern(grep),
        times.seconds(slow) * 1000 if slow else None,
    )


def _span(since: str, until: str | None) -> Span:
    from apitool.logs import times

    now_ms = time.time_ns() // 1_000_000
    span = times.moment(since, now_ms=now_ms), times.moment(until, now_ms=now_ms) if until else None
    if span[1] is not None and span[1] < span[0]:
        raise UsageError("--until lies before --since", seen=f"{times.iso(span[0])} to {times.iso(span[1])}")
    return span


def _kinds(text: str) -> tuple[Source, ...]:
    known: tuple[Source, ...] = ("gateway", "access", "lambda")
    asked = {each.strip() for each in text.split(",")}
    if not asked <= set(known):
        raise UsageError(
            f"there is no log `{min(asked - set(known))}`", fix=f"name some of {', '.join(known)}"
        )
    return tuple(each for each in known if each in asked)
