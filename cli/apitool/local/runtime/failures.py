"""How Lambda words a failed invocation: error documents, and the lines it writes to the log itself.

The texts were recorded on AWS: `Sandbox.Timedout`, `Runtime.ExitError` and `Function.ResponseSizeTooLarge`
come from the platform; everything else is the document the runtime client posted, passed on unchanged.
"""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from apitool.local.runtime.function import MAX_RESPONSE_BYTES

Status = Literal["success", "error", "timeout"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an invocation failed. `lines` is what Lambda logs between the function's last line and END."""

    error_type: str
    message: str
    payload: bytes  # the JSON document the caller gets
    status: Status = "error"
    reported: bool = True  # whether REPORT carries the status; it does not for an exception of the handler
    lines: tuple[str, ...] = ()


def timed_out(request_id: str, timeout_s: float, now_ms: int) -> Failure:
    text = f"Task timed out after {timeout_s:.2f} seconds"
    at = datetime.fromtimestamp(now_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return _platform_failure(
        "Sandbox.Timedout",
        f"RequestId: {request_id} Error: {text}",
        "timeout",
        (f"{at} {request_id} {text}\n\n",),
    )


def exited(request_id: str, return_code: int) -> Failure:
    """The worker process ended. A negative return code is the signal that killed it."""
    message = f"RequestId: {request_id} Error: {exit_reason(return_code)}"
    return _platform_failure("Runtime.ExitError", message, "error", (f"{message}\nRuntime.ExitError\n",))


def exit_reason(return_code: int) -> str:
    if return_code == 0:
        return "Runtime exited without providing a reason"
    if return_code > 0:
        return f"Runtime exited with error: exit status {return_code}"
    name = (signal.strsignal(-return_code) or f"signal {-return_code}").lower()
    return f"Runtime exited with error: signal: {name}"


def response_too_large(size: int) -> Failure:
    limit = f"maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)"
    text = f"Response payload size ({size} bytes) exceeded {limit}."
    return _platform_failure("Function.ResponseSizeTooLarge", text, "error", ())


def posted(body: bytes, header_type: str | None, *, reported: bool) -> Failure:
    """What the runtime client posted to `/error`. If that is no JSON object, the header names the type."""
    try:
        document = json.loads(body)
    except ValueError:
        document = None
    fields = document if isinstance(document, dict) else {}
    error_type = str(fields.get("errorType") or header_type or "Unhandled")
    return Failure(error_type, str(fields.get("errorMessage") or ""), body, reported=reported)


def not_started(error: OSError | ValueError) -> Failure:
    """No process: the package's folder is gone, or this machine is out of something."""
    return _platform_failure("Runtime.InvalidEntrypoint", f"Error: {error}", "error", (f"Error: {error}\n",))


def _platform_failure(error_type: str, message: str, status: Status, lines: tuple[str, ...]) -> Failure:
    payload = json.dumps({"errorType": error_type, "errorMessage": message}, separators=(",", ":")).encode()
    return Failure(error_type, message, payload, status, lines=lines)
