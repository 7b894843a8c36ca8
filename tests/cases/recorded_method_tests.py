"""What TestInvokeMethod answered and logged: LocalStack's `TestApigatewayTestInvoke` (AWS, 2025)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.cases.case import INTEGRATION, Api, integration, mock, operation

PET = mock(json.dumps({"petId": "$input.params('petId')"}))
HTTP = {"type": "HTTP_PROXY", "httpMethod": "ANY", "uri": "https://${stageVariables.testHost}"}
PETS = Api(
    "pets",
    {
        "/": {"x-amazon-apigateway-any-method": {"responses": {}, INTEGRATION: HTTP}},
        "/pets": {"get": operation(mock(json.dumps({"pets": "all the pets"})))},
        "/pets/{petId}": {"get": operation(PET), "post": operation(PET)},
        "/echo/{proxy+}": {"x-amazon-apigateway-any-method": operation()},
        "/custom": {"get": operation(integration(type="AWS", responses={"default": {"statusCode": "200"}}))},
        "/forbidden": {"get": operation(integration("forbidden"))},
    },
)
SUCCESS = ("Successfully completed execution", "Method completed with status: 200")


@dataclass(frozen=True)
class Trial:
    """`path` None is left out; `lines` follow `Starting execution for request: …`."""

    name: str
    resource: str
    verb: str
    path: str | None
    lines: tuple[str, ...]
    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    sent: str = ""


def _asked(
    method: str, path: str, parameters: str = "{}", query: str = "{}", body: str = ""
) -> tuple[str, ...]:
    return (
        f"HTTP Method: {method}, Resource Path: {path}",
        f"Method request path: {parameters}",
        f"Method request query string: {query}",
        "Method request headers: {}",
        f"Method request body before transformations: {body}",
    )


def _mocked(body: str) -> tuple[str, ...]:
    return (
        f"Method response body after transformations: {body}",
        "Method response headers: {Content-Type=application/json}",
        *SUCCESS,
    )


ALL, ONE = '{"pets": "all the pets"}', '{"petId": "123"}'
CASES = [
    Trial("no path", "/pets", "GET", None, (*_asked("GET", "/pets"), *_mocked(ALL)), json.loads(ALL)),
    Trial(
        "another path",
        "/pets",
        "GET",
        "/random/test",
        (*_asked("GET", "/random/test"), *_mocked(ALL)),
        json.loads(ALL),
    ),
    Trial(
        "path parameter",
        "/pets/{petId}",
        "GET",
        "/pets/123",
        (*_asked("GET", "/pets/123", "{petId=123}"), *_mocked(ONE)),
        {"petId": "123"},
    ),
    Trial(
        "path parameter, no path",
        "/pets/{petId}",
        "GET",
        None,
        (*_asked("GET", "/pets/{petId}", "{petId={petId}}"), *_mocked('{"petId": "{petId}"}')),
        {"petId": "{petId}"},
    ),
    Trial(
        "path parameter, another path",
        "/pets/{petId}",
        "GET",
        "/random/test",
        (*_asked("GET", "/random/test"), *_mocked('{"petId": ""}')),
        {"petId": ""},
    ),
    Trial(
        "query",
        "/pets/{petId}",
        "GET",
        "/pets/123?foo=bar",
        (*_asked("GET", "/pets/123", "{petId=123}", "{foo=bar}"), *_mocked(ONE)),
        {"petId": "123"},
    ),
    Trial(
        "body",
        "/pets/{petId}",
        "POST",
        "/pets/123",
        (*_asked("POST", "/pets/123", "{petId=123}", body='{"foo": "bar"}'), *_mocked(ONE)),
        {"petId": "123"},
        sent='{"foo": "bar"}',
    ),
    Trial(
        "a stage variable that is not there",
        "/",
        "GET",
        None,
        (
            *_asked("GET", "/"),
            "Execution failed due to configuration error: Invalid endpoint address",
            "Method completed with status: 500",
        ),
        {"message": "Internal server error"},
        500,
        {"x-amzn-ErrorType": "InternalServerErrorException"},
    ),
]
