"""Each recorded change: its dangerous part is found, and nothing routine is flagged."""

from __future__ import annotations

import pytest
from tests.review.golden import NAMES, report

DANGEROUS = {
    "access_logs_removed": {("access-logs-off", "prod")},
    "cors_opened": {("cors-opened", f"OPTIONS {p}") for p in ("/orders", "/orders/{orderId}", "/reports")},
    "environment_secret_added": {("secret-in-environment", "orders")},
    "function_removed": {("route-removed", "GET /reports")},
    "function_timeout_beyond_gateway": {("timeout-beyond-gateway", "orders")},
    "function_renamed": {("function-replaced", "reports")},
    "route_timeout_lowered": {("timeout-beyond-gateway", "orders")},
    "route_removed": {("route-removed", "DELETE /orders/{orderId}")},
    "route_renamed": {("route-removed", "GET /reports")},
    "runtime_lowered": {("runtime-deprecated", "orders")},
    "stage_renamed": {("url-changes", "live")},
    "table_backups_off": {("table-unprotected", "archive")},
    "table_key_changed": {("table-lost", "archive")},
    "table_protection_off": {("table-unprotected", "archive")},
    "table_removed": {("table-lost", "archive")},
    "taken_down": {
        ("table-lost", "archive"),
        ("table-lost", "orders"),
        ("url-changes", "orders-prod"),
        ("url-changes", "prod"),
    },
    "throttle_removed": {("throttling-removed", "prod */*")},
    "foreign_authorizer_removed": {("authorization-lowered", "GET /pets")},
    "foreign_cors_credentials": {("cors-credentials", "OPTIONS /pets")},
    "foreign_data_trace": {("data-trace", "prod */*")},
    "foreign_iam_wildcard": {("iam-wildcard", "pets")},
    "foreign_integration_method_get": {("integration-method", "GET /pets"), ("not-deployed", "pets")},
    "foreign_path_renamed": {("route-removed", "GET /pets"), ("route-removed", "DELETE /pets/{petId}")},
    "foreign_permission_gone": {("permission-gone", "pets")},
    "foreign_permission_widened": {("permission-wide", "pets")},
    "foreign_policy_opened": {("resource-policy-opened", "pets")},
    "foreign_proxy_to_aws": {("integration-switched", "GET /pets")},
    "foreign_retention_removed": {("logs-for-ever", "/aws/lambda/pets")},
    "foreign_route_removed": {("route-removed", "DELETE /pets/{petId}"), ("not-deployed", "pets")},
    "foreign_routes_added": {("not-deployed", "pets")}
    | {
        (rule, f"GET /pets/{{petId}}/{what}")
        for rule in ("integration-method", "route-open")
        for what in ("food", "toys")
    },
    "foreign_runtime_deprecated": {("runtime-deprecated", "pets")},
    "foreign_taken_down": {("url-changes", "pets"), ("url-changes", "prod"), ("api-key-lost", "partner")},
    "foreign_throttle_removed": {("throttling-removed", "prod */*")},
    "nested_authorizer_removed": {("authorization-lowered", "GET /orders/list (admin)")},
    "nested_authorizer_widened": {("authorizer-loosened", "users (shop)")},
    "nested_base_path_changed": {("domain-lost", "api.example.com/orders")},
    "nested_caching": {("caching-on", "live */* (shop)")},
    "nested_check_failed": {("check-failed", "check.budget")},
    "nested_domain_changed": {("domain-lost", "api.example.org"), ("domain-lost", "api.example.org/shop")},
    "nested_drift": {("drift", "module.function.aws_lambda_function.this")},
    "nested_endpoint_opened": {("endpoint-opened", "admin")},
    "nested_errored": {("plan-incomplete", "plan"), ("check-failed", "aws_cloudwatch_log_group.broken")},
    "nested_forgotten": {("forgotten", "aws_api_gateway_gateway_response.unauthorized")},
    "nested_function_renamed": {
        ("function-replaced", "store"),
        ("not-deployed", "admin"),
        ("not-deployed", "shop"),
    },
    "nested_function_switched_off": {("switched-off", "shop")},
    "nested_function_url_open": {("function-url-open", "shop")},
    "nested_gateway_response_success": {("refusal-as-success", "UNAUTHORIZED")},
    "nested_imported_and_changed": {("logs-for-ever", "/shop/by-hand")},
    "nested_key_disabled": {("api-key-lost", "partner")},
    "nested_key_taken_out": {("api-key-lost", "partner")},
    "nested_policy_near_limit": {("iam-policy-size", "shop")},
    "nested_principal_anybody": {("permission-wide", "shop"), ("permission-gone", "shop")},
    "nested_route_by_hand": {("not-deployed", "shop")},
    "nested_route_open": {("route-open", "GET /orders/health (shop)")},
    "nested_route_removed": {("route-removed", "POST /orders/create (shop)")},
    "nested_settings_removed": {
        ("execution-logs-off", "live */* (shop)"),
        ("throttling-removed", "live */* (shop)"),
    },
    "nested_taken_down": {
        ("api-key-lost", "partner"),
        ("domain-lost", "api.example.com"),
        ("domain-lost", "api.example.com/shop"),
        ("url-changes", "admin"),
        ("url-changes", "live (admin)"),
        ("url-changes", "live (shop)"),
        ("url-changes", "shop"),
        ("usage-plan-loosened", "partners"),
    },
    "nested_trust_opened": {("trust-open", "shop")},
    "nested_usage_plan_removed": {("api-key-lost", "partner"), ("usage-plan-loosened", "partners")},
    "nested_usage_plan_unlimited": {("usage-plan-loosened", "partners")},
    "foreign_timeout_lowered": {("timeout-beyond-gateway", "pets"), ("not-deployed", "pets")},
    "foreign_taken_down_route_and_authorizer": {
        ("authorization-lowered", "GET /pets"),
        ("route-removed", "DELETE /pets/{petId}"),
    },
    "foreign_validation_removed": {("validation-removed", "GET /pets"), ("not-deployed", "pets")},
}


def test_there_are_enough_recorded_changes():
    assert len([name for name in NAMES if not name.startswith("foreign")]) >= 25
    assert len([name for name in NAMES if name.startswith("foreign")]) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_the_dangerous_part_is_found_and_nothing_else_is_flagged(name):
    found = {(finding.rule, finding.subject) for finding in report(name).findings}
    assert found == DANGEROUS.get(name, set())


def _told(name):
    return {
        f"{change.verb} {change.title}": [each.text for each in change.differences]
        for change in report(name).changes.changes
    }


def test_no_change_is_no_change():
    assert report("no_change").headline == "no changes"
    assert report("foreign_no_change").headline == "no changes"


def test_tags_are_routine():
    assert _told("tags_changed") == {}
    assert report("tags_changed").headline == "nothing but routine"


def test_a_new_route_is_told_as_one_change():
    assert _told("route_added") == {"+ PATCH /orders/{orderId}": ["authorization NONE", "leads to orders"]}


def test_a_code_change_is_told_by_its_digests():
    assert list(_told("code_changed")) == ["~ function orders"]
    assert _told("code_changed")["~ function orders"][0].startswith("code ")


def test_an_environment_change_is_told_by_its_key():
    assert _told("environment_value_changed") == {"~ function orders": ["environment PARTNER changed"]}


def test_iam_statements_that_come_are_told():
    told = _told("table_access_added")["~ iam reports"]
    assert any("now Allow dynamodb:" in words for words in told)


def test_an_authorizer_is_told_before_and_after():
    assert _told("foreign_authorizer_to_custom") == {"~ GET /pets": ["authorization AWS_IAM → CUSTOM token"]}


@pytest.mark.parametrize(
    ("name", "routes"),
    [
        ("first_plan", 5),
        ("foreign_first_plan", 2),
    ],
)
def test_a_first_plan_names_every_route_and_where_it_leads(name, routes):
    found = [change for change in report(name).changes.changes if change.kind == "route"]
    assert len(found) == routes
    assert all(change.difference("leads to") for change in found)
    assert "known after" not in str(found)


def test_nothing_of_a_first_plan_of_ours_is_known_only_after_the_apply():
    assert "known after" not in str(report("first_plan").changes)


def test_a_route_below_a_new_resource_has_its_whole_path():
    assert "+ GET /pets/{petId}/toys" in _told("foreign_routes_added")
