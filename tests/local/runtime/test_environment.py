"""The variables of a worker."""

from pathlib import Path

from apitool.local.runtime import FunctionVersion
from apitool.local.runtime.environment import worker_environment


def environment(own: dict[str, str], sandbox: dict[str, str] | None = None, **fields) -> dict[str, str]:
    function = FunctionVersion(
        name="orders", version="7", arn="a", handler="app.handler", code=Path("/task"), memory_mb=256,
        timeout_s=10, environment=own, region="eu-central-1", log_group="/aws/lambda/orders", **fields,
    )  # fmt: skip
    return worker_environment(
        function,
        runtime_root=Path("/runtime"),
        temporary=Path("/temporary"),
        stream="s",
        api="127.0.0.1:1",
        sandbox=sandbox or {},
    )


def test_reserved_variables_can_not_be_replaced():
    names = [
        "_HANDLER",
        "AWS_REGION",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
    ]
    seen = environment(dict.fromkeys(names, "mine"))
    assert "mine" not in seen.values()
    assert seen["_HANDLER"] == "app.handler"


def test_variables_that_are_not_reserved_can():
    own = {
        "TZ": "Europe/Berlin",
        "LANG": "C",
        "PATH": "/task/bin",
        "PYTHONPATH": "/task/lib",
        "TMPDIR": "/mnt/fast",
    }
    seen = environment(own)
    assert {name: seen[name] for name in own} == own


def test_the_callers_credentials_win_over_the_functions():
    seen = environment({"AWS_ACCESS_KEY_ID": "function's"}, {"AWS_ACCESS_KEY_ID": "caller's"})
    assert seen["AWS_ACCESS_KEY_ID"] == "caller's"


def test_the_runtime_is_the_one_declared():
    assert environment({}, runtime="python3.13")["AWS_EXECUTION_ENV"] == "AWS_Lambda_python3.13"


def test_a_log_level_is_set_only_where_there_is_one():
    assert "AWS_LAMBDA_LOG_LEVEL" not in environment({})
    assert environment({}, log_format="JSON", log_level="DEBUG")["AWS_LAMBDA_LOG_LEVEL"] == "DEBUG"
