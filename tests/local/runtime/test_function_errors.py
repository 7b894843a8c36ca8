"""How an invocation fails, in AWS's words. Starts workers."""

import json

import pytest

from apitool.errors import ApitoolError
from apitool.local.runtime import RequestTooLargeError
from apitool.proxy.outcome import FunctionError, Returned

BY_EVENT = """
import os, sys, time
def handler(event, context):
    return eval(event)
"""


def test_an_exception_is_reported_with_its_type_message_and_stack(aws, log):
    source = "def inner():\n    raise ValueError('boom')\ndef handler(event, context):\n    inner()\n"
    function = aws.function(source)
    error = aws.error(function)
    assert (error.error_type, error.error_message) == ("ValueError", "boom")
    path = function.code / "app.py"
    assert json.loads(error.payload) == {
        "errorMessage": "boom",
        "errorType": "ValueError",
        "requestId": error.request_id,
        "stackTrace": [
            f'  File "{path}", line 4, in handler\n    inner()\n',
            f"  File \"{path}\", line 2, in inner\n    raise ValueError('boom')\n",
        ],
    }
    (logged,) = log.between(error.request_id)
    assert logged == (
        "[ERROR] ValueError: boom\nTraceback (most recent call last):\n"
        f'\xa0\xa0File "{path}", line 4, in handler\n\xa0\xa0\xa0\xa0inner()\n'
        f"\xa0\xa0File \"{path}\", line 2, in inner\n\xa0\xa0\xa0\xa0raise ValueError('boom')"
    )


def test_a_worker_survives_an_exception(aws, log):
    first, second = aws.invoke_all(aws.function(BY_EVENT), "1/0", "1+1")
    assert isinstance(first, FunctionError)
    assert second.payload == b"2"
    assert len(log.streams) == 1


def test_a_value_that_is_no_json_is_a_marshal_error(aws):
    error = aws.error(aws.function(BY_EVENT), "{1, 2}")
    assert error.error_type == "Runtime.MarshalError"
    expected = "Unable to marshal response: Object of type set is not JSON serializable"
    assert error.error_message == expected
    assert json.loads(error.payload)["stackTrace"] == []


def test_an_event_that_is_no_json_is_an_unmarshal_error(aws):
    function = aws.function(BY_EVENT)
    outcome = aws.run(lambda runtime: runtime.invoke(function, b"{not json", trace_id="t"))
    assert outcome.error_type == "Runtime.UnmarshalError"
    assert outcome.error_message.startswith("Unable to unmarshal input: ")


def test_a_client_context_that_is_no_json_is_an_error_of_the_invocation(aws, invoking):
    function = aws.function(BY_EVENT)
    outcome = aws.run(lambda runtime: invoking(runtime, function, "1", client_context="{"))
    assert outcome.error_type == "Runtime.LambdaContextUnmarshalError"


def test_a_timeout_kills_the_worker_and_is_worded_as_on_aws(aws, log):
    function = aws.function(BY_EVENT, timeout_s=0.5)
    late, after = aws.invoke_all(function, "print('before') or time.sleep(30)", "'alive'")
    message = f"RequestId: {late.request_id} Error: Task timed out after 0.50 seconds"
    assert (late.error_type, late.error_message) == ("Sandbox.Timedout", message)
    assert json.loads(late.payload) == {"errorType": "Sandbox.Timedout", "errorMessage": message}
    assert 500 <= late.latency_ms < 5_000
    assert after.payload == b'"alive"'
    said, verdict = log.between(late.request_id)
    assert said == "before\n"
    assert verdict.endswith(f"Z {late.request_id} Task timed out after 0.50 seconds\n\n")
    report = next(line for line in log.starting("REPORT") if late.request_id in line)
    assert "\tDuration: 500.00 ms\t" in report
    assert report.endswith("\tStatus: timeout\n")
    assert len(log.streams) == 2


def test_a_handler_that_ignores_signals_is_killed_all_the_same(aws):
    source = (
        "import signal, subprocess, time\n"
        "def handler(event, context):\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    subprocess.run(['sleep', '60'])\n"
    )
    assert aws.error(aws.function(source, timeout_s=0.3)).error_type == "Sandbox.Timedout"


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("sys.exit(1)", "Runtime exited with error: exit status 1"),
        ("os._exit(3)", "Runtime exited with error: exit status 3"),
        ("os._exit(0)", "Runtime exited without providing a reason"),
        ("os.kill(os.getpid(), 9)", "Runtime exited with error: signal: killed"),
        ("os.abort()", "Runtime exited with error: signal: aborted"),
    ],
)
def test_a_crash_is_an_exit_error_and_the_next_request_gets_a_new_worker(aws, log, end, reason):
    crash, after = aws.invoke_all(aws.function(BY_EVENT), f"print('last words') or {end}", "'alive'")
    message = f"RequestId: {crash.request_id} Error: {reason}"
    assert (crash.error_type, crash.error_message) == ("Runtime.ExitError", message)
    assert json.loads(crash.payload) == {"errorType": "Runtime.ExitError", "errorMessage": message}
    assert isinstance(after, Returned)
    inside = log.between(crash.request_id)
    assert inside[0] == "last words\n"
    assert inside[-1] == f"{message}\nRuntime.ExitError\n"
    report = next(line for line in log.starting("REPORT") if crash.request_id in line)
    assert report.endswith("Status: error\tError Type: Runtime.ExitError\n")


INIT_ERRORS = [
    ("import flask\n", "Runtime.ImportModuleError", "Unable to import module 'app': No module named 'flask'"),
    ("def handler(:\n", "Runtime.UserCodeSyntaxError", "Syntax error in module 'app': "),
    (
        "def other(event, context): ...\n",
        "Runtime.HandlerNotFound",
        "Handler 'handler' missing on module 'app'",
    ),
    ("raise KeyError('TABLE_NAME')\n", "KeyError", "'TABLE_NAME'"),
]


@pytest.mark.parametrize(("source", "error_type", "message"), INIT_ERRORS)
def test_a_module_that_does_not_load_fails_every_invocation_with_a_fresh_worker(
    aws, log, source, error_type, message
):
    first, second = aws.invoke_all(aws.function(source), {}, {})
    for error in (first, second):
        assert error.error_type == error_type
        assert error.error_message.startswith(message)
        assert json.loads(error.payload)["requestId"] == ""
    assert len(log.streams) == 2
    lines = log.of(log.streams[0])
    assert lines[0].startswith("INIT_START ")
    assert lines[1].startswith("[WARNING]\t")
    assert "LAMBDA_WARNING: Unhandled exception." in lines[1]
    assert lines[2].startswith(f"[ERROR] {error_type}: {message}")
    assert "\tPhase: init\tStatus: error\tError Type: " in lines[3]
    assert lines[3].startswith("INIT_REPORT Init Duration: ")
    assert lines[4:6] == [
        f"START RequestId: {first.request_id} Version: $LATEST\n",
        f"END RequestId: {first.request_id}\n",
    ]
    assert lines[6].endswith(f"Status: error\tError Type: {error_type}\n")


def test_both_clients_describe_an_init_error_alike(aws):
    function = aws.function("def broken():\n    raise KeyError('TABLE_NAME')\nbroken()\n")
    trace = json.loads(aws.error(function).payload)["stackTrace"]
    path = function.code / "app.py"
    assert "importlib" in trace[0]
    assert trace[-2:] == [
        f'  File "{path}", line 3, in <module>\n    broken()\n',
        f"  File \"{path}\", line 2, in broken\n    raise KeyError('TABLE_NAME')\n",
    ]


@pytest.mark.parametrize(
    ("handler", "error_type"),
    [("app", "Runtime.MalformedHandlerName"), ("sys.exit", "Runtime.BuiltInModuleConflict")],
)
def test_a_handler_name_lambda_refuses_is_refused(aws, handler, error_type):
    assert aws.error(aws.function("", handler=handler)).error_type == error_type


def test_a_mended_module_works_without_restarting_anything(aws, invoking):
    async def scenario(runtime):
        broken = await invoking(runtime, aws.function("raise RuntimeError('not yet')\n"))
        mended = await invoking(runtime, aws.function("def handler(event, context):\n    return 'now'\n"))
        return broken, mended

    broken, mended = aws.run(scenario)
    assert broken.error_message == "not yet"
    assert mended.payload == b'"now"'


def test_a_process_that_dies_while_loading_is_an_exit_error(aws, log):
    error = aws.error(aws.function("print('loading')\nimport os\nos._exit(7)\n"))
    assert error.error_type == "Runtime.ExitError"
    assert error.error_message.endswith("Error: Runtime exited with error: exit status 7")
    assert log.messages[1] == "loading\n"
    assert log.messages[2].endswith("\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n")


def test_an_init_error_does_not_wait_for_threads_of_the_module(aws):
    source = "import threading, time\nthreading.Thread(target=time.sleep, args=(30,)).start()\n1/0\n"
    assert aws.error(aws.function(source)).latency_ms < 5_000


SLOW_ONCE = """
import os, time
flag = os.path.join(os.environ["FLAGS"], "tried")
if not os.path.exists(flag):
    open(flag, "w").close()
    time.sleep(30)
time.sleep(float(os.environ["SECOND"]))
def handler(event, context):
    return context.get_remaining_time_in_millis()
"""


def test_an_init_over_the_limit_is_tried_again_within_the_invocation(aws, log, tmp_path):
    function = aws.function(SLOW_ONCE, timeout_s=5, environment={"FLAGS": str(tmp_path), "SECOND": "0.3"})
    outcome = aws.invoke(function, init_limit_s=1.5)
    assert 0 < int(outcome.payload) <= 4_700  # of the five seconds, the second init took a part
    (report,) = log.starting("INIT_REPORT")
    assert report.endswith("\tPhase: init\tStatus: timeout\n")
    assert "Init Duration" not in log.starting("REPORT")[0]


def test_an_init_that_never_ends_runs_into_the_functions_timeout(aws, tmp_path):
    function = aws.function(SLOW_ONCE, timeout_s=1, environment={"FLAGS": str(tmp_path), "SECOND": "30"})
    error = aws.error(function, init_limit_s=1.5)
    assert error.error_type == "Sandbox.Timedout"
    assert 2_500 <= error.latency_ms < 8_000


def test_a_response_over_the_limit_is_refused_with_its_size(aws, log):
    function = aws.function(BY_EVENT)
    large, after = aws.invoke_all(function, "'x' * 6_291_555", "'alive'")
    expected = "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes)."
    assert (large.error_type, large.error_message) == ("Function.ResponseSizeTooLarge", expected)
    assert any("413" in line for line in log.between(large.request_id))
    assert after.payload == b'"alive"'


def test_a_response_at_the_limit_passes(aws):
    outcome = aws.invoke(aws.function(BY_EVENT), "'x' * 6_291_554")
    assert isinstance(outcome, Returned)
    assert len(outcome.payload) == 6_291_556


def test_a_request_over_the_limit_is_refused_before_it_starts_anything(one_aws, log):
    function = one_aws.function(BY_EVENT)
    with pytest.raises(RequestTooLargeError, match="6291456 bytes for the InvokeFunction"):
        one_aws.invoke(function, "x" * 6_291_455)
    assert log.messages == []


def test_a_package_folder_that_is_gone_is_a_function_error(one_aws, tmp_path):
    function = one_aws.function(BY_EVENT, code=tmp_path / "gone")
    error = one_aws.error(function, "1")
    assert error.error_type == "Runtime.InvalidEntrypoint"
    assert "gone" in error.error_message


def test_a_runtime_that_is_not_running_says_so(one_aws, invoking):
    function = one_aws.function(BY_EVENT)

    async def scenario(runtime):
        await runtime.stop()
        await invoking(runtime, function, "1")

    with pytest.raises(ApitoolError, match="not running"):
        one_aws.run(scenario)


def test_a_variable_no_process_can_have_is_a_function_error(one_aws):
    error = one_aws.error(one_aws.function(BY_EVENT, environment={"BAD": "a\0b"}), "1")
    assert error.error_type == "Runtime.InvalidEntrypoint"
    assert "null byte" in error.error_message
