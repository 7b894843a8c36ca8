"""The second argument of a handler, with what Lambda's own has."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LambdaContext:
    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: int
    aws_request_id: str
    log_group_name: str
    timeout_s: float
    function_version: str = "$LATEST"
    log_stream_name: str = "testing"
    identity: None = None
    client_context: None = None
    tenant_id: None = None
    _started: float = field(default_factory=time.monotonic)

    def get_remaining_time_in_millis(self) -> int:
        return max(0, round((self.timeout_s - (time.monotonic() - self._started)) * 1000))
