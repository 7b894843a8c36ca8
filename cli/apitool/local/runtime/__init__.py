"""The Lambda runtime of the embedded AWS.

`runtime.py` takes an invocation, `pool.py` finds or starts a worker, `worker.py` is one execution
environment: a process (`sandbox.py`, `environment.py`, `bootstrap.py`) fed over the Runtime API
(`runtime_api.py`), with a log stream (`worker_log.py`). The client in the process is awslambdaric, or
`builtin_client.py`.
"""

from apitool.local.runtime.function import FunctionVersion, LogSink
from apitool.local.runtime.runtime import RequestTooLargeError, Runtime
from apitool.local.runtime.settings import RuntimeSettings

__all__ = ["FunctionVersion", "LogSink", "RequestTooLargeError", "Runtime", "RuntimeSettings"]
