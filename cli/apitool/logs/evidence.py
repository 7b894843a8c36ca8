"""The lines that prove a cause, fit to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.logs import times
from apitool.visible import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.logs.cause import Cause
    from apitool.logs.redaction import Redaction
    from apitool.logs.request import Request

_MOST = 8  # lines


def lines(request: Request, cause: Cause, redaction: Redaction) -> list[dict[str, Any]]:
    """The gateway's and the function's lines that prove the cause, oldest first: source, time, text."""
    found = sorted(_proving(request, cause), key=lambda each: each[1])
    return [
        {"source": source, "time": times.iso(at_ms), "text": _shown(source, text, redaction)}
        for source, at_ms, text in found[:_MOST]
    ]


def _proving(request: Request, cause: Cause) -> Iterator[tuple[str, int, str]]:
    wanted = (*cause.evidence, "Method completed with status") if cause.evidence else ()
    if request.execution:
        for at_ms, text in request.execution.lines:
            if text.startswith(wanted):
                yield "gateway", at_ms, text
    if request.invocation and cause.blame == "handler":
        for at_ms, text in request.invocation.lines:
            if any(each in text for each in wanted) or _says_error(text):
                yield "lambda", at_ms, text
    if request.access and not request.execution:
        yield "access", request.access.at_ms, _access_errors(request)


def _says_error(text: str) -> bool:
    return (
        text.startswith(("[ERROR]", "Traceback")) or '"level": "ERROR"' in text or '"level":"ERROR"' in text
    )


def _access_errors(request: Request) -> str:
    keys = (
        "status",
        "integrationStatus",
        "functionStatus",
        "integrationError",
        "errorMessage",
        "errorResponseType",
    )
    values = request.access.values if request.access else {}
    return ", ".join(f"{key}={values.get(key, '-')}" for key in keys)


def _shown(source: str, text: str, redaction: Redaction) -> str:
    return visible_line(redaction.execution_line(text) if source == "gateway" else redaction.free_text(text))
