"""`type: aws` to another service than Lambda: the signed call that is made, and what becomes of its answer.

`?Action=` and the query behind it, and the role's line of the log: public logs. Which services get their
`X-Amz-Target` from the gateway: LocalStack, compared with AWS. What is not recorded says so.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import RECEIVED_MS, header, logging, refusal, request, stage, step

from apitool.proxy.exchange import Answer, HttpCall, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.outcome import HttpAnswered, HttpFailed, IntegrationTimeout
from apitool.proxy.steps import Signing

ROLE = "arn:aws:iam::000000000000:role/gateway"
PUT = "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem"


def service(uri: str = PUT, *routes: str, extras=None, **declared):
    integration = {
        "type": "AWS",
        "httpMethod": "POST",
        "uri": uri,
        "credentials": ROLE,
        "responses": {"default": {"statusCode": "200"}},
        **declared,
    }
    return stage(*routes, integration=integration, **(extras or {}))


def call(served, sent=None) -> HttpCall:
    made = step(served, sent or request("POST /dev/x", body=b"{}"))
    assert isinstance(made, HttpCall), made
    return made


def finished(made: HttpCall, outcome) -> Answer:
    return finish(made, outcome, now_ms=RECEIVED_MS + 60)


def sent_header(made: HttpCall, name: str) -> str | None:
    return next((value for key, value in made.headers if key.lower() == name), None)


@pytest.mark.parametrize(
    ("target", "url", "signed", "sent_target"),
    [
        (
            "dynamodb:action/PutItem",
            "https://dynamodb.us-east-1.amazonaws.com/?Action=PutItem",
            Signing("dynamodb", "us-east-1", ROLE, "dynamodb:PutItem"),
            "DynamoDB_20120810.PutItem",
        ),
        (
            "states:action/StartExecution",
            "https://states.us-east-1.amazonaws.com/?Action=StartExecution",
            Signing("states", "us-east-1", ROLE, "states:StartExecution"),
            "AWSStepFunctions.StartExecution",
        ),
        (
            "kinesis:action/PutRecord",
            "https://kinesis.us-east-1.amazonaws.com/?Action=PutRecord",
            Signing("kinesis", "us-east-1", ROLE, "kinesis:PutRecord"),
            "Kinesis_20131202.PutRecord",
        ),
        (
            "events:action/PutEvents",
            "https://events.us-east-1.amazonaws.com/?Action=PutEvents",
            Signing("events", "us-east-1", ROLE, "events:PutEvents"),
            None,
        ),
        (
            "sqs:path/000000000000/orders",
            "https://sqs.us-east-1.amazonaws.com/000000000000/orders",
            Signing("sqs", "us-east-1", ROLE, None),
            None,
        ),
        (
            "files.s3:path/a/b.json",
            "https://files.s3.us-east-1.amazonaws.com/a/b.json",
            Signing("s3", "us-east-1", ROLE, None),
            None,
        ),
    ],
)
def test_the_uri_says_what_is_called(target, url, signed, sent_target):
    made = call(service(f"arn:aws:apigateway:us-east-1:{target}"))
    assert (made.method, made.url, made.signing) == ("POST", url, signed)
    assert sent_header(made, "x-amz-target") == sent_target


@pytest.mark.parametrize(
    ("target", "action"),
    [
        ("sqs:action/SendMessageBatch", "sqs:SendMessage"),
        ("sns:action/PublishBatch", "sns:Publish"),
        ("dynamodb:action/BatchGetItem", "dynamodb:BatchGetItem"),
        ("dynamodb:action/TransactWriteItems", None),
        ("s3:action/ListObjects", None),
    ],
)
def test_iam_has_names_of_its_own_for_some_actions(target, action):
    assert call(service(f"arn:aws:apigateway:us-east-1:{target}")).signing.action == action


def test_partitions_have_domains_of_their_own():
    made = call(service("arn:aws-cn:apigateway:cn-north-1:sqs:path/1/q"))
    assert made.url == "https://sqs.cn-north-1.amazonaws.com.cn/1/q"


def test_mapped_query_parameters_stand_behind_the_action():
    mapped = {"integration.request.querystring.color": "method.request.querystring.color"}
    made = call(service(requestParameters=mapped), request("POST /dev/x?color=Red&other=1"))
    assert made.url == "https://dynamodb.us-east-1.amazonaws.com/?Action=PutItem&color=Red"


def test_a_mapped_target_wins():
    mapped = {"integration.request.header.X-Amz-Target": "'AWSEvents.PutEvents'"}
    made = call(service("arn:aws:apigateway:us-east-1:events:action/PutEvents", requestParameters=mapped))
    assert sent_header(made, "x-amz-target") == "AWSEvents.PutEvents"


def test_path_parameters_and_stage_variables_are_filled_in():
    served = service(
        "arn:aws:apigateway:us-east-1:s3:path/${stageVariables.bucket}/{key}",
        "POST /{key}",
        requestParameters={"integration.request.path.key": "method.request.path.key"},
        credentials="arn:aws:iam::000000000000:role/${stageVariables.role}",
        extras={"settings": StageSettings(variables={"bucket": "files", "role": "writer"})},
    )
    made = call(served, request("POST /dev/a.json"))
    assert made.url == "https://s3.us-east-1.amazonaws.com/files/a.json"
    assert made.signing.credentials == "arn:aws:iam::000000000000:role/writer"


def test_the_answer_is_selected_by_its_status_and_mapped():
    responses = {
        "default": {"statusCode": "201"},
        "4\\d{2}": {
            "statusCode": "409",
            "responseTemplates": {"application/json": '{"why": $input.json("$.message")}'},
        },
    }
    made = call(service(responses=responses))
    assert finished(made, HttpAnswered(200, (), b"{}", 5)).status == 201
    failed = finished(made, HttpAnswered(400, (), b'{"message": "no"}', 5))
    assert (failed.status, failed.body) == (409, b'{"why": "no"}')


def test_a_role_that_cannot_be_assumed_is_a_500_with_awss_line():
    made = call(service(extras={"settings": logging("ERROR")}))
    answer = finished(made, HttpFailed("role", ROLE))
    line = (
        "Execution failed due to configuration error: "
        f"API Gateway does not have permission to assume the provided role {ROLE}"
    )
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')
    assert line in answer.execution_log[0]
    assert answer.verdict.rule == "integration.role-not-assumable"


def test_no_answer_in_time_is_a_504():
    assert finished(call(service()), IntegrationTimeout(29_000)).status == 504


def test_the_log_shows_the_call_and_keeps_its_signature():
    made = call(service(extras={"settings": logging(trace=True)}))
    answer = finished(made, HttpAnswered(200, (("x-amzn-RequestId", "E1"),), b"{}", 5))
    lines = [line.partition(") ")[2] for line in answer.execution_log]
    assert "Endpoint request URI: https://dynamodb.us-east-1.amazonaws.com/?Action=PutItem" in lines
    headers = next(line for line in lines if line.startswith("Endpoint request headers: "))
    assert "X-Amz-Target=DynamoDB_20120810.PutItem" in headers
    assert "Authorization=***" in headers
    assert lines[-1] == "AWS Integration Endpoint RequestId : E1"


@pytest.mark.parametrize(
    ("declared", "rule"),
    [
        ({"credentials": ""}, "integration.no-credentials"),
        ({"credentials": "arn:aws:iam::*:user/*"}, "integration.no-caller"),
        (
            {"uri": "arn:aws:apigateway:us-east-1:rekognition:action/DetectFaces"},
            "integration.service-not-served",
        ),
        ({"uri": "arn:aws:apigateway:us-east-1:dynamodb:PutItem"}, "integration.no-service-in-uri"),
        ({"uri": "arn:aws:apigateway:us-east-1:s3:path/b/{key}"}, "integration.no-service-in-uri"),
    ],
)
def test_what_cannot_be_called_says_why(declared, rule):
    uri = declared.pop("uri", PUT)
    answer = refusal(service(uri, **declared), request("POST /dev/x", body=b"{}"))
    assert (answer.status, answer.verdict.rule, answer.verdict.recorded) == (500, rule, False)


def test_the_callers_credentials_are_passed_on_where_the_method_asks_for_them():
    served = service(
        credentials="arn:aws:iam::*:user/*",
        extras={
            "security": [{"sigv4": []}],
            "components": {
                "securitySchemes": {
                    "sigv4": {
                        "type": "apiKey",
                        "name": "Authorization",
                        "in": "header",
                        "x-amazon-apigateway-authtype": "awsSigv4",
                    }
                }
            },
        },
    )
    signature = (
        "AWS4-HMAC-SHA256 Credential=AK/20260924/us-east-1/execute-api/aws4_request, "
        "SignedHeaders=host, Signature=0"
    )
    made = call(
        served, request("POST /dev/x", body=b"{}", authorization=signature, x_amz_date="20260924T203312Z")
    )
    assert made.signing.credentials == "arn:aws:iam::*:user/*"


def test_a_proxy_to_firehose_is_not_served_here():
    declared = {"type": "AWS_PROXY", "uri": "arn:aws:apigateway:us-east-1:firehose:action/PutRecord"}
    answer = refusal(service(**declared), request("POST /dev/x"))
    assert (answer.status, answer.verdict.rule) == (500, "integration.not-served")
    assert header(answer, "x-amzn-ErrorType") == "InternalServerErrorException"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=20), st.binary(max_size=40))
def test_no_request_breaks_the_call_that_is_made_of_it(path, body):
    served = service(
        "arn:aws:apigateway:us-east-1:s3:path/b/{key}",
        "POST /{key}",
        requestParameters={"integration.request.path.key": "method.request.path.key"},
        requestTemplates={"application/json": "$input.body"},
    )
    made = step(served, request(f"POST /dev/{path}", body=body, content_type="application/json"))
    assert isinstance(made, (Answer, HttpCall))
    if isinstance(made, HttpCall):
        assert made.url.startswith("https://s3.us-east-1.amazonaws.com/b/")
        assert finished(made, HttpAnswered(200, (), body, 1)).status in {200, 500}
