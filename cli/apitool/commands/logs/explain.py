"""`apitool logs explain`: why a request ended as it did, from its id or from a pasted answer."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from apitool.commands.logs.chosen import Bodies, Since, target_of, width
from apitool.commands.shared import Run, command
from apitool.errors import ApitoolError, UsageError

if TYPE_CHECKING:
    from typer._click.core import Context  # Typer brings its own click and shows it nowhere else

    from apitool.logs.cause import Cause
    from apitool.logs.pasted import Pasted
    from apitool.logs.redaction import Redaction
    from apitool.logs.request import Request
    from apitool.stage.target import Target

_PATIENCE_LOCAL, _PATIENCE_AWS = 1.5, 20.0  # seconds; a line may be on its way still
_PAUSE = 0.3
_DASHED_ID = re.compile(r"-[\w-]{14}=")  # base64 for URLs, of 11 bytes


class _TakesIds(TyperCommand):
    """One extended id in 64 begins with a dash: it is no option."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        ids = [each for each in args if _DASHED_ID.fullmatch(each)]
        if ids and "--" not in args:
            args = [*(each for each in args if each not in ids), "--", *ids]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    command(app, kind=_TakesIds)(explain)


def explain(
    run: Run,
    *,
    request: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help="Request id, extended id, Lambda's or X-Ray's id, or what `curl -i` printed; - reads stdin.",
        ),
    ] = None,
    last_error: Annotated[bool, typer.Option("--last-error", help="The newest request that failed.")] = False,
    since: Since = "1h",
    bodies: Bodies = False,
) -> None:
    """Say why a request ended as it did: verdict, times, evidence, cure. Ends with 1 when unexplained."""
    from apitool.logs.explain import explain as cause_of
    from apitool.logs.redaction import Redaction

    answer, names = _asked(request, last_error=last_error)
    since_ms = _since_ms(since)
    target = target_of(run)
    redaction = Redaction(bodies)
    found = _last_error(target, since_ms) if last_error else _named(target, names, since_ms)
    if found is None:
        _without_log(run, target, answer, names, redaction)
        return
    cause = cause_of(found)
    _show(run, found, cause, redaction)
    if not cause.explained:
        raise typer.Exit(1)


def _asked(request: str | None, *, last_error: bool) -> tuple[Pasted | None, tuple[str, ...]]:
    """The pasted answer, if it is one, and the ids to look for."""
    from apitool.logs import pasted

    if last_error:
        if request:
            raise UsageError("an id and --last-error are two questions", fix="leave one of them out")
        return None, ()
    text = sys.stdin.read() if request == "-" or (request is None and not sys.stdin.isatty()) else request
    if not (text or "").strip():
        raise UsageError(
            "which request?",
            fix="apitool logs explain --last-error, or `curl -i … | apitool logs explain -`, or an id",
        )
    answer = pasted.parse(text or "")
    name = (text or "").strip().removeprefix("Root=")
    if answer is None and (len(name.split()) != 1 or '"' in name):
        raise UsageError("this is no id and no answer of curl's", seen=name[:80])
    return answer, answer.ids if answer else (name,)


def _since_ms(since: str) -> int:
    from apitool.logs import times

    return times.moment(since, now_ms=time.time_ns() // 1_000_000)


def _last_error(target: Target, since_ms: int) -> Request:
    from apitool.stage import log_reading, log_sources

    found = log_reading.last_error(target, (since_ms, None))
    if found is None:
        reading = log_reading.of_stage(target)
        why = log_sources.why_silent(target, reading.settings, ())
        raise ApitoolError(
            "no failed request is in the logs",
            seen="\n".join(why),
            fix="look further back with --since, or paste the answer: curl -i … | apitool logs explain -",
        )
    return found


def _named(target: Target, names: tuple[str, ...], since_ms: int) -> Request | None:
    """Look for the ids until a line is there; one that is new takes a moment."""
    from apitool.stage import log_reading

    deadline = time.monotonic() + (_PATIENCE_LOCAL if target.embedded else _PATIENCE_AWS)
    while True:
        for name in names:
            found = log_reading.request_called(target, name, since_ms)
            if found is not None and (found.complete or not found.id or time.monotonic() > deadline):
                return found
        if time.monotonic() > deadline or not names:
            return None
        time.sleep(_PAUSE)


def _without_log(
    run: Run, target: Target, answer: Pasted | None, names: tuple[str, ...], redaction: Redaction
) -> None:
    """No log has the request: the answer may speak for itself, else say why there is nothing."""
    from apitool.logs import pasted, report
    from apitool.stage import log_reading, log_sources

    cause = pasted.cause(answer, target.stage.name) if answer else None
    if cause is None:
        reading = log_reading.of_stage(target)
        why = log_sources.why_silent(target, reading.settings, ())
        raise ApitoolError(
            f"no log of `{target.stage.name}` has {names[0] if names else 'this answer'}",
            seen="\n".join(why),
            fix="look further back with --since; after turning logs on, make the request again",
        )
    text = report.answer_text(cause, redaction, width=width())
    run.console.result(text, {"cause": report.cause_data(cause, redaction)})


def _show(run: Run, request: Request, cause: Cause, redaction: Redaction) -> None:
    from apitool.logs import report

    text = report.text(request, cause, redaction, width=width())
    run.console.result(text, report.data(request, cause, redaction))
