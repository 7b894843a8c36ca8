"""Integrations that call other services than Lambda, over HTTP, against the embedded AWS's own services."""

from __future__ import annotations

import json
from types import SimpleNamespace
from uuid import uuid4

import pytest
from tests.local.deploy import ACCOUNT, INTEGRATION, REGION, TRUST, Deployed
from tests.local.deploy import deploy as deploy_function
from tests.local.deploy import integration as proxied

pytestmark = pytest.mark.embedded

NOBODY = {**TRUST, "Statement": [{**TRUST["Statement"][0], "Principal": {"Service": "lambda.amazonaws.com"}}]}
FORM = {"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"}
REFUSED = "Execution failed due to configuration error: API Gateway does not have permission to assume"


@pytest.fixture(scope="module")
def role(clients):
    """`role("dynamodb:PutItem", …)` -> the ARN of a role that may do that and nothing else."""

    def made(*actions: str, trust: dict = TRUST) -> str:
        name = f"r{uuid4().hex[:8]}"
        arn = clients("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        clients("iam").put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=policy)
        return str(arn["Role"]["Arn"])

    return made


@pytest.fixture(scope="module")
def deploy(clients, embedded):
    """`deploy({"POST /x": integration})` -> a stage of its own, which logs everything."""

    def made(routes: dict[str, dict], **operation: object) -> Deployed:
        name = f"s{uuid4().hex[:8]}"
        gateway = clients("apigateway")
        api = gateway.create_rest_api(name=name)["id"]
        paths: dict[str, dict] = {}
        for route, integration in routes.items():
            verb, path = route.split(" ")
            paths.setdefault(path, {})[verb.lower()] = {
                INTEGRATION: integration,
                "responses": {},
                **operation,
            }
        body = {"openapi": "3.0.1", "info": {"title": name, "version": "1"}, "paths": paths}
        gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(body))
        deployment = gateway.create_deployment(restApiId=api)["id"]
        gateway.create_stage(restApiId=api, stageName=name, deploymentId=deployment)
        return Deployed(clients, embedded.url(name), api, name, name)

    return made


JSON = {"Content-Type": "application/json"}


def service(target: str, role_arn: str, **more) -> dict:
    return {
        "type": "AWS",
        "httpMethod": "POST",
        "uri": f"arn:aws:apigateway:{REGION}:{target}",
        "credentials": role_arn,
        "responses": {"default": {"statusCode": "200"}},
        **more,
    }


@pytest.fixture(scope="module")
def table(clients) -> str:
    name = f"t{uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture(scope="module")
def items(deploy, role, table) -> Deployed:
    item = '{"id": {"S": "$input.params(\'id\')"}, "n": {"N": "$input.path(\'$.n\')"}}'
    put = f'{{"TableName": "{table}", "Item": {item}}}'
    get = f'{{"TableName": "{table}", "Key": {{"id": {{"S": "$input.params(\'id\')"}}}}}}'
    shown = "#set($item = $input.path('$.Item'))\n{\"n\": $item.n.N}"
    refused = "{\"why\": $input.json('$.message')}"
    return deploy(
        {
            "PUT /items/{id}": service(
                "dynamodb:action/PutItem",
                role("dynamodb:PutItem"),
                requestTemplates={"application/json": put},
                responses={
                    "default": {"statusCode": "201"},
                    "4\\d{2}": {"statusCode": "400", "responseTemplates": {"application/json": refused}},
                },
            ),
            "GET /items/{id}": service(
                "dynamodb:action/GetItem",
                role("dynamodb:GetItem"),
                requestTemplates={"application/json": get},
                responses={
                    "default": {"statusCode": "200", "responseTemplates": {"application/json": shown}}
                },
            ),
            "GET /foreign/{id}": service(
                "dynamodb:action/GetItem",
                role("dynamodb:PutItem"),
                requestTemplates={"application/json": get},
                responses={"default": {"statusCode": "200"}, "400": {"statusCode": "403"}},
            ),
        }
    )


def test_an_item_goes_into_a_table_and_comes_out_of_it(items, clients, table):
    put = items.request("PUT", "/items/a", b'{"n": 7}', JSON)
    assert (put.status, put.body) == (201, b"{}")
    assert clients("dynamodb").get_item(TableName=table, Key={"id": {"S": "a"}})["Item"]["n"] == {"N": "7"}
    got = items.get("/items/a")
    assert (got.status, got.json) == (200, {"n": 7})
    assert got.headers["Content-Type"] == "application/json"


def test_what_the_service_refuses_is_selected_by_its_status(items):
    refused = items.request("PUT", "/items/b", b'{"n": "no number"}', JSON)
    assert refused.status == 400
    assert "number" in refused.json["why"].lower()


def test_a_role_that_may_not_do_it_gets_the_services_refusal(items):
    answer = items.get("/foreign/a")
    assert answer.status == 403
    assert "not authorized to perform: dynamodb:GetItem" in answer.json["Message"]


@pytest.fixture(scope="module")
def unusable(deploy, role) -> Deployed:
    missing = f"arn:aws:iam::{ACCOUNT}:role/nobody"
    untrusting = role("dynamodb:ListTables", trust=NOBODY)
    return deploy(
        {
            "POST /missing": service("dynamodb:action/ListTables", missing),
            "POST /untrusting": service("dynamodb:action/ListTables", untrusting),
            "POST /caller": service("dynamodb:action/ListTables", "arn:aws:iam::*:user/*"),
            "POST /elsewhere": service("rekognition:action/DetectFaces", role("rekognition:DetectFaces")),
        }
    )


@pytest.mark.parametrize("path", ["/missing", "/untrusting"])
def test_a_role_that_cannot_be_assumed_is_a_500_that_the_log_explains(unusable, clients, path):
    clients("apigateway").update_account(
        patchOperations=[
            {"op": "replace", "path": "/cloudwatchRoleArn", "value": logging_role(clients)},
        ]
    )
    unusable.patch(("replace", "/*/*/logging/loglevel", "ERROR"))
    answer = unusable.request("POST", path, b"{}")
    assert (answer.status, answer.json) == (500, {"message": "Internal server error"})
    assert any(REFUSED in line for line in unusable.logged(unusable.execution_log))


def logging_role(clients) -> str:
    from tests.local.deploy import role as made  # noqa: PLC0415 - a fixture has that name here

    return made(clients, f"l{uuid4().hex[:8]}")


def test_a_role_of_the_account_the_stage_will_live_in_does(deploy):
    credentials = "arn:aws:iam::999988887777:role/gateway"
    api = deploy({"POST /x": service("dynamodb:action/ListTables", credentials)})
    assert api.request("POST", "/x", b"{}", JSON).status == 200
    resources = api.clients("apigateway").get_resources(restApiId=api.api, embed=["methods"])["items"]
    methods = [each["resourceMethods"] for each in resources if "resourceMethods" in each]
    assert methods[0]["POST"]["methodIntegration"]["credentials"] == credentials


@pytest.mark.parametrize("path", ["/caller", "/elsewhere"])
def test_what_cannot_be_called_is_a_500(unusable, path):
    assert unusable.request("POST", path, b"{}").status == 500


def test_a_message_goes_to_a_queue_by_its_path_and_by_action(deploy, role, clients):
    name = f"q{uuid4().hex[:8]}"
    url = clients("sqs").create_queue(QueueName=name)["QueueUrl"]
    query = {
        "integration.request.querystring.QueueUrl": f"'{url}'",
        "integration.request.querystring.MessageBody": "method.request.querystring.text",
    }
    api = deploy(
        {
            "POST /path": service(
                f"sqs:path/{ACCOUNT}/{name}",
                role("sqs:SendMessage"),
                requestParameters=FORM,
                requestTemplates={
                    "application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"
                },
            ),
            "POST /action": service(
                "sqs:action/SendMessage", role("sqs:SendMessage"), requestParameters=query
            ),
        }
    )
    by_path = api.request("POST", "/path", b'{"a": "b c"}', JSON)
    assert by_path.status == 200
    assert by_path.json["SendMessageResponse"]["SendMessageResult"]["MessageId"]
    assert api.request("POST", "/action?text=hello").status == 200
    found = clients("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(each["Body"] for each in found) == ["hello", '{"a": "b c"}']


def test_topics_streams_and_buckets_are_reached_too(deploy, role, clients):
    name = f"n{uuid4().hex[:8]}"
    topic = clients("sns").create_topic(Name=name)["TopicArn"]
    clients("kinesis").create_stream(StreamName=name, ShardCount=1)
    clients("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    record = f'{{"StreamName": "{name}", "PartitionKey": "k", "Data": "$util.base64Encode($input.body)"}}'
    keyed = {"integration.request.path.key": "method.request.path.key"}
    bucket = service(f"s3:path/{name}/{{key}}", role("s3:PutObject", "s3:GetObject"), requestParameters=keyed)
    api = deploy(
        {
            "POST /topic": service(
                "sns:action/Publish",
                role("sns:Publish"),
                requestParameters={
                    "integration.request.querystring.TopicArn": f"'{topic}'",
                    "integration.request.querystring.Message": "method.request.querystring.text",
                },
            ),
            "POST /stream": service(
                "kinesis:action/PutRecord",
                role("kinesis:PutRecord"),
                requestTemplates={"application/json": record},
            ),
            "PUT /files/{key}": {**bucket, "httpMethod": "PUT"},
            "GET /files/{key}": {**bucket, "httpMethod": "GET"},
        }
    )
    assert api.request("POST", "/topic?text=hello").json["PublishResponse"]["PublishResult"]["MessageId"]
    assert api.request("POST", "/stream", b'{"a": 1}', JSON).json["ShardId"]
    assert api.request("PUT", "/files/a.json", b'{"kept": true}', JSON).status == 200
    assert clients("s3").get_object(Bucket=name, Key="a.json")["Body"].read() == b'{"kept": true}'
    assert api.get("/files/a.json").json == {"kept": True}


def test_whatever_stands_in_a_path_is_answered(deploy, role, clients):
    """No text of a client's ends in anything but an answer of S3's or a 500 of the gateway's."""
    name = f"n{uuid4().hex[:8]}"
    clients("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    keyed = {"integration.request.path.key": "method.request.path.key"}
    got = service(f"s3:path/{name}/{{key}}", role("s3:GetObject"), requestParameters=keyed, httpMethod="GET")
    missing = {"default": {"statusCode": "200"}, "404": {"statusCode": "404"}}
    api = deploy({"GET /files/{key}": {**got, "responses": missing}})
    odd = ("a%20b", "%E2%82%AC", "%5B", "%25", "%00", "..%2f..", "a:b@c", "%3Fx=1", "%23", "a;b", "~", "'")
    assert {api.get(f"/files/{key}").status for key in odd} <= {200, 404, 500}


def test_the_log_has_the_call_as_it_goes_to_the_service(items, clients):
    gateway = clients("apigateway")
    put = next(
        each["id"]
        for each in gateway.get_resources(restApiId=items.api)["items"]
        if each["path"] == "/items/{id}"
    )
    tested = gateway.test_invoke_method(
        restApiId=items.api, resourceId=put, httpMethod="PUT", pathWithQueryString="/items/c", body='{"n": 1}'
    )
    assert tested["status"] == 201
    uri = f"Endpoint request URI: https://dynamodb.{REGION}.amazonaws.com/?Action=PutItem"
    assert uri in tested["log"]
    assert "X-Amz-Target=DynamoDB_20120810.PutItem" in tested["log"]
    assert "Received response. Status: 200" in tested["log"]


CODE = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'by role'}\n"


@pytest.fixture
def given(deploy, role) -> SimpleNamespace:
    return SimpleNamespace(deploy=deploy, role=role)


@pytest.fixture(scope="module")
def closed(clients, embedded) -> Deployed:
    """A function whose own policy lets nobody in."""
    return deploy_function(clients, embedded.url, CODE, permit=False)


@pytest.mark.parametrize(
    ("action", "trust", "status"),
    [
        ("lambda:InvokeFunction", TRUST, 200),
        ("dynamodb:GetItem", TRUST, 500),
        ("lambda:InvokeFunction", NOBODY, 500),
    ],
    ids=["it may", "it may something else", "it does not trust API Gateway"],
)
def test_with_a_role_the_functions_own_policy_is_not_asked(closed, given, action, trust, status):
    credentials = given.role(action, trust=trust)
    api = given.deploy({"GET /x": proxied(closed.alias, credentials=credentials)[INTEGRATION]})
    assert api.get("/x").status == status
