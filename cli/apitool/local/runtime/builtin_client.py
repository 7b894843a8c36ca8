"""A Runtime API client in plain Python, for where awslambdaric has no wheel. Standard library only.

Runs inside a worker. Same port, same error documents, same log frames as awslambdaric; the tests of the
runtime run over both. Known differences: no snapshot hooks, and a namedtuple is encoded as a list.
"""

from __future__ import annotations

import decimal
import http.client
import importlib
import json
import logging
import math
import os
import re
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, TextIO

_RUNTIME = "/2018-06-01/runtime"
_NBSP = "\u00a0"  # AWS indents the lines of a stack trace with it
_TEXT, _JSON = 0xA55A0003, 0xA55A0002  # frame types; the level is added: 4 for DEBUG up to 24 for CRITICAL
_UTF8_RUNTIMES = ("python3.12", "python3.13", "python3.14", "python3.15")
_UNHANDLED = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, "
    "in rare cases, a Lambda runtime update can cause unexpected function behavior. For functions using "
    "managed runtimes, runtime updates can be triggered by a function change, or can be applied "
    "automatically. To determine if the runtime has been updated, check the runtime version in the "
    "INIT_START log entry. If this error correlates with a change in the runtime version, you may be able to "
    "mitigate this error by temporarily rolling back to the previous runtime version. For more information, "
    "see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)
Document = dict[str, Any]  # errorMessage, errorType, requestId, stackTrace
Function = Callable[[object, object], object]


class Fault(Exception):  # noqa: N818 - AWS's word
    """An error of the runtime's own, with AWS's name for it."""

    def __init__(self, error_type: str, message: str, trace: list[str] | None = None) -> None:
        super().__init__(message)
        self.document = document(error_type, message, trace or [])


class Api:
    """The Runtime API, over one connection that stays open."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address)

    def next(self) -> tuple[http.client.HTTPMessage, bytes]:
        return self._call("GET", "/invocation/next")

    def respond(self, request_id: str, body: bytes, content_type: str) -> None:
        self._call("POST", f"/invocation/{request_id}/response", body, {"Content-Type": content_type})

    def fail(self, path: str, error: Document) -> None:
        headers = {
            "Lambda-Runtime-Function-Error-Type": error["errorType"],
            "Content-Type": "application/json",
        }
        self._call("POST", path, json.dumps(error).encode(), headers)

    def _call(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPMessage, bytes]:
        self._connection.request(method, _RUNTIME + path, body, headers or {})
        response = self._connection.getresponse()
        data = response.read()
        if response.status >= http.client.MULTIPLE_CHOICES:
            text = data.decode(errors="replace")
            raise RuntimeError(f"{method} {path} failed. Http response code: {response.status}. {text}")
        return response.headers, data


class FrameSink:
    """Log records and errors as frames: one event each, however many lines."""

    def __init__(self) -> None:
        self._file = os.fdopen(int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD")), "wb", 0)
        self._base = _JSON if _json_format() else _TEXT

    def log(self, message: str, level: int = logging.NOTSET) -> None:
        data = message.encode()
        code = self._base + (4 + level * 4 // 10 if level else 0)
        microseconds = time.time_ns() // 1000
        self._file.write(
            code.to_bytes(4, "big") + len(data).to_bytes(4, "big") + microseconds.to_bytes(8, "big") + data
        )

    def error(self, error: Document) -> None:
        if _json_format():
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.log(encode({"timestamp": at, "level": "ERROR", **error}).decode(), logging.ERROR)
            return
        lines = [
            f"[ERROR] {error['errorType']}: {error['errorMessage']}",
            "Traceback (most recent call last):",
        ]
        for element in error["stackTrace"]:
            lines += [re.sub(r"^ +", lambda m: _NBSP * len(m[0]), line) for line in element.splitlines()]
        self.log("\n".join(lines), logging.ERROR)


class Handler(logging.Handler):
    """The root logger's handler that AWS installs; every record carries the request's id."""

    request_id = ""

    def __init__(self, sink: FrameSink) -> None:
        super().__init__()
        self.log_sink = sink
        text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        formatter = JsonFormatter() if _json_format() else logging.Formatter(text, "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        record.aws_request_id = Handler.request_id
        leveled = _json_format() or os.environ.get("AWS_LAMBDA_LOG_LEVEL")
        self.log_sink.log(self.format(record), min(50, record.levelno) // 10 * 10 if leveled else 0)


class JsonFormatter(logging.Formatter):
    _OWN = frozenset(vars(logging.makeLogRecord({}))) | {"aws_request_id", "message", "asctime"}

    def format(self, record: logging.LogRecord) -> str:
        kind, error, trace = record.exc_info or (None, None, None)
        known = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.msg
            if isinstance(record.msg, dict) and not record.args
            else record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if kind else None,
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(error) if kind else None,
            "requestId": Handler.request_id,
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if kind else None,
        }
        extra = {
            key: value for key, value in vars(record).items() if key not in self._OWN and key not in known
        }
        result = {key: value for key, value in (known | extra).items() if value is not None}
        return json.dumps(result, ensure_ascii=False, default=str) + "\n"


class Context:
    """The second argument of every handler."""

    def __init__(self, headers: http.client.HTTPMessage) -> None:
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.tenant_id = None
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self.client_context = _client_context(headers.get("Lambda-Runtime-Client-Context"))
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, message: object) -> None:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, Handler):
                handler.log_sink.log(str(message))


class Unbuffered:
    """stdout and stderr that arrive at once, so that a worker that is killed has said what it said."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)

    def write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def writelines(self, lines: Iterable[str]) -> None:
        self._stream.writelines(lines)
        self._stream.flush()


def run(handler_name: str) -> None:
    sys.stdout, sys.stderr = Unbuffered(sys.stdout), Unbuffered(sys.stderr)
    sink = FrameSink()
    root = logging.getLogger()
    root.addHandler(Handler(sink))
    level = {"TRACE": "DEBUG"}.get(
        os.environ.get("AWS_LAMBDA_LOG_LEVEL", ""), os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    )
    if level in logging.getLevelNamesMapping():
        root.setLevel(level)
    api = Api(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = find_handler(handler_name)
    except Exception as error:  # noqa: BLE001 - whatever the module raises is the function's init error
        logging.warning(_UNHANDLED)  # noqa: LOG015 - the root logger, as AWS
        report = error.document if isinstance(error, Fault) else described(error)
        sink.error(report)
        api.fail("/init/error", report)
        sys.exit(1)
    while True:
        invoke(api, sink, handler)


def invoke(api: Api, sink: FrameSink, handler: Function) -> None:
    headers, event = api.next()
    request_id = Handler.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    if trace_id := headers.get("Lambda-Runtime-Trace-Id"):
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    try:
        body, content_type = marshalled(handler(unmarshalled(event), Context(headers)))
    except Exception as error:  # noqa: BLE001 - whatever the handler raises is the function's error
        report = (error.document if isinstance(error, Fault) else described(error)) | {
            "requestId": request_id
        }
        sink.error(report)
        api.fail(f"/invocation/{request_id}/error", report)
    else:
        api.respond(request_id, body, content_type)


def find_handler(name: str) -> Function:
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from None
    if module_name.split(".", maxsplit=1)[0] in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}"
        ) from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        message = f"Syntax error in module '{module_name}': {error}"
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from None
    try:
        function: Function = getattr(module, function_name)
    except AttributeError:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise Fault("Runtime.HandlerNotFound", message) from None
    return function


def unmarshalled(event: bytes) -> object:
    try:
        return json.loads(event)
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def marshalled(response: object) -> tuple[bytes, str]:
    if isinstance(response, bytes):
        return response, "application/unknown"
    try:
        return encode(response), "application/json"
    except Exception as error:  # noqa: BLE001 - recursion, keys, values: all are the function's doing
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def encode(value: object) -> bytes:
    """JSON as awslambdaric writes it: decimals as numbers, bytes as text, non-ASCII as it is from 3.12 on."""
    mark = f"\ufdd0{secrets.token_hex(8)}"
    ascii_only = os.environ.get("AWS_EXECUTION_ENV", "").removeprefix("AWS_Lambda_") not in _UTF8_RUNTIMES

    def default(item: object) -> object:
        if isinstance(item, bytes):
            return item.decode()
        if isinstance(item, decimal.Decimal):
            return math.nan if item.is_nan() else f"{mark}{item}"
        raise TypeError(f"Object of type {type(item).__name__} is not JSON serializable")

    text = json.dumps(value, default=default, ensure_ascii=ascii_only)
    written = json.dumps(mark, ensure_ascii=ascii_only)[1:-1]
    return re.sub(f'"{re.escape(written)}([^"]*)"', r"\1", text).encode()


def described(error: BaseException) -> Document:
    """The error document of an exception, without the frames of this file above the function's own."""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((i for i, frame in enumerate(frames) if frame.filename != __file__), 0)
    own = [traceback.FrameSummary(f.filename, f.lineno, f.name, line=f.line) for f in frames[first:]]
    return document(type(error).__name__, str(error), traceback.format_list(own))


def document(error_type: str, message: str, trace: list[str]) -> Document:
    return {"errorMessage": message, "errorType": error_type, "requestId": "", "stackTrace": trace}


def _client_context(header: str | None) -> SimpleNamespace | None:
    if not header:
        return None
    try:
        value = json.loads(header)
    except ValueError as error:
        message = f"Unable to parse Client Context JSON: {error}"
        raise Fault("Runtime.LambdaContextUnmarshalError", message) from None
    client = value.get("client")
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    parts = SimpleNamespace(**{name: client.get(name) for name in names}) if client is not None else None
    return SimpleNamespace(custom=value.get("custom"), env=value.get("env"), client=parts)


def _json_format() -> bool:
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
