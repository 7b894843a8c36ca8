"""A worker's environment variables: Lambda's and the function's, nothing of the developer's shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.local.runtime.function import FunctionVersion

# Lambda sets these and lets a function replace them; AWS's list of variables that are not reserved.
_REPLACEABLE = {"LANG": "en_US.UTF-8", "TZ": ":UTC", "PATH": "/usr/local/bin:/usr/bin:/bin"}


def worker_environment(
    function: FunctionVersion,
    *,
    runtime_root: Path,
    temporary: Path,
    stream: str,
    api: str,
    sandbox: Mapping[str, str],
) -> dict[str, str]:
    """All of it. `sandbox` is what the caller gives every worker: credentials, AWS_ENDPOINT_URL.

    `temporary` stands for /tmp, which a process without privileges can't have to itself.
    """
    replaceable = {**_REPLACEABLE, "PYTHONPATH": str(runtime_root)}
    return {
        **replaceable,
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        **function.environment,
        **sandbox,
        **_reserved(function, stream),
        "AWS_LAMBDA_RUNTIME_API": api,
        "LAMBDA_RUNTIME_DIR": str(runtime_root),
    }


def _reserved(function: FunctionVersion, stream: str) -> dict[str, str]:
    """AWS refuses a function that sets one of these itself."""
    variables = {
        "_HANDLER": function.handler,
        "AWS_DEFAULT_REGION": function.region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": function.version,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_FORMAT": function.log_format,
        "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": stream,
        "AWS_REGION": function.region,
        "LAMBDA_TASK_ROOT": str(function.code.absolute()),
    }
    if function.log_level:
        variables["AWS_LAMBDA_LOG_LEVEL"] = function.log_level
    return variables
