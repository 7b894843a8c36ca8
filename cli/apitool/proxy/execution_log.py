"""Execution-log lines, in AWS's order and words, and which of them a logging level writes.

Sources: stackd's captures of INFO with and without data trace (September 2026), the error-repro notes (2025)
for failures, LocalStack's snapshots for TestInvokeMethod.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeAlias

from apitool.proxy.frozen import frozen
from apitool.proxy.request_time import java_date

if TYPE_CHECKING:
    from apitool.proxy.method_settings import EffectiveSettings

Kind = Literal["usage", "info", "trace", "error"]
MAX_TEXT_BYTES = 1_024  # of one log event, without its prefix
TRUNCATED = " [TRUNCATED]"


@frozen(slots=True)
class Line:
    """`usage` lines are about the stage: TestInvokeMethod's log lacks them. `trace` lines need dataTrace."""

    text: str
    kind: Kind = "info"


Traced: TypeAlias = bool
"""Whether data trace asks for its lines as well; without it there is no need to make them."""
P = ParamSpec("P")
Part: TypeAlias = tuple[Callable[..., Iterable[Line]], tuple[Any, ...]]


@frozen(slots=True)
class Journal:
    """What could be written about a request, in order. Lines are made when a level wants them: until then a
    part is the function that makes them and what it is to be given, in order.

    `executing` once execution has started: only then does a failure end in `Method completed with status`, as
    one by a rate limit does (a public log of 2019).
    """

    parts: tuple[Part, ...] = ()
    executing: bool = False

    def then(
        self,
        make: Callable[Concatenate[Traced, P], Iterable[Line]],
        *given: P.args,
        **_: P.kwargs,
    ) -> Journal:
        return Journal((*self.parts, (make, given)), self.executing)

    def started(
        self,
        make: Callable[Concatenate[Traced, P], Iterable[Line]],
        *given: P.args,
        **_: P.kwargs,
    ) -> Journal:
        return Journal((*self.parts, (make, given)), executing=True)

    def lines(self, *, traced: Traced = True) -> tuple[Line, ...]:
        return tuple(line for make, given in self.parts for line in make(traced, *given))


def recorded(journal: Journal, settings: EffectiveSettings, request_id: str) -> tuple[str, ...]:
    """The log events of one request, as `written`; nothing is made when logging is off."""
    if settings.logging_level == "OFF":
        return ()
    return written(journal.lines(traced=settings.data_trace), settings, request_id)


def written(lines: Iterable[Line], settings: EffectiveSettings, request_id: str) -> tuple[str, ...]:
    """The log events of one request at a logging level, prefixed and cut.

    INFO writes every request, ERROR only those with an error line. Data trace adds its lines to whatever is
    written; with logging OFF it writes nothing.
    """
    known = tuple(lines)
    failed = any(line.kind == "error" for line in known)
    level = settings.logging_level
    if level == "OFF" or (level == "ERROR" and not failed):
        return ()
    kinds = {"error"} | ({"usage", "info"} if level == "INFO" else set())
    kinds |= {"trace"} if settings.data_trace else set()
    return tuple(f"({request_id}) {cut(line.text)}" for line in known if line.kind in kinds)


def cut(text: str) -> str:
    """The first 1,024 bytes of UTF-8, and ` [TRUNCATED]` behind them when there were more.

    So in every cut line of public logs that could be measured, CloudWatch's (2017) and the console's (2024,
    2025): 1,024 characters after the request id or the date, then the mark. That no character is cut in two
    is a guess.
    """
    if len(text) <= MAX_TEXT_BYTES and text.isascii():
        return text
    raw = text.encode(errors="replace")
    if len(raw) <= MAX_TEXT_BYTES:
        return raw.decode()
    return raw[:MAX_TEXT_BYTES].decode(errors="ignore") + TRUNCATED


def console_log(lines: Iterable[Line], *, request_id: str, at_ms: int) -> str:
    """The `log` of TestInvokeMethod: everything traced, dates for prefixes, a line break at the end."""
    prefix = f"{java_date(at_ms)} : "
    shown = [prefix + cut(line.text) for line in lines if line.kind != "usage"]
    return "\n".join((f"Execution log for request {request_id}", *shown, ""))
