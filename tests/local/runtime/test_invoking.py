"""What a handler gets and what its caller gets back. Starts workers."""

import json
import re

import pytest

from apitool.proxy.outcome import Returned

CONTEXT = """
def handler(event, context):
    return {
        "event": event,
        "id": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "name": context.function_name,
        "version": context.function_version,
        "memory": context.memory_limit_in_mb,
        "group": context.log_group_name,
        "stream": context.log_stream_name,
        "left": context.get_remaining_time_in_millis(),
        "client": context.client_context and [context.client_context.custom, context.client_context.env],
        "identity": context.identity.cognito_identity_id,
    }
"""


def test_a_handler_gets_the_event_and_lambdas_context(aws, log):
    function = aws.function(CONTEXT, version="7", arn="arn:aws:lambda:eu-central-1:0:function:orders:live")
    outcome = aws.invoke(function, {"path": "/Zürich", "n": [1, None, True]})
    seen = json.loads(outcome.payload)
    assert seen.pop("left") in range(9_000, 10_001)
    assert seen == {
        "event": {"path": "/Zürich", "n": [1, None, True]},
        "id": outcome.request_id,
        "arn": "arn:aws:lambda:eu-central-1:0:function:orders:live",
        "name": "orders",
        "version": "7",
        "memory": "128",
        "group": "/aws/lambda/orders",
        "stream": log.streams[0],
        "client": None,
        "identity": None,
    }


def test_the_client_context_of_the_caller_arrives(aws, invoking):
    function = aws.function(CONTEXT)
    context = '{"custom": {"a": "b"}, "env": {"locale": "de"}, "client": {"app_title": "x"}}'
    outcome = aws.run(lambda runtime: invoking(runtime, function, {}, client_context=context))
    assert json.loads(outcome.payload)["client"] == [{"a": "b"}, {"locale": "de"}]


def test_the_trace_id_is_in_the_environment_during_the_invocation(aws, invoking):
    function = aws.function(
        "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n"
    )

    async def scenario(runtime):
        ids = ["Root=1-a-b;Parent=c;Sampled=1", "Root=1-d-e"]
        return [json.loads((await invoking(runtime, function, trace_id=i)).payload) for i in ids]

    assert aws.run(scenario) == ["Root=1-a-b;Parent=c;Sampled=1", "Root=1-d-e"]


def test_a_trace_id_with_a_line_break_can_not_forge_a_header(aws, invoking):
    function = aws.function("def handler(event, context):\n    return context.function_version\n")
    forged = "Root=1\r\nLambda-Runtime-Deadline-Ms: 1\r\n\r\nhello"
    outcome = aws.run(lambda runtime: invoking(runtime, function, trace_id=forged))
    assert outcome.payload == b'"$LATEST"'


@pytest.mark.parametrize(
    ("expression", "payload"),
    [
        ("{'statusCode': 200, 'body': 'ok'}", b'{"statusCode": 200, "body": "ok"}'),
        ("None", b"null"),
        ("b'\\x00raw'", b"\x00raw"),
        ("decimal.Decimal('1.10')", b"1.10"),
        ("{'a': [decimal.Decimal('3E+2')]}", b'{"a": [3E+2]}'),
        ("float('nan')", b"NaN"),
        ("{'body': b'bytes'}", b'{"body": "bytes"}'),
    ],
)
def test_a_return_value_is_written_as_lambda_writes_it(aws, expression, payload):
    function = aws.function(f"import decimal\ndef handler(event, context):\n    return {expression}\n")
    outcome = aws.invoke(function)
    assert isinstance(outcome, Returned)
    assert outcome.payload == payload


@pytest.mark.parametrize(
    ("runtime", "payload"), [("python3.11", b'"Z\\u00fcrich"'), ("python3.13", '"Zürich"'.encode())]
)
def test_newer_runtimes_write_text_unescaped(aws, runtime, payload):
    function = aws.function("def handler(event, context):\n    return 'Zürich'\n", runtime=runtime)
    assert aws.invoke(function).payload == payload


def test_a_worker_keeps_its_module_between_invocations_and_sees_one_at_a_time(aws):
    source = "seen = []\ndef handler(event, context):\n    seen.append(event)\n    return seen\n"
    outcomes = aws.invoke_all(aws.function(source), 1, 2, 3)
    assert json.loads(outcomes[2].payload) == [1, 2, 3]


def test_an_event_and_an_answer_of_six_megabytes_pass(aws):
    function = aws.function("def handler(event, context):\n    return event\n")
    text = "x" * (6_291_456 - 2)
    assert aws.value(function, text) == text


def test_an_outcome_names_its_request_and_how_long_it_took(aws):
    function = aws.function("import time\ndef handler(event, context):\n    time.sleep(0.2)\n")
    first, second = aws.invoke_all(function, None, None)
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first.request_id)
    assert first.request_id != second.request_id
    assert 200 <= second.latency_ms < 5_000


def test_a_layer_is_searched_after_the_package(aws, tmp_path):
    layer = tmp_path / "layer"
    layer.mkdir()
    (layer / "shared.py").write_text("where = 'layer'")
    (layer / "both.py").write_text("where = 'layer'")
    source = "import shared, both\ndef handler(event, context):\n    return [shared.where, both.where]\n"
    function = aws.function(source, layers=(layer,))
    (function.code / "both.py").write_text("where = 'package'")
    assert aws.value(function) == ["layer", "package"]


def test_a_handler_in_a_folder_of_the_package_is_found(aws):
    function = aws.function("", handler="src/api/orders.entry")
    (function.code / "src/api").mkdir(parents=True)
    (function.code / "src/api/orders.py").write_text("def entry(event, context):\n    return 'deep'\n")
    assert aws.value(function) == "deep"
