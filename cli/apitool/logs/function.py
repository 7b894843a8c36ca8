"""Lines of a function's own log → its invocations, in Lambda's text format and in its JSON format.

Lines of the code between START and END carry no id in text format: they belong to the invocation that runs in
their stream, because a worker runs one at a time.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_MOST_LINES = 500  # kept of one invocation
_MOST_IDLE = 200  # lines kept of a worker that runs nothing yet
_START = re.compile(r"(START|END|REPORT) RequestId: (\S+)")
_FIGURE = re.compile(r"\t(Duration|Init Duration|Max Memory Used|Memory Size): ([\d.]+) (?:ms|MB)")
_STATUS = re.compile(r"\tStatus: (\S+)(?:\tError Type: (\S+))?")
_TRACE = re.compile(r"\tXRAY TraceId: (\S+)")
_TEXT_ID = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
_JSON_FIGURES = {
    "durationMs": "Duration",
    "initDurationMs": "Init Duration",
    "maxMemoryUsedMB": "Max Memory Used",
    "memorySizeMB": "Memory Size",
}


@dataclass(slots=True)
class Invocation:
    """One run of a function. Figures are milliseconds and MB, as REPORT gives them."""

    request_id: str
    first_ms: int
    last_ms: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    status: str | None = None  # `timeout` or `error`, when REPORT says so
    error_type: str | None = None
    trace_id: str | None = None
    ended: bool = False

    def add(self, at_ms: int, text: str) -> None:
        self.first_ms, self.last_ms = min(self.first_ms, at_ms), max(self.last_ms, at_ms)
        if len(self.lines) < _MOST_LINES:
            self.lines.append((at_ms, text))

    @property
    def duration_ms(self) -> float | None:
        return self.figures.get("Duration")

    @property
    def init_ms(self) -> float | None:
        """Set for a cold start only."""
        return self.figures.get("Init Duration")

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)


@dataclass(slots=True)
class Stream:
    """One worker's log stream, read in order."""

    running: Invocation | None = None
    before: list[tuple[int, str]] = field(default_factory=list)  # the init phase's lines

    def add(self, at_ms: int, message: str) -> Invocation | None:
        """Take a line; the invocation it belongs to, or None when nothing runs yet."""
        text = message.rstrip("\n")
        record = _json(text)
        if record is not None:
            return self._json_line(at_ms, text, record)
        found = _START.match(text)
        if found is None:
            return self._belonging(at_ms, text)
        invocation = self._of(found[2], at_ms)
        invocation.add(at_ms, text)
        if found[1] == "REPORT":
            _read_report(invocation, text)
        return invocation

    def _json_line(self, at_ms: int, text: str, record: dict[str, object]) -> Invocation | None:
        platform = record.get("record")
        if not str(record.get("type", "")).startswith("platform.") or not isinstance(platform, dict):
            own = record.get("requestId") or record.get("AWSRequestId") or record.get("function_request_id")
            if not isinstance(own, str):
                return self._belonging(at_ms, text)
            invocation = self._of(own, at_ms)
            invocation.add(at_ms, text)
            return invocation
        if not isinstance(platform.get("requestId"), str):
            return self._belonging(at_ms, text)
        invocation = self._of(platform["requestId"], at_ms)
        invocation.add(at_ms, text)
        _read_platform(invocation, str(record["type"]), platform)
        return invocation

    def _of(self, request_id: str, at_ms: int) -> Invocation:
        if self.running is None or self.running.request_id != request_id:
            self.running = Invocation(request_id, at_ms, at_ms)
            for earlier_ms, text in self.before:
                self.running.add(earlier_ms, text)
            self.before.clear()
        return self.running

    def _belonging(self, at_ms: int, text: str) -> Invocation | None:
        if text.startswith(("INIT_START", "INIT_REPORT")) and self.running and self.running.ended:
            self.running = None
        if self.running is None:
            if len(self.before) < _MOST_IDLE:
                self.before.append((at_ms, text))
            return None
        self.running.add(at_ms, text)
        return self.running


def is_request_id(text: str) -> bool:
    return _TEXT_ID.fullmatch(text) is not None


def _read_report(invocation: Invocation, text: str) -> None:
    invocation.ended = True
    invocation.figures.update({name: float(value) for name, value in _FIGURE.findall(text)})
    status, trace = _STATUS.search(text), _TRACE.search(text)
    if status:
        invocation.status, invocation.error_type = status[1], status[2]
    if trace:
        invocation.trace_id = trace[1]


def _read_platform(invocation: Invocation, kind: str, record: dict[str, object]) -> None:
    if kind == "platform.report":
        invocation.ended = True
        metrics = record.get("metrics")
        known = metrics if isinstance(metrics, dict) else {}
        for key, name in _JSON_FIGURES.items():
            if isinstance(known.get(key), (int, float)):
                invocation.figures[name] = float(known[key])
    if record.get("status") not in {None, "success"}:
        invocation.status = str(record["status"])
        invocation.error_type = str(record["errorType"]) if record.get("errorType") else None


def _json(text: str) -> dict[str, object] | None:
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
