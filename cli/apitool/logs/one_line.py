"""A request as one line, and an error's cause beneath it; the same as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.logs import times
from apitool.logs.explain import explain
from apitool.visible import visible_line

if TYPE_CHECKING:
    from apitool.logs.redaction import Redaction
    from apitool.logs.request import Request

_INDENT = " " * 14
_TIME_AND_FIGURES = 34  # characters beside route and path: time, status, latency, who


def text(request: Request, redaction: Redaction, *, width: int) -> str:
    """`12:34:56.789  GET    /orders/42  200   31 ms`; a failed one says why on the next lines."""
    status = request.status or "…"
    latency = f"{request.latency_ms} ms" if request.latency_ms is not None else "-"
    path = redaction.free_text(visible_line(request.path or "-"))
    room = max(16, width - _TIME_AND_FIGURES - 8)
    shown = path if len(path) <= room else f"{path[: room - 1]}…"
    who = request.made_by or ""
    head = f"{times.clock(request.at_ms)}  {request.method or '-':<6} {shown:<{min(room, 40)}}"
    line = f"{head}  {status}  {latency:>8}  {who}".rstrip()
    return "\n".join([line, *_why(request, redaction, width)]) if request.failed else line


def _why(request: Request, redaction: Redaction, width: int) -> list[str]:
    """Why the gateway made an error, and its id; of an error of the handler's own the status says it all."""
    cause = explain(request)
    if request.made_by == "handler":
        return []
    seen = cause.seen_with(bodies=redaction.bodies)
    what = cause.what if seen is None else f"{cause.what}: {seen}"
    return [
        *_wrapped(redaction.free_text(visible_line(what)), width),
        f"{_INDENT}apitool logs explain {request.id}",
    ]


def _wrapped(sentence: str, width: int) -> list[str]:
    import textwrap  # noqa: PLC0415 - only when there is an error to tell

    return textwrap.wrap(
        sentence, max(width, 40), initial_indent=_INDENT, subsequent_indent=_INDENT, max_lines=3
    )


def data(request: Request, redaction: Redaction) -> dict[str, Any]:
    """One JSON object, the same keys always; None for what no log has."""
    cause = explain(request) if request.failed else None
    invocation = request.invocation
    return {
        "time": times.iso(request.at_ms),
        "request_id": request.id or None,
        "extended_request_id": request.extended_request_id,
        "lambda_request_id": request.function_request_id,
        "trace_id": request.trace_id,
        "method": request.method,
        "path": redaction.free_text(request.path) if request.path else None,
        "route": request.route,
        "status": request.status,
        "latency_ms": request.latency_ms,
        "integration_ms": request.integration_ms,
        "function_ms": invocation.duration_ms if invocation else None,
        "init_ms": invocation.init_ms if invocation else None,
        "error_by": request.made_by,
        "cause": cause.data(redaction.free_text, bodies=redaction.bodies) if cause else None,
    }
