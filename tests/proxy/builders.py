"""Small APIs, requests and stages for the tests of this folder."""

from __future__ import annotations

import json
from typing import Any

from apitool.proxy.exchange import Answer, Gates, Invocation, begin, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.openapi import rest_api
from apitool.proxy.outcome import FunctionError, Outcome, Returned
from apitool.proxy.request import Ids, Request
from apitool.proxy.stage import DeployedStage

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:orders"
URI = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
PROXY: dict[str, Any] = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": URI}
MOCK: dict[str, Any] = {
    "type": "MOCK",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {"default": {"statusCode": "200"}},
}
REQUEST_ID = "0f1e2d3c-1111-4222-8333-444455556666"
IDS = Ids(
    request_id=REQUEST_ID,
    extended_request_id="abcDEF123456789=",
    trace_digits="0123456789abcdef01234567",
    trace_parent="53995c3f42cd8ad8",
    trace_lineage="1d3f5a7b",
    endpoint_request_id="99999999-2222-4333-8444-555555555555",
)
RECEIVED_MS = 1_790_281_992_000  # 24 Sep 2026 20:33:12 UTC


def document(*routes: str, integration: dict[str, Any] | None = None, **extras: Any) -> dict[str, Any]:
    """An OpenAPI document with one integration for all `routes`: `VERB /path`, or `/path` for no method."""
    paths: dict[str, Any] = {}
    for route in routes:
        verb, _, path = route.rpartition(" ")
        item = paths.setdefault(path, {})
        if verb:
            key = "x-amazon-apigateway-any-method" if verb == "ANY" else verb.lower()
            item[key] = {"x-amazon-apigateway-integration": integration or PROXY}
    return {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths, **extras}


def api(*routes: str, binary: tuple[str, ...] = (), integration: dict[str, Any] | None = None, **extras: Any):
    extras["x-amazon-apigateway-binary-media-types"] = list(binary)
    return rest_api(document(*routes, integration=integration, **extras))


def stage(*routes: str, **options: Any) -> DeployedStage:
    """A stage called `dev`; what is no field of `DeployedStage` goes to `api`."""
    fields = {"endpoint_type", "settings", "domain", "serves_canary", "name"}
    own = {key: options.pop(key) for key in fields & options.keys()}
    name = own.pop("name", "dev")
    served = api(*(routes or ("ANY /{proxy+}", "ANY /")), **options)
    return DeployedStage(name=name, api=served, rest_api_id="a1b2c3d4e5", deployment_id="dep123", **own)


def request(line: str = "GET /dev/x", *, body: bytes = b"", **headers: str) -> Request:
    """`request("GET /dev/x", accept="*/*")`; underscores in header names become hyphens."""
    method, _, target = line.partition(" ")
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Request(method, target, pairs, body, "198.51.100.7", RECEIVED_MS)


def invocation(served: DeployedStage, sent: Request | None = None, **options: Any) -> Invocation:
    started = begin(served, sent or request(), IDS, now_ms=RECEIVED_MS + 1, **options)
    assert isinstance(started, Invocation), started
    return started


def event(served: DeployedStage, sent: Request | None = None, **options: Any) -> dict[str, Any]:
    """The event as the function parses it."""
    parsed: dict[str, Any] = json.loads(invocation(served, sent, **options).payload)
    return parsed


def refusal(served: DeployedStage | None, sent: Request | None = None, **options: Any) -> Answer:
    started = begin(served, sent or request(), IDS, now_ms=RECEIVED_MS + 1, **options)
    assert isinstance(started, Answer), started
    return started


def returned(value: object) -> Returned:
    return Returned(json.dumps(value).encode(), "88888888-2222-4333-8444-555555555555", 46)


def answer(outcome: Outcome, served: DeployedStage | None = None, sent: Request | None = None) -> Answer:
    """What the client gets when the function comes to `outcome`."""
    return finish(invocation(served or stage(), sent), outcome, now_ms=RECEIVED_MS + 60)


def header(given: Answer, name: str) -> str | None:
    """All values of a header as a client joins them."""
    values = [value for key, value in given.headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def logging(level: str = "INFO", *, trace: bool = False, **more: Any) -> StageSettings:
    entry = {"loggingLevel": level, "dataTraceEnabled": trace}
    return StageSettings(method_settings={"*/*": entry}, **more)


AUTHORIZER = "arn:aws:lambda:us-east-1:000000000000:function:who"
AUTHORIZER_URI = URI.replace(FUNCTION, AUTHORIZER)


def step(served: DeployedStage, sent: Request | None = None, gates: Gates | None = None, **options: Any):
    """`begin` as a caller that makes every kind of step; a `Step`."""
    now_ms = options.pop("now_ms", RECEIVED_MS + 1)
    return begin(served, sent or request(), IDS, now_ms=now_ms, gates=gates or Gates(), **options)


def guarded(
    kind: str = "token", path: str = "/guarded", scopes: tuple[str, ...] = (), **declared: Any
) -> dict[str, Any]:
    """Extras of a document: `GET` and `POST` of a path behind an authorizer reading `X-Auth`."""
    authorizer = {
        "type": kind,
        "authorizerUri": AUTHORIZER_URI,
        "identitySource": "method.request.header.X-Auth",
        **declared,
    }
    scheme = {
        "type": "apiKey",
        "name": "X-Auth",
        "in": "header",
        "x-amazon-apigateway-authtype": kind if kind == "cognito_user_pools" else "custom",
        "x-amazon-apigateway-authorizer": authorizer,
    }
    operation = {"security": [{"who": list(scopes)}], "x-amazon-apigateway-integration": PROXY}
    return {
        "paths": {path: {"get": operation, "post": operation}},
        "components": {"securitySchemes": {"who": scheme}},
    }


def policy(effect: str = "Allow", resource: Any = "*", **more: Any) -> dict[str, Any]:
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource, **more}
    return {"Version": "2012-10-17", "Statement": [statement]}


def custom(*routes: str, extras: dict[str, Any] | None = None, **declared: Any) -> DeployedStage:
    """A stage whose methods are `type: aws` on the function; `declared` are members of the integration."""
    integration = {**PROXY, "type": "AWS", "responses": {"default": {"statusCode": "200"}}, **declared}
    return stage(*routes, integration=integration, **(extras or {}))


def failed_with(message: str, kind: str = "Exception") -> FunctionError:
    document = {"errorMessage": message, "errorType": kind, "requestId": "r", "stackTrace": []}
    return FunctionError(
        kind, message, "88888888-2222-4333-8444-555555555555", 46, json.dumps(document).encode()
    )
