"""The lines Lambda itself writes to a function's log, in both log formats. Pure.

Text is `INIT_START`, `START`, `END`, `REPORT`; JSON is one `platform.*` record each, less those Lambda holds
back at its default system log level (INFO): a successful init and a successful runtimeDone are not written.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from apitool.local.runtime.failures import Failure, Status
    from apitool.local.runtime.function import FunctionVersion

Phase = Literal["init", "invoke"]


@frozen(slots=True)
class Report:
    """The figures of one invocation. Init time is billed with the invocation that waited for it."""

    request_id: str
    duration_ms: float
    memory_mb: int
    max_memory_mb: int
    init_ms: float | None = None
    failure: Failure | None = None

    @property
    def billed_ms(self) -> int:
        return math.ceil(self.duration_ms + (self.init_ms or 0))


class PlatformLines(Protocol):
    """One log format. Every method gives the messages to write, in order; `now_ms` is since the epoch."""

    def init_start(
        self, function: FunctionVersion, stream: str, runtime: RuntimeVersion, now_ms: int
    ) -> list[str]: ...
    def init_report(
        self, init_ms: float, phase: Phase, status: Status, error: str | None, now_ms: int
    ) -> list[str]: ...
    def start(self, request_id: str, arn: str, version: str, now_ms: int) -> list[str]: ...
    def end(self, report: Report, now_ms: int) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class RuntimeVersion:
    """Which Python runs the function here: `python:3.13.5`, and a digest in the place of AWS's own."""

    name: str
    digest: str

    def arn(self, region: str) -> str:
        return f"arn:aws:lambda:{region}::runtime:{self.digest}"


class TextLines:
    """Lambda's default log format. A message keeps its newline, as it does in CloudWatch Logs."""

    def init_start(
        self, function: FunctionVersion, stream: str, runtime: RuntimeVersion, now_ms: int
    ) -> list[str]:
        del stream, now_ms
        arn = runtime.arn(function.region)
        return [f"INIT_START Runtime Version: {runtime.name}\tRuntime Version ARN: {arn}\n"]

    def init_report(
        self, init_ms: float, phase: Phase, status: Status, error: str | None, now_ms: int
    ) -> list[str]:
        del now_ms
        tail = f"\tError Type: {error}" if error else ""
        return [f"INIT_REPORT Init Duration: {init_ms:.2f} ms\tPhase: {phase}\tStatus: {status}{tail}\n"]

    def start(self, request_id: str, arn: str, version: str, now_ms: int) -> list[str]:
        del arn, now_ms
        return [f"START RequestId: {request_id} Version: {version}\n"]

    def end(self, report: Report, now_ms: int) -> list[str]:
        del now_ms
        own = report.failure.lines if report.failure else ()
        return [*own, f"END RequestId: {report.request_id}\n", _report_line(report)]


def _report_line(report: Report) -> str:
    line = (
        f"REPORT RequestId: {report.request_id}\tDuration: {report.duration_ms:.2f} ms\t"
        f"Billed Duration: {report.billed_ms} ms\tMemory Size: {report.memory_mb} MB\t"
        f"Max Memory Used: {report.max_memory_mb} MB\t"
    )
    if report.init_ms is not None:
        line += f"Init Duration: {report.init_ms:.2f} ms\t"
    failure = report.failure
    if failure and failure.reported:
        line += f"Status: {failure.status}"
        if failure.status == "error":
            line += f"\tError Type: {failure.error_type}"
    return line + "\n"


class JsonLines:
    """Lambda's JSON log format."""

    def init_start(
        self, function: FunctionVersion, stream: str, runtime: RuntimeVersion, now_ms: int
    ) -> list[str]:
        record = {
            "initializationType": "on-demand",
            "phase": "init",
            "runtimeVersion": runtime.name,
            "runtimeVersionArn": runtime.arn(function.region),
            "functionName": function.name,
            "functionVersion": function.version,
            "instanceId": stream,
            "instanceMaxMemory": function.memory_mb * 1024 * 1024,
        }
        return [_record("platform.initStart", record, now_ms)]

    def init_report(
        self, init_ms: float, phase: Phase, status: Status, error: str | None, now_ms: int
    ) -> list[str]:
        record: dict[str, object] = {"initializationType": "on-demand", "phase": phase, "status": status}
        if error:
            record["errorType"] = error
        record["metrics"] = {"durationMs": round(init_ms, 3)}
        return [_record("platform.initReport", record, now_ms)]

    def start(self, request_id: str, arn: str, version: str, now_ms: int) -> list[str]:
        record = {"requestId": request_id, "functionArn": arn, "version": version}
        return [_record("platform.start", record, now_ms)]

    def end(self, report: Report, now_ms: int) -> list[str]:
        failure = report.failure
        verdict: dict[str, object] = {"status": failure.status if failure else "success"}
        if failure and failure.status == "error":
            verdict["errorType"] = failure.error_type
        metrics: dict[str, object] = {
            "durationMs": round(report.duration_ms, 3),
            "billedDurationMs": report.billed_ms,
            "memorySizeMB": report.memory_mb,
            "maxMemoryUsedMB": report.max_memory_mb,
        }
        if report.init_ms is not None:
            metrics["initDurationMs"] = round(report.init_ms, 3)
        head = {"requestId": report.request_id}
        done = [_record("platform.runtimeDone", head | verdict, now_ms)] if failure else []
        return [*done, _record("platform.report", head | {"metrics": metrics} | verdict, now_ms)]


def _record(kind: str, record: dict[str, object] | dict[str, str], now_ms: int) -> str:
    at = datetime.fromtimestamp(now_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"time": at, "type": kind, "record": record}, separators=(",", ":"))


FORMATS: dict[str, PlatformLines] = {"Text": TextLines(), "JSON": JsonLines()}
