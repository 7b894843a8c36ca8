"""What reaches the sink: lines in order, of the right request, in AWS's shapes. Starts workers."""

import asyncio
import json
import re
import time

import pytest

ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
RUN = "import os, sys, logging, subprocess\ndef handler(event, context):\n    exec(event)\n"


def test_an_invocation_is_framed_by_start_end_and_report(aws, log):
    aws.invoke_all(aws.function("def handler(event, context): ...\n", memory_mb=256), 1, 2)
    arn = "arn:aws:lambda:eu-central-1::runtime:[0-9a-f]{64}"
    figures = r"Duration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\t"
    report = rf"REPORT RequestId: {ID}\t{figures}Max Memory Used: [1-9]\d* MB\t"
    shapes = [
        rf"INIT_START Runtime Version: python:3\.\d+\.\d+\tRuntime Version ARN: {arn}\n",
        rf"START RequestId: {ID} Version: \$LATEST\n",
        rf"END RequestId: {ID}\n",
        rf"{report}Init Duration: \d+\.\d\d ms\t\n",
        rf"START RequestId: {ID} Version: \$LATEST\n",
        rf"END RequestId: {ID}\n",
        rf"{report}\n",
    ]
    assert len(log.messages) == len(shapes)
    for message, shape in zip(log.messages, shapes, strict=True):
        assert re.fullmatch(shape, message), message


def test_a_stream_is_named_as_on_aws_and_its_timestamps_never_run_back(aws, log):
    before = time.time() * 1000
    aws.invoke(aws.function(RUN, version="12"), "for i in range(50): print(i); logging.warning(i)")
    (stream,) = log.streams
    assert re.fullmatch(r"\d{4}/\d\d/\d\d/\[12\][0-9a-f]{32}", stream)
    stamps = [at_ms for _, _, at_ms, _ in log.events]
    assert stamps == sorted(stamps)
    assert before - 1 <= stamps[0] <= stamps[-1] <= time.time() * 1000


def test_prints_log_records_and_stderr_keep_their_order(aws, log):
    event = (
        "print('one')\n"
        "logging.getLogger().setLevel('INFO')\n"
        "logging.info('two')\n"
        "print('three', file=sys.stderr)\n"
        "logging.error('four\\nfive')\n"
        "subprocess.run(['echo', 'six'])\n"
        "print('seven', end='')"
    )
    outcome = aws.invoke(aws.function(RUN), event)
    lines = [re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", line) for line in log.between(outcome.request_id)]
    assert lines == [
        "one\n",
        f"[INFO]\tTIME\t{outcome.request_id}\ttwo\n",
        "three\n",
        f"[ERROR]\tTIME\t{outcome.request_id}\tfour\nfive\n",
        "six\n",
        "seven",
    ]


def test_every_line_belongs_to_the_request_that_wrote_it(aws, log):
    events = [f"for n in range(200): print({i}, n)" for i in range(20)]
    for i, outcome in enumerate(aws.invoke_all(aws.function(RUN), *events)):
        assert log.between(outcome.request_id) == [f"{i} {n}\n" for n in range(200)]


def test_what_the_module_prints_comes_before_the_first_start(aws, log):
    aws.invoke(aws.function("print('loading')\ndef handler(event, context): ...\n"))
    assert [line.split()[0] for line in log.messages] == ["INIT_START", "loading", "START", "END", "REPORT"]


def test_a_large_output_arrives_whole(aws, log):
    outcome = aws.invoke(aws.function(RUN), "for n in range(40000): print(f'{n:06d} ' + 'x' * 60)")
    lines = log.between(outcome.request_id)
    assert len(lines) == 40_000
    assert all(line == f"{n:06d} {'x' * 60}\n" for n, line in enumerate(lines))


def test_a_line_of_megabytes_becomes_several_events(aws, log):
    outcome = aws.invoke(aws.function(RUN), "print('ü' * 1_000_000)")
    lines = log.between(outcome.request_id)
    assert "".join(lines) == "ü" * 1_000_000 + "\n"
    assert all(len(line.encode()) <= 262_118 for line in lines)
    assert len(lines) == 8


def test_invalid_utf8_is_replaced_and_nothing_else_is_lost(aws, log):
    event = "os.write(1, b'a\\xff\\xfe\\xa5b\\nc\\x00d\\n\\xa5\\x5a\\x00\\x99end\\n')"
    outcome = aws.invoke(aws.function(RUN), event)
    assert log.between(outcome.request_id) == ["a\ufffd\ufffd\ufffdb\n", "c\x00d\n", "\ufffdZ\x00\ufffdend\n"]


def test_output_that_never_stops_does_not_hold_up_the_answer(aws):
    source = (
        "import subprocess\ndef handler(event, context):\n    subprocess.Popen(['yes'])\n    return 'done'\n"
    )
    aws.log = lambda *_event: None
    assert aws.value(aws.function(source, timeout_s=60)) == "done"


def test_a_sink_that_raises_does_not_fail_the_invocation(one_aws, invoking):
    seen = []

    def broken(*event):
        seen.append(event)
        raise OSError("disk full")

    one_aws.log = broken
    complaints = []

    async def scenario(runtime):
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        return await invoking(runtime, one_aws.function("def handler(event, context):\n    return 1\n"))

    assert one_aws.run(scenario).payload == b"1"
    assert len(complaints) == len(seen) == 3
    assert str(complaints[0]["exception"]) == "disk full"


JSON_RUN = "import logging\nlogging.getLogger().setLevel('INFO')\n" + RUN


def test_the_json_format_makes_records_of_everything_but_prints(aws, log):
    function = aws.function(JSON_RUN, log_format="JSON", memory_mb=256)
    outcome = aws.invoke(function, "print('plain')\nlogging.info('hello %s', 'you', extra={'order': 7})")
    kinds = [json.loads(line)["type"] for line in log.messages if '"type":"platform' in line]
    assert kinds == ["platform.initStart", "platform.start", "platform.report"]
    plain, record = log.between_json(outcome.request_id)
    assert plain == "plain\n"
    parsed = json.loads(record)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", parsed.pop("timestamp"))
    expected = {
        "level": "INFO",
        "message": "hello you",
        "logger": "root",
        "requestId": outcome.request_id,
        "order": 7,
    }
    assert parsed == expected
    report = json.loads(log.messages[-1])["record"]
    assert (report["status"], report["metrics"]["memorySizeMB"]) == ("success", 256)
    assert report["metrics"]["initDurationMs"] > 0


def test_the_json_format_tells_an_exception_and_its_place(aws, log):
    function = aws.function(JSON_RUN, log_format="JSON")
    error = aws.error(
        function, "try:\n    1/0\nexcept ZeroDivisionError: logging.exception('oh')\nraise KeyError('k')"
    )
    caught, raised = (json.loads(line) for line in log.between_json(error.request_id)[:2])
    assert (caught["errorType"], caught["errorMessage"]) == ("ZeroDivisionError", "division by zero")
    assert caught["location"].startswith("<string>:")
    assert (raised["level"], raised["errorType"], raised["errorMessage"]) == ("ERROR", "KeyError", "'k'")
    assert json.loads(log.messages[-1])["record"]["status"] == "error"


def test_the_log_level_of_the_function_is_respected(aws, log):
    source = (
        "import logging\ndef handler(event, context):\n    logging.info('yes')\n    logging.debug('no')\n"
    )
    aws.invoke(aws.function(source, log_format="JSON", log_level="INFO"))
    said = [json.loads(line).get("message") for line in log.messages]
    assert "yes" in said
    assert "no" not in said


@pytest.mark.parametrize("event", ["import time; time.sleep(30)", "os._exit(1)"])
def test_the_json_format_reports_timeouts_and_crashes_as_records(aws, log, event):
    aws.error(aws.function(JSON_RUN, log_format="JSON", timeout_s=0.5), event)
    done, report = (json.loads(line) for line in log.messages[-2:])
    assert (done["type"], report["type"]) == ("platform.runtimeDone", "platform.report")
    assert (
        done["record"]["status"] == report["record"]["status"] == ("timeout" if "sleep" in event else "error")
    )
