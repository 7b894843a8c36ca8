"""A worker sees what a handler sees on Lambda, and nothing of the developer's machine. Starts workers."""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ENVIRONMENT = "import os\ndef handler(event, context):\n    return dict(os.environ)\n"


def test_nothing_of_the_shell_leaks_into_the_environment(aws, monkeypatch, tmp_path):
    monkeypatch.setenv("CANARY_TOKEN", "planted")
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the developer's")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    seen = aws.value(aws.function(ENVIRONMENT, environment={"LOG_LEVEL": "INFO"}))
    assert seen["LOG_LEVEL"] == "INFO"
    assert set(seen) == {
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_FORMAT",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "HOME",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
        "LANG",
        "LOG_LEVEL",
        "PATH",
        "PYTHONPATH",
        "TMPDIR",
        "TZ",
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
    }
    assert not {"planted", "production", "the developer's"} & set(seen.values())


def test_credentials_and_endpoint_are_the_ones_the_caller_gives(aws):
    seen = aws.value(
        aws.function(ENVIRONMENT),
        credentials={"AWS_ACCESS_KEY_ID": "AKIDGIVEN", "AWS_SECRET_ACCESS_KEY": "s"},
        endpoint_url="http://127.0.0.1:4566",
    )
    assert seen["AWS_ACCESS_KEY_ID"] == "AKIDGIVEN"
    assert seen["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
    assert "AWS_SESSION_TOKEN" not in seen


IMPORTS = """
import importlib.util
def handler(event, context):
    return {name: importlib.util.find_spec(name) is not None for name in event}
"""


def test_a_dependency_that_is_only_in_the_developers_environment_is_missing(aws):
    absent = ["pytest", "pydantic", "apitool", "typer", "httptools", "pip", "moto"]
    present = ["boto3", "botocore", "jmespath", "dateutil", "s3transfer", "six", "urllib3", "json", "sqlite3"]
    found = aws.value(aws.function(IMPORTS), absent + present)
    assert [name for name in absent if found[name]] == []
    assert [name for name in present if not found[name]] == []


def test_the_runtime_root_holds_awslambdaric_only_where_it_is_the_client(aws):
    found = aws.value(aws.function(IMPORTS), ["awslambdaric", "simplejson", "runtime_client"])
    assert set(found.values()) == {aws.settings.client == "awslambdaric"}


def test_boto3_is_the_runtimes_own_and_knows_its_version(aws):
    source = (
        "import boto3, importlib.metadata\n"
        "def handler(event, context):\n"
        "    client = boto3.client('dynamodb')\n"
        "    return [boto3.__version__, importlib.metadata.version('boto3'), client.meta.endpoint_url]\n"
    )
    version, recorded, endpoint = aws.value(aws.function(source), endpoint_url="http://127.0.0.1:9")
    assert version == recorded
    assert endpoint == "http://127.0.0.1:9"


def test_the_package_comes_before_the_runtime_and_the_runtime_before_the_standard_library(aws):
    source = "import sys, boto3\ndef handler(event, context):\n    return [sys.path, boto3.here]\n"
    function = aws.function(source)
    (function.code / "boto3.py").write_text("here = 'package'")
    path, where = aws.value(function)
    assert where == "package"
    assert path[0] == str(function.code)
    assert "python-runtime-" in path[1]
    assert all(entry.startswith((sys.base_prefix, sys.base_exec_prefix)) for entry in path[2:])


def test_a_module_of_the_package_can_not_break_the_client(aws):
    function = aws.function("def handler(event, context):\n    return 'fine'\n")
    for name in ("simplejson", "http", "awslambdaric", "bootstrap", "traceback"):
        (function.code / f"{name}.py").write_text("raise RuntimeError('shadowed')")
    assert aws.value(function) == "fine"


def test_a_pythonpath_of_the_function_is_searched_after_its_package(aws, tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "only_there.py").write_text("x = 1")
    source = "import only_there, boto3\ndef handler(event, context):\n    return only_there.x\n"
    assert aws.value(aws.function(source, environment={"PYTHONPATH": str(extra)})) == 1


def test_each_worker_has_a_temporary_folder_of_its_own_and_takes_it_along(one_aws, invoking):
    source = (
        "import os, tempfile\n"
        "folder = tempfile.gettempdir()\n"
        "def handler(event, context):\n"
        "    files = os.listdir(folder)\n"
        "    open(os.path.join(folder, 'kept'), 'w').close()\n"
        "    return [folder, os.environ['HOME'], files]\n"
    )
    functions = [one_aws.function(source, name=name) for name in ("orders", "users", "orders")]

    async def scenario(runtime):
        return [json.loads((await invoking(runtime, function)).payload) for function in functions]

    orders, users, again = one_aws.run(scenario)
    assert orders[0] == orders[1] == again[0] != users[0]
    assert (orders[2], users[2], again[2]) == ([], [], ["kept"])
    assert not Path(orders[0]).parent.exists()


def test_the_working_folder_is_the_package(aws):
    function = aws.function(
        "import os\ndef handler(event, context):\n    return [os.getcwd(), open('data.txt').read()]\n"
    )
    (function.code / "data.txt").write_text("inside")
    assert aws.value(function) == [str(function.code), "inside"]


def test_exit_and_quit_exist_as_with_a_normal_start(aws):
    error = aws.error(aws.function("def handler(event, context):\n    exit(4)\n"))
    assert error.error_message.endswith("exit status 4")


def test_a_lone_surrogate_can_not_be_printed_as_on_lambda(aws):
    error = aws.error(aws.function("def handler(event, context):\n    print('\\ud800')\n"))
    assert error.error_type == "UnicodeEncodeError"


@pytest.mark.parametrize("client", ["awslambdaric", "builtin"])
def test_a_handler_saved_twice_within_a_second_runs_as_saved_last(one_aws, invoking, client):
    async def scenario(runtime):
        answers = []
        for n in range(4):
            function = one_aws.function(f"def handler(event, context):\n    return {n}\n", code_sha256=str(n))
            answers.append((await invoking(runtime, function)).payload)
        return answers

    assert one_aws.run(scenario, client=client) == [b"0", b"1", b"2", b"3"]


def test_the_temporary_folder_of_a_worker_ends_with_it(one_aws, invoking):
    source = "import os\ndef handler(event, context):\n    return os.environ['TMPDIR']\n"
    old, new = one_aws.function(source, code_sha256="1"), one_aws.function(source, code_sha256="2")

    async def scenario(runtime):
        folder = json.loads((await invoking(runtime, old)).payload)
        await invoking(runtime, new)
        while os.path.exists(folder):  # noqa: ASYNC110, ASYNC240, PTH110 - nothing to wait for; it is quick
            await asyncio.sleep(0.01)
        return len(os.listdir(os.path.dirname(folder)))  # noqa: PTH120, PTH208 - the same

    assert one_aws.run(scenario) == 1


def test_a_relative_package_folder_works(one_aws, monkeypatch):
    function = one_aws.function("def handler(event, context):\n    return __file__\n")
    monkeypatch.chdir(function.code.parent)
    assert one_aws.value(replace(function, code=Path(function.code.name))) == str(function.code / "app.py")
