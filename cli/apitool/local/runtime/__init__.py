"""The Lambda runtime of the embedded AWS.

`runtime.py` takes an invocation, `pool.py` finds or starts a worker, `worker.py` is one execution
environment: a process (`sandbox.py`, `environment.py`, `bootstrap.py`) with a log stream (`worker_log.py`).
What the two say to each other is `conversation.py`: awslambdaric in the process says it over a socket pair
(`channel.py`, `channel_client.py`), whoever else asks, `builtin_client.py` among them, over HTTP
(`runtime_api.py`).
"""

from apitool.local.runtime.function import FunctionVersion, LogSink
from apitool.local.runtime.runtime import RequestTooLargeError, Runtime
from apitool.local.runtime.settings import RuntimeSettings

__all__ = ["FunctionVersion", "LogSink", "RequestTooLargeError", "Runtime", "RuntimeSettings"]
