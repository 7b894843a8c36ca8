"""Each rule: a plan it finds something in, and one much like it that it leaves alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.review.golden import TODAY, report_of
from tests.review.made import API, api, body, change, function, plan, route, statement

from apitool.review.rules.catalogue import RULES

SETTINGS = {"rest_api_id": "api1", "stage_name": "live", "method_path": "*/*"}
STAGE = {
    "rest_api_id": "api1",
    "stage_name": "live",
    "arn": "arn:aws:apigateway:x::/restapis/api1/stages/live",
}
PERMISSION = {
    "function_name": "shop",
    "action": "lambda:InvokeFunction",
    "principal": "apigateway.amazonaws.com",
    "source_arn": "arn:aws:execute-api:eu-central-1:123456789012:api1/*/*",
}
QUEUE = {"type": "AWS", "uri": "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/orders"}
OPEN_TO_ALL = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"}


def _settings(before, after):
    sides = [None if each is None else {**SETTINGS, "settings": [each]} for each in (before, after)]
    return plan(api(), change("aws_api_gateway_method_settings.all", *sides))


def _of(kind, base, before, after, **more):
    sides = [None if each is None else {**base, **each} for each in (before, after)]
    return plan(change(f"{kind}.it", *sides, **more))


def _preflight(before, after):
    spot = {"rest_api_id": "api1", "resource_id": "r-list", "http_method": "OPTIONS"}
    header = "method.response.header.Access-Control-Allow-"
    sides = [
        {
            **spot,
            "status_code": "200",
            "response_parameters": {f"{header}{k}": f"'{v}'" for k, v in each.items()},
        }
        for each in (before, after)
    ]
    return plan(
        api(),
        *route({}, {}),
        change("aws_api_gateway_method.options", spot, spot),
        change("aws_api_gateway_integration.options", {**spot, "type": "MOCK"}, {**spot, "type": "MOCK"}),
        change("aws_api_gateway_integration_response.options", *sides),
    )


def _policy(*statements):
    return {"policy": json.dumps({"Statement": list(statements)})}


def _environment(**variables):
    return {"environment": [{"variables": variables}]}


def _deployed(verb):
    deployment = {"id": "d1", "rest_api_id": "api1"}
    after = {**deployment, "triggers": {"a": "2"}} if verb == "replaced" else deployment
    actions = {"actions": ["create", "delete"]} if verb == "replaced" else {}
    return plan(
        api(),
        *route({}, {"authorization": "NONE"}),
        change("aws_api_gateway_deployment.d", deployment, after, **actions),
    )


def _permissions(count):
    source = "arn:aws:execute-api:eu-central-1:123456789012:abcdefghij/live/GET/a/long/path/of/a/route"
    one = {**PERMISSION, "source_arn": source, "statement_id": "a-statement-of-a-route"}
    many = (change(f"aws_lambda_permission.p{number}", None, one) for number in range(count))
    return plan(function({}, {}), *many)


def _validator(before, after):
    validator = {"id": "v1", "name": "all", "rest_api_id": "api1"}
    return plan(
        api(),
        *route({"request_validator_id": "v1"}, {"request_validator_id": "v1"}),
        change("aws_api_gateway_request_validator.all", {**validator, **before}, {**validator, **after}),
    )


def _guarded(before, after):
    """One route behind a user pool, in one body. `scopes` are the route's, the rest is the authorizer's."""

    def written(settings):
        pool = {key: value for key, value in settings.items() if key != "scopes"}
        scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}
        extension = {"x-amazon-apigateway-authorizer": {"type": "cognito_user_pools", **pool}}
        schemes = {"securitySchemes": {"people": {**scheme, **extension}}}
        security = [{"people": settings.get("scopes", [])}]
        return {"body": body({"security": security}, components=schemes)}

    return plan(api(written(before), written(after)))


PARAMETERS = {"validate_request_parameters": True}
AUTHORIZER = {"id": "a1", "name": "users", "rest_api_id": "api1", "type": "COGNITO_USER_POOLS"}
DOMAIN = {"domain_name": "api.example.com", "security_policy": "TLS_1_2"}
USAGE_PLAN = {"name": "partners", "api_stages": [{"api_id": "api1", "stage": "live"}]}
ALLOWED = change("aws_lambda_permission.p", PERMISSION, PERMISSION)
NARROWED = {**PERMISSION, "source_arn": "arn:aws:execute-api:eu-central-1:123456789012:api1/*/POST/*"}

# rule: a plan it finds something in, a plan it does not
CASES = {
    "plan-incomplete": (plan(errored=True), plan(errored=False)),
    "check-failed": (
        plan(checks=[{"address": {"to_display": "check.a"}, "status": "fail"}]),
        plan(checks=[{"address": {"to_display": "check.a"}, "status": "unknown"}]),
    ),
    "forgotten": (
        _of("aws_api_gateway_stage", STAGE, {}, None, actions=["forget"]),
        _of("aws_api_gateway_stage", STAGE, {}, {}),
    ),
    "drift": (
        plan(resource_drift=[change("aws_lambda_function.a", {"timeout": 10}, {"timeout": 20})]),
        plan(
            resource_drift=[
                change(
                    "aws_lambda_function.a",
                    {"layers": None, "last_modified": "a"},
                    {"layers": [], "last_modified": "b"},
                )
            ]
        ),
    ),
    "url-changes": (
        _of("aws_api_gateway_stage", STAGE, {}, {"stage_name": "next"}, actions=["delete", "create"]),
        _of("aws_api_gateway_stage", STAGE, {}, {"description": "other"}),
    ),
    "domain-lost": (
        _of("aws_api_gateway_domain_name", DOMAIN, {}, None),
        _of("aws_api_gateway_domain_name", DOMAIN, {}, {"regional_certificate_arn": "arn:other"}),
    ),
    "endpoint-off": (
        plan(api({"disable_execute_api_endpoint": False}, {"disable_execute_api_endpoint": True})),
        plan(
            api({"disable_execute_api_endpoint": True}, {"disable_execute_api_endpoint": True, "name": "b"})
        ),
    ),
    "endpoint-opened": (
        plan(
            api(
                {"endpoint_configuration": [{"types": ["PRIVATE"]}]},
                {"endpoint_configuration": [{"types": ["REGIONAL"]}]},
            )
        ),
        plan(
            api(
                {"endpoint_configuration": [{"types": ["EDGE"]}]},
                {"endpoint_configuration": [{"types": ["REGIONAL"]}]},
            )
        ),
    ),
    "firewall-removed": (
        plan(change("aws_wafv2_web_acl_association.a", {"resource_arn": STAGE["arn"]}, None)),
        plan(
            change("aws_wafv2_web_acl_association.a", {"resource_arn": STAGE["arn"]}, None),
            change("aws_api_gateway_stage.live", STAGE, None),
        ),
    ),
    "transport-lowered": (
        _of("aws_api_gateway_domain_name", DOMAIN, {}, {"security_policy": "TLS_1_0"}),
        _of("aws_api_gateway_domain_name", DOMAIN, {"security_policy": "TLS_1_0"}, {}),
    ),
    "api-key-lost": (
        _of("aws_api_gateway_api_key", {"name": "partner"}, {"enabled": True}, {"enabled": False}),
        _of("aws_api_gateway_api_key", {"name": "partner"}, {"enabled": False}, {"enabled": True}),
    ),
    "usage-plan-loosened": (
        _of(
            "aws_api_gateway_usage_plan",
            USAGE_PLAN,
            {"quota_settings": [{"limit": 5}]},
            {"quota_settings": []},
        ),
        _of(
            "aws_api_gateway_usage_plan",
            USAGE_PLAN,
            {"quota_settings": [{"limit": 5}]},
            {"quota_settings": [{"limit": 9}]},
        ),
    ),
    "binary-everything": (
        plan(
            api(
                {"body": body()},
                {"body": body(**{"x-amazon-apigateway-binary-media-types": ["*/*"]})},
            )
        ),
        plan(api({"binary_media_types": []}, {"binary_media_types": ["image/png"]})),
    ),
    "table-lost": (
        _of("aws_dynamodb_table", {"name": "a"}, {}, None),
        _of(
            "aws_dynamodb_table",
            {"name": "a"},
            {"billing_mode": "PROVISIONED"},
            {"billing_mode": "PAY_PER_REQUEST"},
        ),
    ),
    "table-unprotected": (
        _of(
            "aws_dynamodb_table",
            {"name": "a"},
            {"deletion_protection_enabled": True},
            {"deletion_protection_enabled": False},
        ),
        _of(
            "aws_dynamodb_table",
            {"name": "a"},
            {"deletion_protection_enabled": False},
            {"deletion_protection_enabled": True},
        ),
    ),
    "store-lost": (
        _of("aws_s3_bucket", {"bucket": "a"}, {}, None),
        _of("aws_s3_bucket", {"bucket": "a"}, {}, {"force_destroy": True}),
    ),
    "route-removed": (plan(api(), *route({}, None)), plan(api(), *route({}, {}))),
    "not-deployed": (_deployed("kept"), _deployed("replaced")),
    "integration-switched": (
        plan(api(), *route({}, {}, integration=({}, {"type": "AWS"}))),
        plan(
            api(), *route({}, {}, integration=({"type": "AWS"}, {"type": "AWS", "timeout_milliseconds": 9}))
        ),
    ),
    "not-proxy": (
        plan(api(), *route({}, {}, integration=({}, {"type": "HTTP_PROXY", "uri": "https://a/"}))),
        plan(api(), *route({}, {}, integration=({"type": "HTTP"}, {"type": "HTTP_PROXY"}))),
    ),
    "no-integration": (
        plan(api(), *route(None, {}, integration=(None, None))),
        plan(api(), *route(None, {})),
    ),
    "integration-method": (
        plan(api(), *route(None, {}, integration=({}, {"integration_http_method": "GET"}))),
        plan(api(), *route(None, {}, integration=({}, {"type": "HTTP", "integration_http_method": "GET"}))),
    ),
    "integration-credentials": (
        plan(api(), *route(None, {}, integration=({}, QUEUE))),
        plan(
            api(), *route(None, {}, integration=({}, {**QUEUE, "credentials": "arn:aws:iam::1:role/gateway"}))
        ),
    ),
    "validation-removed": (
        _validator({**PARAMETERS, "validate_request_body": True}, PARAMETERS),
        _validator(PARAMETERS, {**PARAMETERS, "validate_request_body": True}),
    ),
    "authorization-lowered": (
        plan(api(), *route({}, {"authorization": "NONE"})),
        plan(api(), *route({"authorization": "NONE"}, {})),
    ),
    "route-open": (
        plan(api(), *route({}, {}), *route(None, {"authorization": "NONE"}, name="health")),
        plan(
            api(),
            *route({"authorization": "NONE"}, {"authorization": "NONE"}),
            *route(None, {"authorization": "NONE"}, name="health"),
        ),
    ),
    "authorizer-loosened": (
        _of("aws_api_gateway_authorizer", AUTHORIZER, {"identity_validation_expression": "^x"}, {}),
        _of("aws_api_gateway_authorizer", AUTHORIZER, {}, {"identity_validation_expression": "^x"}),
    ),
    "scopes-widened": (
        _guarded({"scopes": ["read"]}, {"scopes": ["read", "write"]}),
        _guarded({"scopes": ["read", "write"]}, {"scopes": ["read"]}),
    ),
    "authorizer-changed": (
        _guarded({"providerARNs": ["arn:a"]}, {"providerARNs": ["arn:b"]}),
        _guarded({"authorizerResultTtlInSeconds": 300}, {"authorizerResultTtlInSeconds": 0}),
    ),
    "refusal-as-success": (
        _of(
            "aws_api_gateway_gateway_response", {"response_type": "UNAUTHORIZED"}, {}, {"status_code": "200"}
        ),
        _of(
            "aws_api_gateway_gateway_response", {"response_type": "UNAUTHORIZED"}, {}, {"status_code": "404"}
        ),
    ),
    "cors-credentials": (
        _preflight({"Origin": "*"}, {"Origin": "*", "Credentials": "true"}),
        _preflight({"Origin": "https://a"}, {"Origin": "https://a", "Credentials": "true"}),
    ),
    "cors-opened": (
        _preflight({"Origin": "https://a"}, {"Origin": "*"}),
        _preflight({"Origin": "*"}, {"Origin": "https://a"}),
    ),
    "permission-wide": (
        _of("aws_lambda_permission", PERMISSION, None, {"principal": "*"}),
        _of("aws_lambda_permission", PERMISSION, None, {}),
    ),
    "permission-gone": (
        plan(
            api(), *route({}, {}), function({}, {}), change("aws_lambda_permission.p", PERMISSION, NARROWED)
        ),
        plan(
            api(),
            *route({}, {}),
            function({}, {}),
            ALLOWED,
            change("aws_lambda_permission.q", PERMISSION, None),
        ),
    ),
    "function-url-open": (
        _of("aws_lambda_function_url", {"function_name": "shop"}, None, {"authorization_type": "NONE"}),
        _of("aws_lambda_function_url", {"function_name": "shop"}, None, {"authorization_type": "AWS_IAM"}),
    ),
    "resource-policy-opened": (
        plan(api(_policy({**OPEN_TO_ALL, "Condition": {"a": 1}}), _policy(OPEN_TO_ALL))),
        plan(api(_policy(OPEN_TO_ALL), _policy({**OPEN_TO_ALL, "Condition": {"a": 1}}))),
    ),
    "policy-size": (_permissions(60), _permissions(20)),
    "iam-wildcard": (
        _of("aws_iam_role_policy", {"name": "a"}, None, {"policy": statement(Action="dynamodb:*")}),
        _of(
            "aws_iam_role_policy",
            {"name": "a"},
            None,
            {"policy": statement(Action="xray:PutTraceSegments", Resource="*")},
        ),
    ),
    "trust-open": (
        _of("aws_iam_role", {"name": "a"}, None, {"assume_role_policy": statement(Principal={"AWS": "*"})}),
        _of(
            "aws_iam_role",
            {"name": "a"},
            None,
            {"assume_role_policy": statement(Principal={"AWS": "123456789012"})},
        ),
    ),
    "iam-policy-size": (
        _of(
            "aws_iam_role_policy",
            {"name": "a"},
            None,
            {"policy": statement(Resource=["arn:aws:x:::" + "y" * 9300])},
        ),
        _of(
            "aws_iam_role_policy",
            {"name": "a"},
            None,
            {"policy": statement(Resource=["arn:aws:x:::" + "y" * 5000])},
        ),
    ),
    "secret-in-environment": (
        plan(function({}, _environment(DB_PASSWORD="hunter2"))),
        plan(function({}, _environment(DB_PASSWORD_PARAMETER="/shop/db"))),
    ),
    "encryption-removed": (
        plan(function({"kms_key_arn": "arn:key"}, {"kms_key_arn": ""})),
        plan(function({"kms_key_arn": "arn:key"}, {"kms_key_arn": "arn:other"})),
    ),
    "function-gone": (
        plan(api(), *route({}, {}), function({}, None)),
        plan(api(), *route({}, None), function({}, None)),
    ),
    "function-replaced": (
        plan(function({}, {"function_name": "store"}, actions=["delete", "create"])),
        plan(function({}, {"memory_size": 512})),
    ),
    "switched-off": (
        plan(function({}, {"reserved_concurrent_executions": 0})),
        plan(function({"reserved_concurrent_executions": 0}, {"reserved_concurrent_executions": -1})),
    ),
    "runtime-deprecated": (
        plan(function(None, {"runtime": "nodejs18.x"})),
        plan(function({"runtime": "python3.8"}, {"runtime": "python3.8", "memory_size": 512})),
    ),
    "timeout-beyond-gateway": (
        plan(api(), *route({}, {}), function({}, {"timeout": 60})),
        plan(function({}, {"timeout": 900})),
    ),
    "data-trace": (
        _settings({}, {"data_trace_enabled": True}),
        _settings({"data_trace_enabled": True}, {"data_trace_enabled": True, "metrics_enabled": True}),
    ),
    "throttling-removed": (
        _settings({"throttling_rate_limit": 10.5}, {"throttling_rate_limit": -1}),
        _settings({"throttling_rate_limit": 10.5}, {"throttling_rate_limit": 0.5}),
    ),
    "caching-on": (
        plan(*_settings({}, {"caching_enabled": True})["resource_changes"], *route({}, {})),
        plan(
            *_settings({}, {"caching_enabled": True})["resource_changes"],
            *route({"authorization": "NONE"}, {"authorization": "NONE"}),
        ),
    ),
    "cache-opened": (
        _settings(
            {"caching_enabled": True, "require_authorization_for_cache_control": True},
            {"caching_enabled": True, "require_authorization_for_cache_control": False},
        ),
        _settings(
            {"require_authorization_for_cache_control": True},
            {"require_authorization_for_cache_control": False},
        ),
    ),
    "execution-logs-off": (
        _settings({"logging_level": "INFO"}, {"logging_level": "OFF"}),
        _settings({"logging_level": "INFO"}, {"logging_level": "ERROR"}),
    ),
    "access-logs-off": (
        _of(
            "aws_api_gateway_stage",
            STAGE,
            {"access_log_settings": [{"format": "a"}]},
            {"access_log_settings": []},
        ),
        _of(
            "aws_api_gateway_stage",
            STAGE,
            {"access_log_settings": [{"format": "a"}]},
            {"access_log_settings": [{"format": "b"}]},
        ),
    ),
    "logs-for-ever": (
        _of("aws_cloudwatch_log_group", {"name": "a"}, None, {"retention_in_days": 0}),
        _of("aws_cloudwatch_log_group", {"name": "a"}, None, {"retention_in_days": 30}),
    ),
}


def _found(document, today: date = TODAY):
    return {finding.rule for finding in report_of(document, today=today).findings}


def test_every_rule_is_tried():
    assert CASES.keys() == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", CASES)
def test_the_rule_fires_where_it_should(rule):
    assert rule in _found(CASES[rule][0])


@pytest.mark.parametrize("rule", CASES)
def test_the_rule_leaves_alone_what_looks_alike(rule):
    assert rule not in _found(CASES[rule][1])


DENIED = {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*"}
NETS = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}


@pytest.mark.parametrize(
    ("before", "after", "opened"),
    [
        ([OPEN_TO_ALL, {**DENIED, "Condition": NETS}], [OPEN_TO_ALL], True),
        (
            [{**OPEN_TO_ALL, "Condition": {"IpAddress": {"a": "192.0.2.0/24"}}}],
            [OPEN_TO_ALL, {**DENIED, "Condition": NETS}],
            False,
        ),
        (
            [{**OPEN_TO_ALL, "Condition": {"IpAddress": {"a": "192.0.2.0/24"}}}],
            [{**OPEN_TO_ALL, "Condition": {"IpAddress": {"a": "0.0.0.0/0"}}}],
            True,
        ),
        ([], [OPEN_TO_ALL], False),
    ],
)
def test_a_resource_policy_is_compared_statement_by_statement(before, after, opened):
    found = _found(plan(api(_policy(*before), _policy(*after))))
    assert ("resource-policy-opened" in found) == opened


def test_the_policy_in_a_body_is_looked_at_too():
    old = {"Statement": [{**OPEN_TO_ALL, "Condition": {"a": 1}}]}
    bodies = [body(**{"x-amazon-apigateway-policy": each}) for each in (old, {"Statement": [OPEN_TO_ALL]})]
    assert "resource-policy-opened" in _found(plan(api({"body": bodies[0]}, {"body": bodies[1]})))


def test_a_policy_resource_that_is_removed_is_no_api_that_is_removed():
    policy = {"rest_api_id": "api1", **_policy({**OPEN_TO_ALL, "Condition": {"a": 1}})}
    made = plan(api(), change("aws_api_gateway_rest_api_policy.it", policy, None))
    assert _found(made) == {"resource-policy-opened"}


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("api1/*/*", False),
        ("api1/live/GET/list", False),
        ("api1/*/*/other", True),
        ("api1/live/POST/*", True),
        ("other/*/*", True),
    ],
)
def test_a_permission_has_to_fit_the_routes_that_lead_to_its_function(source, gone):
    after = {**PERMISSION, "source_arn": f"arn:aws:execute-api:eu-central-1:123456789012:{source}"}
    stage = change("aws_api_gateway_stage.live", STAGE, STAGE)
    made = plan(
        api(), stage, *route({}, {}), function({}, {}), change("aws_lambda_permission.p", PERMISSION, after)
    )
    assert ("permission-gone" in _found(made)) == gone


def test_a_new_function_without_a_permission_is_found():
    assert "permission-gone" in _found(plan(api(), *route(None, {}), function(None, {})))
    assert "permission-gone" not in _found(plan(api(), *route(None, {}), function({}, {})))


def test_a_role_that_is_made_in_the_same_plan_is_somebodys():
    resource, method, integration = route(None, {}, integration=({}, QUEUE))
    integration["change"]["after_unknown"] = {"credentials": True}
    assert "integration-credentials" not in _found(plan(api(), resource, method, integration))


def test_a_support_that_has_not_ended_yet_is_no_finding():
    made = plan(function(None, {"runtime": "python3.10"}))
    assert "runtime-deprecated" not in _found(made, date(2026, 10, 30))
    assert "runtime-deprecated" in _found(made, date(2026, 10, 31))


def test_validation_by_a_body_is_compared_by_what_it_looks_at():
    validators = "x-amazon-apigateway-request-validators"
    operation = {"x-amazon-apigateway-request-validator": "all"}
    both = {"validateRequestBody": True, "validateRequestParameters": True}
    old = body(operation, **{validators: {"all": both}})
    new = body(operation, **{validators: {"all": {**both, "validateRequestBody": False}}})
    assert "validation-removed" in _found(plan(api({"body": old}, {"body": new})))


def test_deferred_resources_make_a_plan_incomplete():
    deferred = {"reason": "provider_config_unknown", "resource_change": {"address": "aws_s3_bucket.a"}}
    made = report_of(plan(deferred_changes=[deferred], complete=False))
    (finding,) = made.findings
    assert (finding.rule, finding.subject) == ("plan-incomplete", "aws_s3_bucket.a")
    assert made.headline.startswith("incomplete plan")


def test_what_an_earlier_apply_left_is_routine():
    leftover = change("aws_api_gateway_stage.live", STAGE, None, deposed="abcd1234")
    made = report_of(plan(change("aws_api_gateway_stage.live", STAGE, STAGE), leftover))
    assert made.findings == ()
    assert made.headline == "nothing but routine"


def test_what_terraform_forgets_is_not_gone_for_callers():
    made = report_of(plan(api(actions=["forget"]), *route({}, {})))
    assert {finding.rule for finding in made.findings} == {"forgotten"}
    assert API["name"] not in "".join(change.name for change in made.changes.changes)
