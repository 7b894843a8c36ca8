"""What the runtime is asked to run: one version of a function, as Lambda's control plane knows it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from apitool.local.runtime.log_stream import LogStream

MAX_REQUEST_BYTES = 6_291_456  # 6 MiB: synchronous invocation payload
MAX_RESPONSE_BYTES = 6_291_556  # the response may be 100 bytes larger; AWS names this figure in its error


def _this_python() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True)
class FunctionVersion:
    """One version of a function. Two that compare equal share their workers; any difference starts new ones.

    `arn` is the ARN that was invoked (alias or version); it travels with the request, so it is not part of
    the identity. Neither is `reserved_concurrency`, which Lambda changes without restarting anything.
    """

    name: str
    version: str  # "$LATEST" or a number
    arn: str = field(compare=False)
    handler: str  # "app.handler"
    code: Path  # the unpacked deployment package, /var/task
    memory_mb: int
    timeout_s: float  # AWS allows whole seconds only
    environment: Mapping[str, str]
    region: str
    log_group: str
    runtime: str = field(default_factory=_this_python)  # "python3.13": decides AWS_EXECUTION_ENV
    log_format: Literal["Text", "JSON"] = "Text"
    log_level: str | None = None  # application log level, only with the JSON format
    reserved_concurrency: int | None = field(default=None, compare=False)
    layers: tuple[Path, ...] = ()  # what Lambda unpacks to /opt/python; searched after the package
    code_sha256: str = ""  # set it where `code` can change in place


LogSink: TypeAlias = "Callable[[LogStream, int, Iterable[str]], None]"
"""Takes (log stream, timestamp in ms since the epoch, messages): a log event for each message."""
