"""boto3 in, HTTP out: declared through the control plane, served by the data plane, logged where AWS logs."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.local.deploy import Deployed, deploy, document, integration, role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = pytest.mark.embedded

CODE = """
import json, os, sys, time

def handler(event, context):
    path = event["path"]
    if path == "/object":
        return {"statusCode": 200, "body": {"id": 1}}
    if path == "/raise":
        raise ValueError("no such order")
    if path == "/soon":
        time.sleep(2)
    if path == "/table":
        import boto3
        table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
        table.put_item(Item={"id": "7"})
        return {"statusCode": 200, "body": json.dumps(table.get_item(Key={"id": "7"})["Item"])}
    print("handled", path)
    return {"statusCode": 200, "body": json.dumps({"event": event, "arn": context.invoked_function_arn})}
"""
MISSING = b'{"message":"Missing Authentication Token"}'
BROKEN = b'{"message": "Internal server error"}'


@pytest.fixture(scope="session")
def make(clients: Any, embedded: Endpoint) -> Callable[..., Deployed]:
    def made(code: str = CODE, **options: Any) -> Deployed:
        return deploy(clients, embedded.url, code, **options)

    return made


@pytest.fixture(scope="session")
def api(make: Callable[..., Deployed]) -> Deployed:
    """Shared by tests that only send requests."""
    return make()


@pytest.fixture
def account_role(clients: Any) -> Iterator[None]:
    arn = role(clients, f"logs-{time.time_ns()}")
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
    clients("apigateway").update_account(patchOperations=[operation])
    yield
    clients("apigateway").update_account(patchOperations=[{**operation, "value": ""}])


def test_a_request_reaches_the_function_as_an_event(api: Deployed) -> None:
    reply = api.get("/orders/7?a=1&a=2")
    event = reply.json["event"]
    assert reply.status == 200
    assert (event["resource"], event["path"], event["httpMethod"]) == ("/{proxy+}", "/orders/7", "GET")
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"]}
    assert event["requestContext"]["apiId"] == api.api
    assert event["requestContext"]["stage"] == api.stage
    assert event["requestContext"]["requestId"] == reply.headers["x-amzn-RequestId"]
    assert reply.json["arn"] == api.alias


def test_an_object_as_body_is_a_502_byte_for_byte(api: Deployed) -> None:
    reply = api.get("/object")
    assert (reply.status, reply.body) == (502, BROKEN)
    assert reply.headers["x-amzn-ErrorType"] == "InternalServerErrorException"


def test_a_function_that_raises_is_a_502(api: Deployed) -> None:
    assert (api.get("/raise").status, api.get("/raise").body) == (502, BROKEN)


def test_a_route_that_is_not_there_is_a_403(api: Deployed) -> None:
    reply = api.get("")
    assert (reply.status, reply.body) == (403, MISSING)


def test_no_answer_within_the_integrations_timeout_is_a_504(api: Deployed) -> None:
    reply = api.get("/soon")
    assert (reply.status, reply.body) == (504, b'{"message": "Endpoint request timed out"}')


def test_without_permission_every_call_is_a_500(make: Callable[..., Deployed], clients: Any) -> None:
    api = make(permit=False)
    assert (api.get("/x").status, api.get("/x").body) == (500, BROKEN)
    statement = {
        "StatementId": "s",
        "Action": "lambda:InvokeFunction",
        "Principal": "apigateway.amazonaws.com",
    }
    add = clients("lambda").add_permission
    add(FunctionName=api.function, **statement)
    assert api.get("/x").status == 500, "the statement is for the function, the integration calls its alias"
    add(FunctionName=api.function, Qualifier="live", **statement)
    assert api.get("/x").status == 200


def test_new_code_is_served_as_soon_as_the_alias_moves(make: Callable[..., Deployed]) -> None:
    api = make("def handler(event, context): return {'body': 'one'}")
    assert api.get("/x").body == b"one"
    api.put_code("def handler(event, context): return {'body': 'two'}")
    assert api.get("/x").body == b"two"


def test_a_changed_document_is_served_only_once_it_is_deployed(
    make: Callable[..., Deployed], clients: Any
) -> None:
    api = make()
    gateway = clients("apigateway")
    body = json.dumps(document(new={"get": integration(api.alias)}))
    gateway.put_rest_api(restApiId=api.api, mode="overwrite", body=body)
    assert (api.get("/new").json["event"]["resource"], api.get("/old").status) == ("/{proxy+}", 200)
    gateway.create_deployment(restApiId=api.api, stageName=api.stage)
    assert (api.get("/new").json["event"]["resource"], api.get("/old").status) == ("/new", 403)


def test_a_canary_with_all_the_traffic_is_served_with_its_own_variables(
    make: Callable[..., Deployed], clients: Any
) -> None:
    api = make()
    deployment = clients("apigateway").create_deployment(restApiId=api.api)["id"]
    api.patch(
        ("replace", "/variables/colour", "blue"),
        ("replace", "/canarySettings/deploymentId", deployment),
        ("replace", "/canarySettings/percentTraffic", "100"),
        ("replace", "/canarySettings/stageVariableOverrides/colour", "yellow"),
    )
    event = api.get("/x").json["event"]
    assert event["requestContext"]["deploymentId"] == deployment
    assert event["requestContext"]["isCanaryRequest"] is True
    assert event["stageVariables"] == {"colour": "yellow"}


def test_throttling_of_the_stage_is_kept(make: Callable[..., Deployed]) -> None:
    api = make()
    api.patch(
        ("replace", "/*/*/throttling/rateLimit", "0.001"), ("replace", "/*/*/throttling/burstLimit", "1")
    )
    assert [api.get("/x").status for _ in range(2)] == [200, 429]


def test_a_handler_finds_its_table_in_the_embedded_aws(make: Callable[..., Deployed], clients: Any) -> None:
    name = f"t{time.time_ns()}"
    clients("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    api = make(Environment={"Variables": {"TABLE": name}}, Timeout=20, MemorySize=512)
    assert api.get("/table").json == {"id": "7"}
    # Invoke is a call to the control plane itself, which waits for one the function makes meanwhile.
    answer = clients("lambda").invoke(FunctionName=api.function, Payload=b'{"path": "/table"}')
    assert json.loads(json.loads(answer["Payload"].read())["body"]) == {"id": "7"}


def test_lambdas_lines_are_in_the_functions_group(make: Callable[..., Deployed]) -> None:
    api = make()
    api.get("/x")
    lines = api.logged(f"/aws/lambda/{api.function}", wanted=5)
    kinds = [re.split(r"[ :]", line)[0] for line in lines]
    assert kinds == ["INIT_START", "START", "handled", "END", "REPORT"]


def test_execution_lines_need_the_accounts_role_and_a_level(
    make: Callable[..., Deployed], account_role: None
) -> None:
    del account_role
    api = make()
    api.get("/before")
    api.patch(("replace", "/*/*/logging/loglevel", "INFO"))
    request_id = api.get("/after").headers["x-amzn-RequestId"]
    lines = api.logged(api.execution_log, wanted=9)
    assert {line.partition(" ")[0] for line in lines} == {f"({request_id})"}
    assert any(line.endswith("Method completed with status: 200") for line in lines)
    assert not any("Endpoint response body" in line for line in lines)
    api.patch(("replace", "/*/*/logging/loglevel", "OFF"))
    api.get("/off")
    time.sleep(0.1)
    assert api.logged(api.execution_log) == lines


def test_a_role_that_is_taken_away_ends_the_execution_log(
    make: Callable[..., Deployed], account_role: None, clients: Any
) -> None:
    del account_role
    api = make()
    api.patch(("replace", "/*/*/logging/loglevel", "INFO"))
    clear = {"op": "replace", "path": "/cloudwatchRoleArn", "value": ""}
    clients("apigateway").update_account(patchOperations=[clear])
    api.get("/x")
    time.sleep(0.1)
    assert api.logged(api.execution_log, patience=0) == []


def test_data_trace_shows_why_an_answer_was_malformed(
    make: Callable[..., Deployed], account_role: None
) -> None:
    del account_role
    api = make()
    api.patch(("replace", "/*/*/logging/loglevel", "ERROR"), ("replace", "/*/*/logging/dataTrace", "true"))
    api.get("/object")
    lines = " | ".join(api.logged(api.execution_log, wanted=3))
    assert "Execution failed due to configuration error: Malformed Lambda proxy response" in lines
    assert "Method completed with status: 502" in lines


def test_an_answers_lines_can_be_read_a_tenth_of_a_second_later(
    make: Callable[..., Deployed], account_role: None
) -> None:
    del account_role
    api = make()
    api.patch(("replace", "/*/*/logging/loglevel", "INFO"))
    api.get("/warm-up")
    time.sleep(0.2)
    request_id = api.get("/x").headers["x-amzn-RequestId"]
    time.sleep(0.1)
    assert any(request_id in line for line in api.logged(api.execution_log, patience=0))


def test_the_access_log_goes_to_its_group_if_there_is_one(
    make: Callable[..., Deployed], account_role: None, clients: Any
) -> None:
    del account_role
    api = make()
    group = f"access-{api.stage}"
    arn = f"arn:aws:logs:eu-central-1:123456789012:log-group:{group}"
    api.patch(
        ("replace", "/accessLogSettings/destinationArn", arn),
        ("replace", "/accessLogSettings/format", "$context.requestId $context.status"),
    )
    api.get("/lost")
    time.sleep(0.1)
    clients("logs").create_log_group(logGroupName=group)
    request_id = api.get("/kept").headers["x-amzn-RequestId"]
    assert api.logged(group) == [f"{request_id} 200"]


def test_the_invoke_api_runs_the_function_too(api: Deployed, clients: Any) -> None:
    call = clients("lambda").invoke
    event = json.dumps({"path": "/direct"}).encode()
    answer = call(FunctionName=api.alias, Payload=event)
    assert json.loads(json.loads(answer["Payload"].read())["body"])["event"] == {"path": "/direct"}
    failed = call(FunctionName=api.function, Qualifier="live", Payload=b'{"path": "/raise"}')
    assert failed["FunctionError"] == "Unhandled"
    assert json.loads(failed["Payload"].read())["errorMessage"] == "no such order"
    assert call(FunctionName=api.function, InvocationType="Event", Payload=event)["StatusCode"] == 202
    assert call(FunctionName=api.function, InvocationType="DryRun")["StatusCode"] == 204


def test_a_function_without_concurrency_is_throttled(make: Callable[..., Deployed], clients: Any) -> None:
    api = make()
    clients("lambda").put_function_concurrency(FunctionName=api.function, ReservedConcurrentExecutions=0)
    assert api.get("/x").status == 500
    refused = clients("lambda").exceptions.TooManyRequestsException
    with pytest.raises(refused):
        clients("lambda").invoke(FunctionName=api.function, Payload=b"{}")


def test_an_api_made_by_single_calls_is_served_as_well(make: Callable[..., Deployed], clients: Any) -> None:
    api = make()
    gateway = clients("apigateway")
    root = gateway.get_rest_api(restApiId=api.api)["rootResourceId"]
    method = {"restApiId": api.api, "resourceId": root, "httpMethod": "GET"}
    gateway.put_method(**method, authorizationType="NONE")
    uri = integration(api.alias)["x-amazon-apigateway-integration"]["uri"]
    gateway.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    gateway.create_deployment(restApiId=api.api, stageName=api.stage)
    assert api.get("/").json["event"]["resource"] == "/"
    assert api.get("/x").json["event"]["resource"] == "/{proxy+}"


def test_a_state_bucket_refuses_a_second_lock(clients: Any) -> None:
    s3 = clients("s3")
    bucket = f"state-{time.time_ns()}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket=bucket, Key="a.tflock", Body=b"1", IfNoneMatch="*")
    with pytest.raises(s3.exceptions.ClientError) as seen:
        s3.put_object(Bucket=bucket, Key="a.tflock", Body=b"2", IfNoneMatch="*")
    assert seen.value.response["ResponseMetadata"]["HTTPStatusCode"] == 412
    assert s3.get_object(Bucket=bucket, Key="a.tflock")["Body"].read() == b"1"
