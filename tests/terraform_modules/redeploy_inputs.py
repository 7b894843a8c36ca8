"""Inputs of the module `rest_api`: an API that uses all that shapes one, and one change to each of them."""

from __future__ import annotations

import copy
import json
from typing import Any

_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:"
_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd"
_ROLE = "arn:aws:iam::123456789012:role/gateway"
_POOL = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"
_FUNCTIONS = ("orders", "authorize", "spare")

BASE: dict[str, Any] = {
    "name": "orders-prod",
    "stage": "prod",
    "description": "Orders",
    "functions": {name: {"name": f"orders-prod-{name}", "alias": "live"} for name in _FUNCTIONS},
    "alias_arns": {name: f"{_ARN}orders-prod-{name}:live" for name in _FUNCTIONS},
    "routes": {
        "POST /orders/{id}": {
            "function": "orders",
            "timeout_ms": 5000,
            "operation_name": "CreateOrder",
            "authorizer": "people",
            "scopes": ["orders/write"],
            "api_key": True,
            "validator": "all",
            "model": "Order",
            "required_parameters": ["method.request.header.X-Tenant"],
            "cache_key_parameters": ["method.request.path.id"],
        },
        "PUT /mapped": {
            "function": "orders",
            "integration": "AWS",
            "invocation_type": "Event",
            "request_parameters": {"integration.request.header.X-A": "'a'"},
            "request_templates": {"application/json": "{}"},
            "passthrough_behavior": "NEVER",
            "content_handling": "CONVERT_TO_TEXT",
            "responses": [
                {"status": 200},
                {
                    "status": 400,
                    "pattern": "wrong.*",
                    "headers": {"X-B": "'b'"},
                    "templates": {"text/plain": "no"},
                    "content_handling": "CONVERT_TO_TEXT",
                },
            ],
        },
        "GET /beyond": {
            "integration": "HTTP_PROXY",
            "uri": "https://example.com",
            "http_method": "POST",
            "vpc_link": "a1b2c3",
        },
        "PUT /stored": {
            "integration": "AWS",
            "uri": "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem",
            "tables": ["orders-prod-orders"],
            "statements": [
                {
                    "actions": ["kms:Decrypt"],
                    "resources": [_KEY],
                    "conditions": {"StringEquals": {"aws:SourceVpc": ["vpc-1"]}},
                    "any_resource": False,
                }
            ],
        },
        "PUT /queued": {
            "integration": "AWS",
            "uri": "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/orders",
            "credentials": _ROLE,
        },
        "GET /staff": {"function": "orders", "authorizer": "staff"},
        "GET /inherited": {"function": "orders", "authorizer": "people"},
    },
    "authorizers": {
        "staff": {
            "type": "token",
            "function": "authorize",
            "identity_sources": ["method.request.header.Authorization"],
            "identity_validation": ".+",
            "ttl": 60,
        },
        "people": {"type": "cognito", "user_pools": [_POOL], "scopes": ["orders/read"]},
    },
    "api_key_source": "HEADER",
    "models": {"Order": '{"type": "object"}', "Other": "{}"},
    "gateway_responses": {
        "UNAUTHORIZED": {
            "status": 401,
            "headers": {"X-C": "'c'"},
            "templates": {"application/json": "{}"},
        }
    },
    "binary_media_types": ["image/png"],
    "minimum_compression_size": 1024,
    "cors": {
        "allow_origin": "https://app.example.com",
        "allow_methods": ["GET"],
        "allow_headers": ["X-D"],
        "allow_credentials": False,
        "max_age": 60,
    },
    "disable_execute_api_endpoint": False,
    "endpoint": {"type": "PRIVATE", "ip_address_type": None, "vpc_endpoint_ids": ["vpce-1"]},
    "resource_policy": '{"Statement": []}',
    "access_logs": None,
    "allow_data_trace": False,
    "api_keys": {},
    "cache": None,
    "canary": None,
    "client_certificate": False,
    "execution_log_data_trace": False,
    "execution_log_level": None,
    "log_kms_key_arn": None,
    "log_retention_days": 30,
    "metrics": True,
    "openapi": None,
    "production": False,
    "route_settings": {},
    "stage_variables": {},
    "tags": {},
    "throttle": None,
    "tracing": False,
    "usage_plans": {},
    "web_acl_arn": None,
}

_ORDER, _MAPPED, _BEYOND = (
    ("routes", "POST /orders/{id}"),
    ("routes", "PUT /mapped"),
    ("routes", "GET /beyond"),
)
_STORED, _QUEUED = ("routes", "PUT /stored"), ("routes", "PUT /queued")
_STATEMENT = (*_STORED, "statements", 0)
_STAFF, _PEOPLE = ("authorizers", "staff"), ("authorizers", "people")
_ANSWER = ("gateway_responses", "UNAUTHORIZED")

_DOCUMENT = {
    "openapi": "3.0.1",
    "paths": {key.split()[1]: {key.split()[0].lower(): {"summary": key}} for key in BASE["routes"]},
}

SHAPING: dict[tuple[str | int, ...], Any] = {
    ("name",): "orders2-prod",
    ("description",): "Orders and more",
    ("functions", "orders", "name"): "orders-prod-orders2",
    ("functions", "orders", "alias"): "next",
    ("routes", "GET /new"): {"function": "orders"},
    (*_ORDER, "function"): "spare",
    (*_ORDER, "timeout_ms"): 6000,
    (*_ORDER, "operation_name"): "MakeOrder",
    (*_ORDER, "authorizer"): None,
    (*_ORDER, "scopes"): ["orders/admin"],
    (*_ORDER, "api_key"): False,
    (*_ORDER, "validator"): "body",
    (*_ORDER, "model"): "Other",
    (*_ORDER, "required_parameters"): [],
    (*_ORDER, "cache_key_parameters"): [],
    (*_STORED, "tables"): [],
    (*_QUEUED, "credentials"): f"{_ROLE}-2",
    (*_MAPPED, "integration"): "HTTP",
    (*_MAPPED, "invocation_type"): "RequestResponse",
    (*_MAPPED, "request_parameters"): {"integration.request.header.X-A": "'z'"},
    (*_MAPPED, "request_templates"): {"application/json": "[]"},
    (*_MAPPED, "passthrough_behavior"): "WHEN_NO_MATCH",
    (*_MAPPED, "content_handling"): "CONVERT_TO_BINARY",
    (*_MAPPED, "responses"): [],
    (*_MAPPED, "responses", 1, "status"): 404,
    (*_MAPPED, "responses", 1, "pattern"): "gone.*",
    (*_MAPPED, "responses", 1, "headers"): {"X-B": "'z'"},
    (*_MAPPED, "responses", 1, "templates"): {"text/plain": "never"},
    (*_MAPPED, "responses", 1, "content_handling"): None,
    (*_BEYOND, "uri"): "https://example.org",
    (*_BEYOND, "http_method"): "GET",
    (*_BEYOND, "vpc_link"): None,
    (*_STAFF, "type"): "request",
    (*_STAFF, "function"): "spare",
    (*_STAFF, "identity_sources"): ["method.request.header.X-Token"],
    (*_STAFF, "identity_validation"): None,
    (*_STAFF, "ttl"): 0,
    (*_PEOPLE, "user_pools"): [f"{_POOL}2"],
    (*_PEOPLE, "scopes"): [],
    ("api_key_source",): "AUTHORIZER",
    ("openapi",): json.dumps(_DOCUMENT),
    ("models", "Order"): '{"type": "array"}',
    (*_ANSWER, "status"): 403,
    (*_ANSWER, "headers"): {},
    (*_ANSWER, "templates"): {},
    ("binary_media_types",): [],
    ("minimum_compression_size",): None,
    ("cors",): None,
    ("cors", "allow_origin"): "*",
    ("cors", "allow_methods"): [],
    ("cors", "allow_headers"): [],
    ("cors", "allow_credentials"): True,
    ("cors", "max_age"): 61,
    ("disable_execute_api_endpoint",): True,
    ("endpoint", "type"): "EDGE",
    ("endpoint", "ip_address_type"): "dualstack",
    ("endpoint", "vpc_endpoint_ids"): ["vpce-2"],
    ("resource_policy",): '{"Statement": [], "Id": "other"}',
}
"""By the path of an input: another value for it. Each has to be deployed to be served."""

ALONG_WITH: dict[tuple[str | int, ...], dict[str, Any]] = {
    (*_MAPPED, "integration"): {
        "function": None,
        "uri": "https://example.com",
        "invocation_type": "RequestResponse",
    },
    (*_ORDER, "authorizer"): {"scopes": None},
    (*_STORED, "tables"): {"statements": [], "credentials": _ROLE},
    (*_STATEMENT, "resources"): {"any_resource": True},
    ("endpoint", "type"): {"vpc_endpoint_ids": []},
}
"""What else has to change in the same table, or the module would refuse it."""

OF_THE_STAGE: dict[tuple[str | int, ...], Any] = {
    ("stage",): "next",
    (*_STORED, "statements"): [],
    (*_STATEMENT, "actions"): ["kms:Encrypt"],
    (*_STATEMENT, "resources"): ["*"],
    (*_STATEMENT, "conditions"): {},
    (*_STATEMENT, "any_resource"): True,
    ("alias_arns", "orders"): f"{_ARN}orders-prod-orders:next",
    ("access_logs",): {"group": "/access"},
    ("allow_data_trace",): True,
    ("api_keys",): {"mobile": {"name": "mobile"}},
    ("cache",): {"size": "1.6"},
    ("canary",): {"percent": 10, "variables": {"color": "green"}},
    ("client_certificate",): True,
    ("execution_log_data_trace",): True,
    ("execution_log_level",): "INFO",
    ("log_kms_key_arn",): "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
    ("log_retention_days",): 7,
    ("metrics",): False,
    ("production",): True,
    ("route_settings",): {"GET /staff": {"throttle": {"rate": 1, "burst": 1}}},
    ("stage_variables",): {"color": "blue"},
    ("tags",): {"team": "orders"},
    ("throttle",): {"rate": 1, "burst": 1},
    ("tracing",): True,
    ("usage_plans",): {"partners": {"name": "partners"}},
    ("web_acl_arn",): "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/orders/1234abcd",
}
"""The same for what a stage, or something beside the API, has at once: no deployment is made for it."""


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The inputs with one of them changed."""
    inputs = copy.deepcopy(BASE)
    table: Any = inputs
    for part in path[:-1]:
        table = table[part]
    table[path[-1]] = value
    table.update(ALONG_WITH.get(path, {}))
    return inputs
