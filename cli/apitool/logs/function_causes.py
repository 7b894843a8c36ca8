"""Causes inside Lambda: functions that raised, did not load, ran out of time or memory.

The texts are Lambda's own, recorded on AWS; the gateway repeats them after `customer function error: `.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.logs import shape
from apitool.logs.cause import Cause

if TYPE_CHECKING:
    from apitool.logs.request import Request

_ERROR = "Lambda execution failed with status 200 due to customer function error"
_TRACEBACK = re.compile(r"^\[ERROR\] (\S+?):", re.MULTILINE)
_LIMIT = re.compile(r"Task timed out after ([\d.]+) seconds")
_IMPORT = re.compile(r"Unable to import module|Runtime\.ImportModuleError|Runtime\.UserCodeSyntaxError")
_NO_HANDLER = re.compile(
    r"Handler '.*' missing on module|Runtime\.HandlerNotFound|Runtime\.MalformedHandlerName"
)
_KILLED = re.compile(r"signal: killed|Runtime\.OutOfMemory|OutOfMemory", re.IGNORECASE)
_MEMORY_ERROR = re.compile(r"\bMemoryError\b")
_TOO_LARGE = re.compile(r"[Rr]esponse payload size .*exceeded maximum")
_EXITED = re.compile(r"Runtime exited|Runtime\.ExitError")
_NOT_JSON = re.compile(r"Runtime\.MarshalError|Unable to marshal response")


def function_cause(request: Request, message: str) -> Cause:
    """Why a function failed, from its message, its error document and its own log."""
    error_type = _error_type(request)
    own = request.invocation.text if request.invocation else ""
    known = f"{message}\n{error_type}\n{own}"
    limit = _LIMIT.search(known)
    if limit:
        return Cause(
            "function.timeout",
            f"The function ran into its own timeout of {float(limit[1]):g} s",
            "raise `timeout` of the function (28 s at most behind the gateway), or find what it waits for",
            "handler",
            seen=limit[0],
            evidence=(_ERROR, limit[0]),
        )
    for pattern, rule, what, fix in _TABLE:
        found = pattern.search(known)
        if found:
            return Cause(rule, what, fix, "handler", seen=_short(message), evidence=(_ERROR, found[0]))
    if _ran_full(request) or _KILLED.search(known) or _MEMORY_ERROR.search(f"{message}\n{error_type}"):
        return Cause(
            "function.out-of-memory",
            "The function used up its memory",
            "raise `memory` of the function in apitool.toml, or hold less at once",
            "handler",
            seen=_memory(request) or _short(message),
            evidence=(_ERROR, "REPORT", "Runtime exited", "MemoryError"),
        )
    if _EXITED.search(known):
        return Cause(
            "function.exited",
            "The function's process ended by itself (sys.exit, a crash in native code)",
            "read the function's last lines",
            "handler",
            seen=_short(message),
            evidence=(_ERROR, "Runtime exited"),
        )
    return Cause(
        "function.error",
        f"The function raised {error_type or 'an exception'}",
        "mend it, or catch it and return the status you mean",
        "handler",
        seen=_short(message),
        evidence=(_ERROR, "[ERROR]", "Traceback"),
    )


_TABLE = (
    (
        _IMPORT,
        "function.import-error",
        "The function's module could not be imported",
        "check `handler` in apitool.toml, and that what it imports is in the package: `apitool package -v`",
    ),
    (
        _NO_HANDLER,
        "function.no-handler",
        "The module has no function of the handler's name",
        "check `handler` in apitool.toml: `module.function`",
    ),
    (
        _NOT_JSON,
        "response.not-json",
        "The function returned something json.dumps can't write",
        "return only what JSON has: call json.dumps on the body with default=str",
    ),
    (
        _TOO_LARGE,
        "response.too-large",
        "The function returned more than Lambda's 6 MB",
        "return less, or put it into S3 and return a presigned URL",
    ),
)


def _error_type(request: Request) -> str:
    body = (request.execution.endpoint_body if request.execution else None) or ""
    found = shape.parse(body)
    value = found.value if found else None
    if isinstance(value, dict) and isinstance(value.get("errorType"), str):
        return str(value["errorType"])
    invocation = request.invocation
    traced = _TRACEBACK.search(invocation.text) if invocation else None
    return traced[1] if traced else (invocation.error_type or "" if invocation else "")


def _ran_full(request: Request) -> bool:
    figures = request.invocation.figures if request.invocation else {}
    used, given = figures.get("Max Memory Used"), figures.get("Memory Size")
    exited = request.invocation is not None and _EXITED.search(request.invocation.text) is not None
    return exited and bool(given) and used is not None and used >= (given or 0)


def _memory(request: Request) -> str | None:
    figures = request.invocation.figures if request.invocation else {}
    if not _ran_full(request):
        return None
    return f"{figures['Max Memory Used']:g} of {figures['Memory Size']:g} MB used"


def _short(text: str) -> str | None:
    line = " ".join(text.split())
    if not line:
        return None
    return line if len(line) <= 160 else f"{line[:159]}…"  # noqa: PLR2004 - two lines of a terminal
