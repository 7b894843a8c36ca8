"""What the recorded plans change, as data. `record.py` makes them with the real Terraform.

Each scenario is a set of variables over the base; `None` stands for null.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

CANARIES = {
    "environment": "canary-environment-value",
    "stage variable": "canary-stage-variable",
    "api key": "canary-api-key-with-enough-characters",
    "sensitive variable": "canary-sensitive-variable",
}


def _function(name: str, **given: Any) -> dict[str, Any]:
    file = given.pop("file", "package.zip")
    return {
        "name": f"orders-prod-{name}",
        "handler": "app.handler",
        "runtime": "python3.13",
        "architecture": "arm64",
        "memory": 256,
        "timeout": 10,
        "environment": {"LOG_LEVEL": "INFO", "PARTNER": CANARIES["environment"]},
        "tables": {"TABLE_NAME": "orders"},
        "log_retention_days": 30,
        "package": {"file": file, "sha256": f"sha256 of {file}"},
        **given,
    }


def _table(name: str, **given: Any) -> dict[str, Any]:
    return {"name": f"orders-prod-{name}", "hash_key": "orderId", "deletion_protection": True, **given}


def _route(function: str = "orders", **given: Any) -> dict[str, Any]:
    return {"function": function, "timeout_ms": 29000, "operation_name": None, **given}


CORS = {
    "allow_origin": "https://app.example.com",
    "allow_methods": [],
    "allow_headers": ["Content-Type", "Authorization"],
    "allow_credentials": False,
    "max_age": 600,
}
API = {"name": "orders-prod", "description": None, "binary_media_types": [], "cors": CORS}
ROUTES = {
    "GET /orders": _route(),
    "POST /orders": _route(),
    "GET /orders/{orderId}": _route(),
    "DELETE /orders/{orderId}": _route(),
    "GET /reports": _route("reports"),
}
BASE: dict[str, Any] = {
    "name": "orders",
    "stage": "prod",
    "region": "eu-central-1",
    "account_id": None,
    "api": API,
    "routes": ROUTES,
    "functions": {"orders": _function("orders"), "reports": _function("reports", tables={})},
    "tables": {"orders": _table("orders"), "archive": _table("archive")},
    "throttle": {"rate": 50, "burst": 100},
    "access_logs": {"group": "/aws/apigateway/access/orders-prod"},
    "log_retention_days": 30,
    "stage_variables": {"color": CANARIES["stage variable"]},
    "tags": {"team": "orders"},
}


def _with(key: str, **entries: Any) -> dict[str, Any]:
    """The base's map `key` with entries replaced; `None` takes one out."""
    merged = {**deepcopy(BASE[key]), **{name.replace("__", " "): value for name, value in entries.items()}}
    return {key: {name: value for name, value in merged.items() if value is not None}}


def _api(**given: Any) -> dict[str, Any]:
    return {"api": {**API, **given}}


def _routes(changed: dict[str, Any]) -> dict[str, Any]:
    merged = {**ROUTES, **changed}
    return {"routes": {name: value for name, value in merged.items() if value is not None}}


OURS: dict[str, dict[str, Any]] = {
    "no_change": {},
    "route_added": _routes({"PATCH /orders/{orderId}": _route()}),
    "route_removed": _routes({"DELETE /orders/{orderId}": None}),
    "route_moved": _routes({"GET /orders": _route("reports")}),
    "route_timeout_lowered": _routes({"GET /orders": _route(timeout_ms=5000)}),
    "route_operation_named": _routes({"GET /orders": _route(operation_name="ListOrders")}),
    "route_renamed": _routes({"GET /reports": None, "GET /summary": _route("reports")}),
    "code_changed": _with("functions", orders=_function("orders", file="other.zip")),
    "environment_key_added": _with(
        "functions",
        orders=_function(
            "orders", environment={"LOG_LEVEL": "INFO", "PARTNER": CANARIES["environment"], "FLAG": "on"}
        ),
    ),
    "environment_value_changed": _with(
        "functions",
        orders=_function(
            "orders", environment={"LOG_LEVEL": "INFO", "PARTNER": CANARIES["environment"] + "2"}
        ),
    ),
    "environment_secret_added": _with(
        "functions",
        orders=_function(
            "orders",
            environment={
                "LOG_LEVEL": "INFO",
                "PARTNER": CANARIES["environment"],
                "DB_PASSWORD": CANARIES["environment"],
            },
        ),
    ),
    "runtime_lowered": _with("functions", orders=_function("orders", runtime="python3.10")),
    "memory_changed": _with("functions", orders=_function("orders", memory=1024)),
    "function_timeout_beyond_gateway": _with("functions", orders=_function("orders", timeout=60)),
    "function_renamed": _with("functions", reports={**_function("reports2", tables={})}),
    "function_added": {
        **_with("functions", billing=_function("billing", tables={})),
        **_routes({"POST /invoices": _route("billing")}),
    },
    "function_removed": {**_with("functions", reports=None), **_routes({"GET /reports": None})},
    "table_access_added": _with("functions", reports=_function("reports")),
    "table_removed": _with("tables", archive=None),
    "table_key_changed": _with("tables", archive=_table("archive", hash_key="archiveId")),
    "table_backups_off": _with("tables", archive=_table("archive", point_in_time_recovery=False)),
    "table_protection_off": _with("tables", archive=_table("archive", deletion_protection=False)),
    "table_added": _with("tables", events=_table("events")),
    "throttle_removed": {"throttle": None},
    "throttle_lowered": {"throttle": {"rate": 10, "burst": 20}},
    "access_logs_removed": {"access_logs": None},
    "retention_lowered": {"log_retention_days": 1},
    "stage_renamed": {"stage": "live"},
    "api_renamed": _api(name="orders-live"),
    "cors_opened": _api(cors={**CORS, "allow_origin": "*"}),
    "cors_credentials": _api(cors={**CORS, "allow_credentials": True}),
    "cors_removed": _api(cors=None),
    "binary_media_added": _api(binary_media_types=["image/png"]),
    "tags_changed": {"tags": {"team": "shop"}},
    "stage_variable_changed": {"stage_variables": {"color": CANARIES["stage variable"] + "2"}},
}

FOREIGN: dict[str, dict[str, Any]] = {
    "foreign_no_change": {},
    "foreign_authorizer_removed": {"authorization": "NONE", "api_key_required": False},
    "foreign_authorizer_to_custom": {"authorization": "CUSTOM"},
    "foreign_proxy_to_aws": {"integration_type": "AWS"},
    "foreign_integration_method_get": {"integration_http_method": "GET"},
    "foreign_route_removed": {"delete_route": False},
    "foreign_routes_added": {"items_route": True},
    "foreign_path_renamed": {"path": "animals"},
    "foreign_permission_widened": {"source_arn_all": True},
    "foreign_permission_gone": {"permission": False},
    "foreign_data_trace": {"data_trace": True},
    "foreign_retention_removed": {"retention": 0},
    "foreign_throttle_removed": {"throttle": -1},
    "foreign_policy_opened": {"open_policy": True},
    "foreign_iam_wildcard": {"iam_actions": ["dynamodb:*"], "iam_resources": ["*"]},
    "foreign_validation_removed": {"validator": False},
    "foreign_runtime_deprecated": {"runtime": "python3.8"},
    "foreign_cors_credentials": {"cors_credentials": True},
    "foreign_secret_rotated": {"shared_secret": CANARIES["sensitive variable"] + "2"},
    "foreign_function_switched_runtime": {"runtime": "python3.12"},
    "foreign_timeout_lowered": {"integration_timeout": 5000},
    "foreign_taken_down_route_and_authorizer": {"delete_route": False, "authorization": "NONE"},
}

_ROUTES = {
    "list": {"method": "GET", "authorization": "AWS_IAM"},
    "create": {"method": "POST", "authorization": "AWS_IAM"},
}
_ADMIN = {"list": {"method": "GET", "authorization": "AWS_IAM"}}
_POOL = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_"

NESTED: dict[str, dict[str, Any]] = {
    "nested_no_change": {},
    "nested_authorizer_removed": {"admin_routes": {"list": {"method": "GET", "authorization": "NONE"}}},
    "nested_route_added": {"routes": {**_ROUTES, "search": {"method": "GET", "authorization": "AWS_IAM"}}},
    "nested_route_removed": {"routes": {"list": _ROUTES["list"]}},
    "nested_route_open": {"routes": {**_ROUTES, "health": {"method": "GET", "authorization": "NONE"}}},
    "nested_endpoint_opened": {"admin_endpoint": "REGIONAL"},
    "nested_settings_removed": {"settings": False},
    "nested_caching": {"caching": True},
    "nested_deployment_triggered": {"trigger": "2"},
    "nested_function_renamed": {"function_name": "store"},
    "nested_function_switched_off": {"reserved_concurrency": 0},
    "nested_function_url_open": {"function_url": True},
    "nested_principal_anybody": {"principal": "*"},
    "nested_trust_opened": {"trusted": "*"},
    "nested_policy_near_limit": {"statements": 70},
    "nested_usage_plan_removed": {"usage_plan": False},
    "nested_usage_plan_unlimited": {"plan_throttle": False},
    "nested_key_taken_out": {"usage_plan_key": False},
    "nested_key_disabled": {"key_enabled": False},
    "nested_domain_changed": {"domain": "api.example.org"},
    "nested_base_path_changed": {"base_path": "orders"},
    "nested_gateway_response_renumbered": {"not_found_status": "410"},
    "nested_gateway_response_success": {"unauthorized_status": "200"},
    "nested_authorizer_widened": {"pools": [f"{_POOL}one", f"{_POOL}two"]},
    "nested_check_failed": {"budget": 0},
    "nested_moved": {},
    "nested_imported": {},
    "nested_imported_and_changed": {},
    "nested_forgotten": {},
    "nested_errored": {},
    "nested_route_by_hand": {},
}
# Files that a scenario adds to its root.
FILES: dict[str, dict[str, str]] = {
    "nested_moved": {
        "more.tf": """moved {
  from = aws_api_gateway_api_key.partner
  to   = aws_api_gateway_api_key.first
}
"""
    },
    "nested_imported": {
        "more.tf": """import {
  to = aws_cloudwatch_log_group.imported
  id = "/shop/by-hand"
}

resource "aws_cloudwatch_log_group" "imported" {
  name              = "/shop/by-hand"
  retention_in_days = 30
}
"""
    },
    "nested_imported_and_changed": {
        "more.tf": """import {
  to = aws_cloudwatch_log_group.imported
  id = "/shop/by-hand"
}

resource "aws_cloudwatch_log_group" "imported" {
  name = "/shop/by-hand"
}
"""
    },
    "nested_forgotten": {
        "more.tf": """removed {
  from = aws_api_gateway_gateway_response.unauthorized
  lifecycle { destroy = false }
}
"""
    },
    "nested_errored": {
        "more.tf": """resource "aws_cloudwatch_log_group" "broken" {
  name              = "/shop/broken"
  retention_in_days = 30
  lifecycle {
    precondition {
      condition     = module.shop.stage == "prod"
      error_message = "Only on prod."
    }
  }
}
"""
    },
    "nested_route_by_hand": {
        "more.tf": """resource "aws_api_gateway_resource" "hand" {
  rest_api_id = module.shop.id
  parent_id   = module.shop.root
  path_part   = "hand"
}

resource "aws_api_gateway_method" "hand" {
  rest_api_id   = module.shop.id
  resource_id   = aws_api_gateway_resource.hand.id
  http_method   = "ANY"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "hand" {
  rest_api_id             = module.shop.id
  resource_id             = aws_api_gateway_resource.hand.id
  http_method             = aws_api_gateway_method.hand.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "ANY"
  uri                     = "https://example.com/"
}
"""
    },
}
# What a scenario replaces in the main file of its root.
EDITS: dict[str, list[tuple[str, str]]] = {
    "nested_moved": [
        ('"aws_api_gateway_api_key" "partner"', '"aws_api_gateway_api_key" "first"'),
        ("aws_api_gateway_api_key.partner.id", "aws_api_gateway_api_key.first.id"),
    ],
    "nested_forgotten": [
        (
            """resource "aws_api_gateway_gateway_response" "unauthorized" {
  rest_api_id   = module.shop.id
  response_type = "UNAUTHORIZED"
  status_code   = var.unauthorized_status
}
""",
            "",
        )
    ],
}
