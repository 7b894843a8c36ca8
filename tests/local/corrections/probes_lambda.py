"""Probes of functions, and of moto itself."""

from __future__ import annotations

import gc
import io
import json
import weakref
import zipfile
from typing import Any

from moto.logs.models import LogEvent, LogsBackend
from tests.local.corrections.probe import client, probes, role

QUEUE = "arn:aws:sqs:eu-central-1:123456789012:dead"


def function(**configuration: Any) -> dict[str, Any]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("app.py", "def handler(event, context): return event")
    return dict(
        client("lambda").create_function(
            FunctionName="orders",
            Runtime="python3.13",
            Handler="app.handler",
            Role=role(),
            Code={"ZipFile": stream.getvalue()},
            **configuration,
        )
    )


@probes("LambdaFunction.__init__")
def a_dead_letter_target_is_kept() -> None:
    assert function(DeadLetterConfig={"TargetArn": QUEUE})["DeadLetterConfig"] == {"TargetArn": QUEUE}
    read = client("lambda").get_function_configuration(FunctionName="orders")
    assert read["DeadLetterConfig"] == {"TargetArn": QUEUE}


@probes("LambdaFunction.__init__")
def a_file_system_is_kept() -> None:
    point = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718"
    mounted = [{"Arn": point, "LocalMountPath": "/mnt/orders"}]
    assert function(FileSystemConfigs=mounted)["FileSystemConfigs"] == mounted


@probes("LambdaFunction.get_configuration")
def every_function_has_a_logging_configuration() -> None:
    expected = {"LogFormat": "Text", "LogGroup": "/aws/lambda/orders"}
    assert function()["LoggingConfig"] == expected


@probes("LambdaFunction.__init__")
def the_logging_configuration_is_kept_and_a_version_has_it_too() -> None:
    function(LoggingConfig={"LogFormat": "JSON", "LogGroup": "mine"})
    published = client("lambda").publish_version(FunctionName="orders")
    assert published["LoggingConfig"] == {
        "LogFormat": "JSON",
        "LogGroup": "mine",
        "ApplicationLogLevel": "INFO",
        "SystemLogLevel": "INFO",
    }


@probes("LambdaFunction.update_configuration")
def an_update_changes_logging_tracing_and_storage_of_the_latest_version_only() -> None:
    function()
    client("lambda").publish_version(FunctionName="orders")
    update = client("lambda").update_function_configuration
    changed = update(
        FunctionName="orders",
        LoggingConfig={"LogFormat": "JSON"},
        TracingConfig={"Mode": "Active"},
        EphemeralStorage={"Size": 1024},
        Environment={},
    )
    assert changed["LoggingConfig"]["LogFormat"] == "JSON"
    assert changed["TracingConfig"] == {"Mode": "Active"}
    assert changed["EphemeralStorage"] == {"Size": 1024}
    first = client("lambda").get_function_configuration(FunctionName="orders", Qualifier="1")
    assert first["LoggingConfig"]["LogFormat"] == "Text"


@probes("LambdaBackend.create_function")
def publishing_a_new_function_does_not_copy_the_logs() -> None:
    def copied(_backend: LogsBackend, _memo: object) -> LogsBackend:
        raise AssertionError("the logs were copied")

    LogsBackend.__deepcopy__ = copied  # type: ignore[attr-defined]
    try:
        made = function(Publish=True)
    finally:
        del LogsBackend.__deepcopy__  # type: ignore[attr-defined]
    assert made["Version"] == "1"
    versions = client("lambda").list_versions_by_function(FunctionName="orders")["Versions"]
    assert [each["Version"] for each in versions] == ["$LATEST", "1"]


@probes("LambdaResponse.invoke")
def invoking_runs_the_alias_that_was_asked_for_in_our_runtime() -> None:
    function()
    client("lambda").publish_version(FunctionName="orders")
    client("lambda").create_alias(FunctionName="orders", Name="live", FunctionVersion="1")
    answer = client("lambda").invoke(FunctionName="orders:live", Payload=b'{"a": 1}')
    seen = json.loads(answer["Payload"].read())
    assert seen == {"arn": "arn:aws:lambda:eu-central-1:123456789012:function:orders:live", "event": {"a": 1}}
    assert answer["ExecutedVersion"] == "1"


@probes("BaseModel.__new__")
def an_object_nobody_holds_is_gone() -> None:
    event = LogEvent(0, {"timestamp": 0, "message": "x"})
    seen = weakref.ref(event)
    del event
    gc.collect()
    assert seen() is None


@probes("Policy.add_statement")
def a_statement_id_is_taken_once_for_a_qualifier() -> None:
    function()
    call = client("lambda")
    call.publish_version(FunctionName="orders")
    call.create_alias(FunctionName="orders", Name="live", FunctionVersion="1")
    statement = {
        "FunctionName": "orders",
        "StatementId": "invoke",
        "Action": "lambda:InvokeFunction",
        "Principal": "apigateway.amazonaws.com",
    }
    call.add_permission(**statement, Qualifier="live")
    seen = ""
    try:
        call.add_permission(**statement, Qualifier="live")
    except call.exceptions.ResourceConflictException as error:
        seen = str(error)
    assert "The statement id (invoke) provided already exists." in seen
    policy = json.loads(call.get_policy(FunctionName="orders", Qualifier="live")["Policy"])
    assert [each["Sid"] for each in policy["Statement"]] == ["invoke"]
