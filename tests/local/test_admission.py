"""Who is let in, and what is called instead of a proxied function: declared by boto3, asked over HTTP."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from tests.local.deploy import ACCOUNT, REGION, Deployed, Reply, deploy, integration
from tests.local.upstream import upstream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = pytest.mark.embedded

# Function and authorizer in one: an authorizer's answer holds how often it was asked.
CODE = """
import json, time

asked = 0

def handler(event, context):
    global asked
    if event.get("type") == "TOKEN":
        asked += 1
        if event["authorizationToken"] == "broken":
            raise ValueError("no idea who that is")
        effect = "Allow" if event["authorizationToken"] == "friend" else "Deny"
        statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
        return {
            "principalId": "someone",
            "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "context": {"asked": asked},
        }
    if event.get("later"):
        print("later", event["later"])
        return None
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
"""
FORBIDDEN = b'{"message":"Forbidden"}'


def ask(api: Deployed, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    """`x_api_key="…"` is the header X-Api-Key. A redirect is an answer like any other."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(api.url + path, data=body, headers=named, method=method)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return Reply(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, dict(error.headers), error.read())


def paths(function: str, endpoint: str) -> dict[str, Any]:
    proxied = integration(function)
    later = integration(
        function,
        type="AWS",
        requestParameters={"integration.request.header.X-Amz-Invocation-Type": "'Event'"},
        requestTemplates={"application/json": '{"later": $input.json("$.what")}'},
        responses={"default": {"statusCode": "202"}},
    )
    beyond = {
        "type": "HTTP_PROXY",
        "httpMethod": "ANY",
        "uri": f"{endpoint}/base/{{proxy}}",
        "requestParameters": {"integration.request.path.proxy": "method.request.path.proxy"},
        "timeoutInMillis": 500,
    }
    key = "x-amazon-apigateway-integration"
    parameter = {"name": "proxy", "in": "path", "required": True, "schema": {"type": "string"}}
    schema = {"type": "object", "required": ["what"]}
    return {
        "/open": {"get": proxied},
        "/guarded": {"get": {**proxied, "security": [{"people": []}]}},
        "/guarded/too": {"get": {**proxied, "security": [{"people": []}]}},
        "/keyed": {"get": {**proxied, "security": [{"api_key": []}]}},
        "/checked": {
            "post": {
                **proxied,
                "x-amazon-apigateway-request-validator": "all",
                "parameters": [
                    {"name": "size", "in": "query", "required": True, "schema": {"type": "string"}}
                ],
                "requestBody": {"content": {"application/json": {"schema": schema}}},
            }
        },
        "/later": {"post": later},
        "/beyond/{proxy+}": {"x-amazon-apigateway-any-method": {"parameters": [parameter], key: beyond}},
        "/nowhere": {"get": {key: {"type": "HTTP_PROXY", "httpMethod": "GET", "uri": "http://127.0.0.1:9/"}}},
    }


def document(function: str, endpoint: str) -> dict[str, Any]:
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function}/invocations"
    header = {"type": "apiKey", "in": "header"}
    return {
        "openapi": "3.0.1",
        "info": {"title": "admission", "version": "1"},
        "paths": paths(function, endpoint),
        "x-amazon-apigateway-request-validators": {
            "all": {"validateRequestBody": True, "validateRequestParameters": True}
        },
        "components": {
            "securitySchemes": {
                "api_key": {**header, "name": "x-api-key"},
                "people": {
                    **header,
                    "name": "Authorization",
                    "x-amazon-apigateway-authtype": "custom",
                    "x-amazon-apigateway-authorizer": {
                        "type": "token",
                        "authorizerUri": uri,
                        "authorizerResultTtlInSeconds": 300,
                    },
                },
            }
        },
    }


@pytest.fixture(scope="module")
def api(clients: Any, embedded: Endpoint) -> Iterator[Deployed]:
    made = deploy(clients, embedded.url, CODE)
    gateway, functions = clients("apigateway"), clients("lambda")
    functions.add_permission(
        FunctionName=made.function,
        Qualifier="live",
        StatementId="authorizer",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{made.api}/authorizers/*",
    )
    with upstream() as endpoint:
        body = json.dumps(document(made.alias, endpoint))
        gateway.put_rest_api(restApiId=made.api, mode="overwrite", body=body)
        gateway.create_deployment(restApiId=made.api, stageName=made.stage)
        yield made


@pytest.fixture
def key(api: Deployed, clients: Any) -> Iterator[str]:
    """The value of a key in a plan of its own: two requests a day."""
    gateway = clients("apigateway")
    made = gateway.create_api_key(name=f"key-{time.time_ns()}", enabled=True)
    plan = gateway.create_usage_plan(
        name=f"plan-{time.time_ns()}",
        apiStages=[{"apiId": api.api, "stage": api.stage}],
        quota={"limit": 2, "period": "DAY"},
    )["id"]
    gateway.create_usage_plan_key(usagePlanId=plan, keyId=made["id"], keyType="API_KEY")
    yield made["value"]
    gateway.delete_usage_plan_key(usagePlanId=plan, keyId=made["id"])
    gateway.delete_usage_plan(usagePlanId=plan)
    gateway.delete_api_key(apiKey=made["id"])


@pytest.fixture(scope="module")
def single(clients: Any, embedded: Endpoint) -> Deployed:
    """An API made without any document, call by call, as older Terraform does: `POST /orders`, guarded."""
    made = deploy(clients, embedded.url, CODE)
    gateway, api = clients("apigateway"), made.api
    clients("lambda").add_permission(
        FunctionName=made.function,
        Qualifier="live",
        StatementId="authorizer",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )
    uri = integration(made.alias)["x-amazon-apigateway-integration"]["uri"]
    authorizer = gateway.create_authorizer(
        restApiId=api,
        name="people",
        type="TOKEN",
        authorizerUri=uri,
        identitySource="method.request.header.X-Token",
        identityValidationExpression="[a-z]+",
    )["id"]
    schema = json.dumps({"type": "object", "required": ["what"]})
    gateway.create_model(restApiId=api, name="Order", contentType="application/json", schema=schema)
    validator = gateway.create_request_validator(
        restApiId=api, name="all", validateRequestBody=True, validateRequestParameters=True
    )["id"]
    root = next(each for each in gateway.get_resources(restApiId=api)["items"] if each["path"] == "/")
    orders = gateway.create_resource(restApiId=api, parentId=root["id"], pathPart="orders")["id"]
    method = {"restApiId": api, "resourceId": orders, "httpMethod": "POST"}
    gateway.put_method(
        **method,
        authorizationType="CUSTOM",
        authorizerId=authorizer,
        requestParameters={"method.request.querystring.size": True},
        requestModels={"application/json": "Order"},
        requestValidatorId=validator,
    )
    gateway.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    gateway.create_deployment(restApiId=api, stageName=made.stage)
    return made


@pytest.mark.parametrize(
    ("query", "token", "body", "status"),
    [
        ("?size=1", "friend", b'{"what": 1}', 200),
        ("?size=1", "stranger", b'{"what": 1}', 403),
        ("?size=1", "NO WORD", b'{"what": 1}', 401),
        ("", "friend", b'{"what": 1}', 400),
        ("?size=1", "friend", b"{}", 400),
    ],
)
def test_what_was_declared_call_by_call_is_served_too(
    single: Deployed, query: str, token: str, body: bytes, status: int
) -> None:
    kind = "application/json"
    reply = ask(single, f"/orders{query}", method="POST", body=body, x_token=token, content_type=kind)
    assert reply.status == status


def flush(api: Deployed) -> None:
    api.clients("apigateway").flush_stage_authorizers_cache(restApiId=api.api, stageName=api.stage)


def test_a_lambda_authorizer_lets_in_and_its_answer_is_kept_until_it_is_flushed(api: Deployed) -> None:
    flush(api)
    first, second = (ask(api, "/guarded", authorization="friend") for _ in range(2))
    assert (first.status, first.json["principalId"]) == (200, "someone")
    assert first.json["asked"] == second.json["asked"], "the second answer came from the cache"
    flush(api)
    assert int(ask(api, "/guarded", authorization="friend").json["asked"]) == int(first.json["asked"]) + 1


def test_a_kept_policy_is_asked_again_for_another_method(api: Deployed) -> None:
    flush(api)
    assert ask(api, "/guarded", authorization="friend").status == 200
    reply = ask(api, "/guarded/too", authorization="friend")
    assert (reply.status, reply.headers["x-amzn-ErrorType"]) == (403, "AccessDeniedException")


def test_a_lambda_authorizer_turns_away(api: Deployed) -> None:
    reply = ask(api, "/guarded", authorization="stranger")
    assert (reply.status, reply.headers["x-amzn-ErrorType"]) == (403, "AccessDeniedException")
    assert b"is not authorized to access this resource" in reply.body


def test_without_a_token_nobody_is_asked(api: Deployed) -> None:
    reply = ask(api, "/guarded")
    assert (reply.status, reply.body) == (401, b'{"message":"Unauthorized"}')


def test_an_authorizer_that_fails_is_a_500(api: Deployed) -> None:
    reply = ask(api, "/guarded", authorization="broken")
    assert (reply.status, reply.headers["x-amzn-ErrorType"]) == (500, "AuthorizerConfigurationException")


def test_an_authorizer_without_permission_is_a_500(api: Deployed, clients: Any) -> None:
    flush(api)
    remove = clients("lambda").remove_permission
    remove(FunctionName=api.function, Qualifier="live", StatementId="authorizer")
    try:
        assert ask(api, "/guarded", authorization="friend").status == 500
        assert ask(api, "/open").status == 200
    finally:
        clients("lambda").add_permission(
            FunctionName=api.function,
            Qualifier="live",
            StatementId="authorizer",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )


def test_an_api_key_is_asked_for_and_counted(api: Deployed, key: str) -> None:
    assert (ask(api, "/keyed").status, ask(api, "/keyed").body) == (403, FORBIDDEN)
    assert ask(api, "/keyed", x_api_key="unknown").status == 403
    assert [ask(api, "/keyed", x_api_key=key).status for _ in range(3)] == [200, 200, 429]
    assert ask(api, "/keyed", x_api_key=key).body == b'{"message":"Limit Exceeded"}'


def test_a_key_counts_for_routes_that_ask_for_none(api: Deployed, key: str) -> None:
    assert [ask(api, "/open", x_api_key=key).status for _ in range(3)] == [200, 200, 429]
    assert ask(api, "/open").status == 200


def test_a_disabled_key_is_forbidden_at_once(api: Deployed, key: str, clients: Any) -> None:
    gateway = clients("apigateway")
    known = next(each for each in gateway.get_api_keys(includeValues=True)["items"] if each["value"] == key)
    assert ask(api, "/keyed", x_api_key=key).status == 200
    disable = [{"op": "replace", "path": "/enabled", "value": "false"}]
    gateway.update_api_key(apiKey=known["id"], patchOperations=disable)
    assert ask(api, "/keyed", x_api_key=key).status == 403


def test_a_validator_refuses_before_the_function_is_called(api: Deployed) -> None:
    json_type = {"content_type": "application/json"}
    missing = ask(api, "/checked", method="POST", body=b'{"what": 1}', **json_type)
    wrong = ask(api, "/checked?size=1", method="POST", body=b"{}", **json_type)
    right = ask(api, "/checked?size=1", method="POST", body=b'{"what": 1}', **json_type)
    assert (missing.status, missing.body) == (
        400,
        b'{"message":"Missing required request parameters: [size]"}',
    )
    assert (wrong.status, wrong.body) == (400, b'{"message":"Invalid request body"}')
    assert right.status == 200


def test_a_throttled_method_is_a_429_and_the_others_are_not(api: Deployed) -> None:
    api.patch(
        ("replace", "/~1open/GET/throttling/rateLimit", "0.01"),
        ("replace", "/~1open/GET/throttling/burstLimit", "1"),
    )
    try:
        replies = [ask(api, "/open") for _ in range(2)]
        assert [reply.status for reply in replies] == [200, 429]
        assert replies[1].body == b'{"message":"Too Many Requests"}'
        assert ask(api, "/checked?size=1", method="POST", body=b'{"what": 1}').status == 200
    finally:
        api.patch(
            ("replace", "/~1open/GET/throttling/rateLimit", "1000"),
            ("replace", "/~1open/GET/throttling/burstLimit", "1000"),
        )


def test_an_asynchronous_call_is_answered_at_once_and_runs(api: Deployed) -> None:
    reply = ask(api, "/later", method="POST", body=b'{"what": "cleaning"}', content_type="application/json")
    assert reply.status == 202
    deadline = time.monotonic() + 10
    while "later cleaning\n" not in api.logged(f"/aws/lambda/{api.function}"):
        assert time.monotonic() < deadline, "the function did not run"
        time.sleep(0.05)


def test_an_http_endpoint_is_asked_and_its_answer_handed_on(api: Deployed) -> None:
    reply = ask(api, "/beyond/a/b?x=1&x=2", method="POST", body=b"hello", x_CamelCase="Client")
    seen = reply.json
    assert reply.status == 201
    assert reply.headers["X-CamelCase"] == "Upstream"
    assert (seen["method"], seen["body"]) == ("POST", "hello")
    assert seen["target"] == "/base/a/b?x=1&x=2"
    assert dict(seen["headers"])["X-Amzn-Apigateway-Api-Id"] == api.api


def test_a_redirect_is_the_clients_business(api: Deployed) -> None:
    reply = ask(api, "/beyond/moved")
    assert (reply.status, reply.headers["Location"]) == (302, "/elsewhere")


def test_an_endpoint_that_takes_too_long_is_a_504(api: Deployed) -> None:
    reply = ask(api, "/beyond/slow")
    assert (reply.status, reply.body) == (504, b'{"message": "Endpoint request timed out"}')


@pytest.mark.parametrize("path", ["/nowhere", "/beyond/cut"])
def test_an_endpoint_that_breaks_off_or_is_not_there_is_a_504(api: Deployed, path: str) -> None:
    reply = ask(api, path)
    assert (reply.status, reply.body) == (504, b'{"message": "Network error communicating with endpoint"}')
