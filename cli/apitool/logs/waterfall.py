"""Where a request's time went: gateway, authorizer, integration, init and run of the function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.logs.request import Request

_BAR = 30  # characters
_BLOCK = "█"


@dataclass(frozen=True, slots=True)
class Span:
    """A phase, in milliseconds from the request's arrival. `depth` is how far inside others it lies."""

    name: str
    start_ms: float
    duration_ms: float
    depth: int = 0


def spans(request: Request) -> tuple[Span, ...]:
    """The phases the logs have figures for. Where one lies inside another is by order, not by a clock."""
    total, integration = request.latency_ms, request.integration_ms
    invocation = request.invocation
    ran = invocation.duration_ms if invocation else None
    init = (invocation.init_ms if invocation else None) or 0.0
    known = max(total or 0, integration or 0, (ran or 0) + init if integration is None else 0)
    if not known:
        return ()
    before = max(0.0, (known - (integration or 0)) / 2) if integration is not None else 0.0
    found = [Span("request", 0, known)]
    authorizer = _authorizer_ms(request)
    if authorizer is not None:
        found.append(Span("authorizer", 0, authorizer, 1))
        before = max(before, authorizer)
    if integration is not None:
        found.append(Span("integration", before, integration, 1))
    if ran is not None:
        slack = max(0.0, ((integration or known) - ran - init) / 2)
        if init:
            found.append(Span("init (cold start)", before + slack, init, 2))
        found.append(Span("function", before + slack + init, ran, 2))
    return tuple(found)


def text(found: tuple[Span, ...]) -> list[str]:
    """One line a phase: its name, a bar where it lies, its milliseconds."""
    if not found:
        return []
    whole = max(span.start_ms + span.duration_ms for span in found) or 1.0
    return [_line(span, whole) for span in found]


def _line(span: Span, whole: float) -> str:
    offset = min(_BAR - 1, round(span.start_ms / whole * _BAR))
    length = min(_BAR - offset, max(1, round(span.duration_ms / whole * _BAR)))
    bar = (" " * offset + _BLOCK * length).ljust(_BAR)
    return f"{'  ' * span.depth + span.name:<22}{bar}  {_ms(span.duration_ms):>9}"


def _ms(value: float) -> str:
    return f"{value:.0f} ms" if value >= 10 or value == int(value) else f"{value:.1f} ms"  # noqa: PLR2004


def _authorizer_ms(request: Request) -> float | None:
    """From its first line to the usage plan's or the method's first: what the log has no figure for."""
    if request.execution is None or "Starting authorizer" not in request.execution.said:
        return None
    lines = request.execution.lines
    start = next(at for at, line in lines if line.startswith("Starting authorizer"))
    later = (
        at for at, line in lines if line.startswith(("Verifying Usage Plan", "HTTP Method", "Unauthorized"))
    )
    return float(max(0, next(later, start) - start))
