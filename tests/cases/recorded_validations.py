"""Requests that required parameters or a model turn away: LocalStack's three validator tests."""

from __future__ import annotations

import json
from typing import Any

from tests.cases.case import Api, Case, Sent, operation
from tests.cases.checks import gateways_own, sent

SCHEMA = {
    "type": "object",
    "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
    "required": ["a", "b"],
}
ONE_OF = {
    "Status": {
        "type": "object",
        "properties": {"Status": {"type": "string"}, "Order": {"type": "integer"}},
        "required": ["Status", "Order"],
    },
    "Test": {
        "type": "object",
        "properties": {
            "status": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Status"}]},
        },
        "required": ["status"],
    },
    "Pair": SCHEMA,
    "Pairs": {"type": "array", "items": {"$ref": "#/components/schemas/Pair"}},
}


def _validated(path_name: str, schema: object, **more: Any) -> dict[str, Any]:
    places = (("x-header-param", "header"), ("qs1", "query"), (path_name, "path"))
    return operation(
        parameters=[
            {"name": name, "in": place, "required": True, "schema": {"type": "string"}}
            for name, place in places
        ],
        requestBody={"content": {"application/json": {"schema": schema}}},
        **more,
    )


VALIDATED = Api(
    "validated",
    {
        "/nested/{test}": {"get": _validated("test", SCHEMA), "post": _validated("test", SCHEMA)},
        "/issuer/{test}": {"post": _validated("issuer", SCHEMA)},
        **{
            f"/{name}": {
                "post": operation(
                    requestBody={
                        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
                    }
                )
            }
            for name, model in (("pairs", "Pairs"), ("status", "Test"))
        },
    },
    members={
        "components": {"schemas": ONE_OF},
        "x-amazon-apigateway-request-validators": {
            "all": {"validateRequestBody": True, "validateRequestParameters": True}
        },
        "x-amazon-apigateway-request-validator": "all",
    },
)
VALIDATIONS: list[tuple[str, str, bool, object, str | None]] = [
    # request, header sent, body, message
    ("POST /nested/value?qs1=test", "x", True, {"a": 1, "b": 2}, None),
    ("GET /nested/value?qs1=test", "", False, None, "Missing required request parameters: [x-header-param]"),
    ("GET /nested/value", "x", True, None, "Missing required request parameters: [qs1]"),
    ("GET /nested/value?qs1=test", "x", True, None, "Invalid request body"),
    ("POST /nested/value?qs1=test", "x", True, {"test": "test"}, "Invalid request body"),
    (
        "POST /issuer/value",
        "",
        False,
        {"test": "test"},
        "Missing required request parameters: [x-header-param, issuer, qs1]",
    ),
    ("GET /nested/value", "", False, None, "Missing required request parameters: [x-header-param, qs1]"),
    ("POST /pairs", "", False, None, "Invalid request body"),
    ("POST /pairs", "", False, [{"a": 1, "b": 2}], None),
    ("POST /pairs", "", False, [{"a": 1}], "Invalid request body"),
    ("POST /status", "", False, {"status": None}, None),
    ("POST /status", "", False, {"status": {"Status": "works", "Order": 1}}, None),
    ("POST /status", "", False, None, "Invalid request body"),
    ("POST /status", "", False, {}, "Invalid request body"),
    ("POST /status", "", False, {"badFormat": "x"}, "Invalid request body"),
    ("POST /status", "", False, {"status": {"Status": "x", "Order": "y"}}, "Invalid request body"),
]


def _without_a_type(request: str) -> Case:
    """No body and no Content-Type either: held to the model of JSON."""
    verb, _, path = request.partition(" ")
    wire = Sent(f"{verb} /dev{path}", (("x-header-param", "test"),))
    refused = gateways_own(400, "Invalid request body", "BadRequestException")
    return Case(f"validated: {request} without a Content-Type", "R LS", VALIDATED, wire, refused)


def _validations() -> list[Case]:
    cases = [
        _without_a_type(request) for request in ("GET /nested/value?qs1=test", "POST /pairs", "POST /status")
    ]
    for request, header, with_header, body, message in VALIDATIONS:
        verb, _, path = request.partition(" ")
        headers = (
            *((("x-header-param", "test"),) if with_header else ()),
            ("Content-Type", "application/json"),
        )
        wire = Sent(f"{verb} /dev{path}", headers, b"" if body is None else json.dumps(body).encode())
        refused = gateways_own(400, message or "", "BadRequestException")
        check = sent(200, b"ok") if message is None else refused
        name = f"validated: {request} {header} {json.dumps(body)}"
        cases.append(Case(name, "R LS", VALIDATED, wire, check, {"statusCode": 200, "body": "ok"}))
    return cases


CASES = _validations()
