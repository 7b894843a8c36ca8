"""`logs explain` as text and as data: the verdict, the waterfall, the evidence, the cure."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from apitool.logs import evidence, one_line, times, waterfall
from apitool.proxy.verdict_shown import NOT_RECORDED
from apitool.visible import visible_line

if TYPE_CHECKING:
    from apitool.logs.cause import Cause
    from apitool.logs.redaction import Redaction
    from apitool.logs.request import Request

_INDENT = 11


def text(request: Request, cause: Cause, redaction: Redaction, *, width: int) -> str:
    """The verdict first: whoever reads one line has the answer."""
    parts = [_heading(request, redaction), "", *_verdict(cause, redaction, width)]
    spans = waterfall.text(waterfall.spans(request))
    if spans:
        parts += ["", *(f"  {line}" for line in spans)]
    proof = evidence.lines(request, cause, redaction)
    if proof:
        parts += ["", "  evidence"]
        parts += [line for each in proof for line in _proof(each, width)]
    ids = [
        ("request", request.id),
        ("extended", request.extended_request_id),
        ("lambda", request.function_request_id),
        ("trace", request.trace_id),
    ]
    return "\n".join([*parts, "", *(f"  {name:<9} {visible_line(value)}" for name, value in ids if value)])


def answer_text(cause: Cause, redaction: Redaction, *, width: int) -> str:
    """The verdict on a pasted answer that no log has."""
    return "\n".join(_verdict(cause, redaction, width))


def data(request: Request, cause: Cause, redaction: Redaction) -> dict[str, Any]:
    spans = waterfall.spans(request)
    return {
        **one_line.data(request, redaction),
        "cause": cause_data(cause, redaction),
        "waterfall": [
            {
                "name": span.name,
                "start_ms": round(span.start_ms, 2),
                "duration_ms": round(span.duration_ms, 2),
            }
            for span in spans
        ],
        "evidence": evidence.lines(request, cause, redaction),
    }


def cause_data(cause: Cause, redaction: Redaction) -> dict[str, Any]:
    return cause.data(redaction.free_text, bodies=redaction.bodies)


def _heading(request: Request, redaction: Redaction) -> str:
    what = f"{request.method or '?'} {redaction.free_text(visible_line(request.path or '?'))}"
    latency = f" in {request.latency_ms} ms" if request.latency_ms is not None else ""
    said = f"{what} → {request.status or 'no answer'}{latency}" if request.id else "a run of the function"
    return f"{said}, {times.iso(request.at_ms)}"


def _verdict(cause: Cause, redaction: Redaction, width: int) -> list[str]:
    doubt = "" if cause.recorded else f" ({NOT_RECORDED})"
    rows = [("verdict", cause.what), ("rule", cause.rule + doubt)]
    rows += [("where", cause.pointer)] if cause.pointer else []
    seen = cause.seen_with(bodies=redaction.bodies)
    rows += [("seen", seen)] if seen else []
    rows += [("fix", cause.fix)] if cause.fix else []
    return [
        line for name, value in rows for line in _row(name, redaction.free_text(visible_line(value)), width)
    ]


def _row(name: str, value: str, width: int) -> list[str]:
    lines = textwrap.wrap(value, max(30, width - _INDENT - 2)) or [""]
    return [f"  {name:<{_INDENT - 2}}{lines[0]}", *(" " * _INDENT + line for line in lines[1:])]


def _proof(line: dict[str, Any], width: int) -> list[str]:
    head = f"    {line['time'][11:23]} {line['source']:<8}"
    wrapped = textwrap.wrap(line["text"], max(30, width - len(head)), max_lines=4, placeholder=" …") or [""]
    return [head + wrapped[0], *(" " * len(head) + each for each in wrapped[1:])]
