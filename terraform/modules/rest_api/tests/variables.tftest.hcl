# Refusals only: none of them gets as far as the provider.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name  = "orders-prod"
  stage = "prod"

  functions = {
    orders  = { name = "orders-prod-orders", alias = "live" }
    reports = { name = "orders-prod-reports", alias = "live" }
  }

  alias_arns = {
    orders  = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live"
    reports = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-reports:live"
  }

  routes = {
    "GET /orders"           = { function = "orders" }
    "POST /orders"          = { function = "orders", timeout_ms = 5000, operation_name = "createOrder" }
    "GET /orders/{orderId}" = { function = "orders" }
    "ANY /reports/{proxy+}" = { function = "reports" }
  }
}

run "a_route_without_method_is_refused" {
  command = plan

  variables {
    routes = { "/orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_route_with_a_lower_case_method_is_refused" {
  command = plan

  variables {
    routes = { "get /orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_route_with_an_unknown_method_is_refused" {
  command = plan

  variables {
    routes = { "BREW /orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_route_without_leading_slash_is_refused" {
  command = plan

  variables {
    routes = { "GET orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_trailing_slash_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders/" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_double_slash_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders//open" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "an_unclosed_parameter_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders/{orderId" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_parameter_inside_a_segment_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders/x{orderId}" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_greedy_parameter_before_the_end_is_refused" {
  command = plan

  variables {
    routes = { "GET /{proxy+}/orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "two_parameters_under_one_parent_are_refused" {
  command = plan

  variables {
    routes = { "GET /orders/{orderId}" = { function = "orders" }, "GET /orders/{id}/lines" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_parameter_beside_a_greedy_one_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders/{orderId}" = { function = "orders" }, "GET /orders/{proxy+}" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_parameter_twice_in_a_path_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders/{id}/lines/{id}" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "a_route_to_an_unknown_function_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "ordres" } }
  }

  expect_failures = [var.routes]
}

run "an_api_without_routes_is_refused" {
  command = plan

  variables {
    routes = {}
  }

  expect_failures = [var.routes]
}

run "a_timeout_over_the_gateways_limit_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", timeout_ms = 29001 } }
  }

  expect_failures = [var.routes]
}

run "a_timeout_under_50_ms_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", timeout_ms = 49 } }
  }

  expect_failures = [var.routes]
}

run "one_operation_name_for_two_routes_is_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { function = "orders", operation_name = "same" }, "GET /b" = { function = "orders", operation_name = "same" } }
  }

  expect_failures = [var.routes]
}

run "a_blank_in_a_stage_name_is_refused" {
  command = plan

  variables {
    stage = "bad name!"
  }

  expect_failures = [var.stage]
}

run "an_empty_stage_name_is_refused" {
  command = plan

  variables {
    stage = ""
  }

  expect_failures = [var.stage]
}

run "an_unknown_log_level_is_refused" {
  command = plan

  variables {
    execution_log_level = "DEBUG"
  }

  expect_failures = [var.execution_log_level]
}

run "a_retention_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "keeping_logs_for_ever_is_refused" {
  command = plan

  variables {
    log_retention_days = 0
  }

  expect_failures = [var.log_retention_days]
}

run "a_throttle_of_nothing_is_refused" {
  command = plan

  variables {
    throttle = { rate = 0, burst = 1 }
  }

  expect_failures = [var.throttle]
}

run "half_a_request_of_burst_is_refused" {
  command = plan

  variables {
    throttle = { rate = 1, burst = 1.5 }
  }

  expect_failures = [var.throttle]
}

run "a_binary_type_without_slash_is_refused" {
  command = plan

  variables {
    binary_media_types = ["png"]
  }

  expect_failures = [var.binary_media_types]
}

run "credentials_for_any_origin_are_refused" {
  command = plan

  variables {
    cors = { allow_credentials = true }
  }

  expect_failures = [var.cors]
}

run "a_quote_in_a_cors_header_is_refused" {
  command = plan

  variables {
    cors = { allow_origin = "https://a'b" }
  }

  expect_failures = [var.cors]
}

run "a_preflight_kept_for_more_than_a_day_is_refused" {
  command = plan

  variables {
    cors = { max_age = 86401 }
  }

  expect_failures = [var.cors]
}

run "a_stage_variable_with_a_dash_in_its_name_is_refused" {
  command = plan

  variables {
    stage_variables = { "my-color" = "blue" }
  }

  expect_failures = [var.stage_variables]
}

run "a_stage_variable_with_a_blank_in_its_value_is_refused" {
  command = plan

  variables {
    stage_variables = { color = "light blue" }
  }

  expect_failures = [var.stage_variables]
}

run "a_log_group_with_a_blank_in_its_name_is_refused" {
  command = plan

  variables {
    access_logs = { group = "access log" }
  }

  expect_failures = [var.access_logs]
}

run "a_version_number_for_an_alias_is_refused" {
  command = plan

  variables {
    functions = { orders = { name = "orders", alias = "7" }, reports = { name = "reports", alias = "live" } }
  }

  expect_failures = [var.functions]
}

run "a_function_without_its_alias_is_refused" {
  command = plan

  variables {
    alias_arns = {}
  }

  expect_failures = [var.alias_arns]
}

run "an_arn_without_alias_is_refused" {
  command = plan

  variables {
    alias_arns = {
      orders  = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders"
      reports = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-reports:live"
    }
  }

  expect_failures = [var.alias_arns]
}

run "an_unknown_integration_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", integration = "LAMBDA" } }
  }

  expect_failures = [var.routes]
}

run "a_lambda_integration_without_function_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "AWS" } }
  }

  expect_failures = [var.routes]
}

run "a_mock_with_a_function_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "an_http_integration_without_uri_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "HTTP" } }
  }

  expect_failures = [var.routes]
}

run "a_uri_that_is_no_url_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "HTTP_PROXY", uri = "example.com" } }
  }

  expect_failures = [var.routes]
}

run "an_http_method_of_a_lambda_integration_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", http_method = "GET" } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_http_method_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "HTTP", uri = "https://example.com", http_method = "get" } }
  }

  expect_failures = [var.routes]
}

run "an_asynchronous_proxy_integration_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", invocation_type = "Event" } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_invocation_type_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", integration = "AWS", invocation_type = "event" } }
  }

  expect_failures = [var.routes]
}

run "templates_of_a_proxy_integration_are_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", request_templates = { "application/json" = "{}" } } }
  }

  expect_failures = [var.routes]
}

run "request_parameters_of_a_proxy_integration_are_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders", request_parameters = { "integration.request.header.X" = "'a'" } } }
  }

  expect_failures = [var.routes]
}

run "a_request_parameter_with_which_every_call_fails_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "HTTP_PROXY", uri = "https://example.com", request_parameters = { "integration.request.header.authorization" = "'a'" } } }
  }

  expect_failures = [var.routes]
}

run "a_request_parameter_that_goes_nowhere_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "HTTP_PROXY", uri = "https://example.com", request_parameters = { "header.X" = "'a'" } } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_passthrough_behavior_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", passthrough_behavior = "ALWAYS" } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_content_handling_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", responses = [{ status = 200, content_handling = "CONVERT" }] } }
  }

  expect_failures = [var.routes]
}

run "a_status_twice_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", responses = [{ status = 200 }, { status = 200, pattern = "5.." }] } }
  }

  expect_failures = [var.routes]
}

run "two_responses_without_pattern_are_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", responses = [{ status = 200 }, { status = 404 }] } }
  }

  expect_failures = [var.routes]
}

run "a_status_that_is_none_is_refused" {
  command = plan

  variables {
    routes = { "GET /orders" = { integration = "MOCK", responses = [{ status = 99 }] } }
  }

  expect_failures = [var.routes]
}

run "a_document_of_another_openapi_is_refused" {
  command = plan

  variables {
    openapi = "{\"openapi\": \"3.1.0\", \"paths\": {\"/orders\": {\"get\": {}}}}"
    routes  = { "GET /orders" = { function = "orders" } }
  }

  expect_failures = [var.openapi]
}

run "a_document_that_is_none_is_refused" {
  command = plan

  variables {
    openapi = "paths: ["
    routes  = { "GET /orders" = { function = "orders" } }
  }

  expect_failures = [var.openapi]
}

run "a_route_that_the_document_has_not_is_refused" {
  command = plan

  variables {
    openapi = "openapi: 3.0.1\npaths: { /orders: { get: { operationId: list } } }"
    routes  = { "GET /orders" = { function = "orders" }, "PUT /orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "an_operation_that_nobody_answers_is_refused" {
  command = plan

  variables {
    openapi = "openapi: 3.0.1\npaths: { /orders: { get: { operationId: list }, put: {} } }"
    routes  = { "GET /orders" = { function = "orders" } }
  }

  expect_failures = [var.routes]
}

run "an_unknown_endpoint_is_refused" {
  command = plan

  variables {
    endpoint = { type = "LOCAL" }
  }

  expect_failures = [var.endpoint]
}

run "vpc_endpoints_of_a_public_api_are_refused" {
  command = plan

  variables {
    endpoint = { vpc_endpoint_ids = ["vpce-0a"] }
  }

  expect_failures = [var.endpoint]
}

run "a_private_api_for_nobody_is_refused" {
  command = plan

  variables {
    endpoint = { type = "PRIVATE" }
  }

  expect_failures = [var.endpoint]
}

run "a_vpc_in_place_of_a_vpc_endpoint_is_refused" {
  command = plan

  variables {
    endpoint = { type = "PRIVATE", vpc_endpoint_ids = ["vpc-0a"] }
  }

  expect_failures = [var.endpoint]
}

run "a_policy_without_statement_is_refused" {
  command = plan

  variables {
    resource_policy = "{}"
  }

  expect_failures = [var.resource_policy]
}

run "a_policy_over_8192_characters_is_refused" {
  command = plan

  variables {
    resource_policy = jsonencode({ Statement = [for number in range(1000) : "0123456789"] })
  }

  expect_failures = [var.resource_policy]
}

run "a_web_acl_of_cloudfront_is_refused" {
  command = plan

  variables {
    web_acl_arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/orders/1234abcd"
  }

  expect_failures = [var.web_acl_arn]
}

run "an_access_log_to_two_places_is_refused" {
  command = plan

  variables {
    access_logs = { group = "access", destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:access" }
  }

  expect_failures = [var.access_logs]
}

run "a_log_groups_arn_with_star_is_refused" {
  command = plan

  variables {
    access_logs = { destination_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:access:*" }
  }

  expect_failures = [var.access_logs]
}

run "a_firehose_by_any_name_is_refused" {
  command = plan

  variables {
    access_logs = { destination_arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/orders" }
  }

  expect_failures = [var.access_logs]
}

run "a_format_without_request_id_is_refused" {
  command = plan

  variables {
    access_logs = { group = "access", format = "$context.status" }
  }

  expect_failures = [var.access_logs]
}

run "a_field_that_is_no_variable_is_refused" {
  command = plan

  variables {
    access_logs = { group = "access", fields = { stage = "prod" } }
  }

  expect_failures = [var.access_logs]
}

run "a_canary_of_everybody_and_more_is_refused" {
  command = plan

  variables {
    canary = { percent = 101, deployment_id = "a1b2c3" }
  }

  expect_failures = [var.canary]
}

run "a_canary_like_its_stage_is_refused" {
  command = plan

  variables {
    canary = { percent = 10 }
  }

  expect_failures = [var.canary]
}

run "a_canarys_variable_with_a_blank_is_refused" {
  command = plan

  variables {
    canary = { percent = 10, variables = { color = "light green" } }
  }

  expect_failures = [var.canary]
}

run "data_trace_in_production_is_refused" {
  command = plan

  variables {
    production               = true
    execution_log_level      = "INFO"
    execution_log_data_trace = true
  }

  expect_failures = [var.execution_log_data_trace]
}

run "a_logs_key_named_by_its_alias_is_refused" {
  command = plan

  variables {
    log_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "a_service_with_nobodys_permissions_is_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/GetItem" } }
  }

  expect_failures = [var.routes]
}

run "a_service_and_a_function_are_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "AWS", function = "orders", uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/GetItem", credentials = "arn:aws:iam::123456789012:role/a" } }
  }

  expect_failures = [var.routes]
}

run "a_service_whose_uri_has_neither_path_nor_action_is_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:dynamodb:GetItem", credentials = "arn:aws:iam::123456789012:role/a" } }
  }

  expect_failures = [var.routes]
}

run "lambda_as_a_service_is_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/f/invocations", credentials = "arn:aws:iam::123456789012:role/a" } }
  }

  expect_failures = [var.routes]
}

run "credentials_beside_statements_are_refused" {
  command = plan

  variables {
    routes = { "GET /a" = {
      integration = "AWS"
      uri         = "arn:aws:apigateway:eu-central-1:dynamodb:action/GetItem"
      credentials = "arn:aws:iam::123456789012:role/a"
      tables      = ["orders"]
    } }
  }

  expect_failures = [var.routes]
}

run "credentials_of_an_http_integration_are_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "HTTP", uri = "https://example.com", credentials = "arn:aws:iam::123456789012:role/a" } }
  }

  expect_failures = [var.routes]
}

run "credentials_that_are_no_role_are_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { function = "orders", credentials = "arn:aws:iam::123456789012:user/a" } }
  }

  expect_failures = [var.routes]
}

run "a_wildcard_action_of_an_integration_is_refused" {
  command = plan

  variables {
    routes = { "GET /a" = {
      integration = "AWS"
      uri         = "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/q"
      statements  = [{ actions = ["sqs:*"], resources = ["arn:aws:sqs:eu-central-1:123456789012:q"] }]
    } }
  }

  expect_failures = [var.routes]
}

run "any_resource_of_an_integration_has_to_be_meant" {
  command = plan

  variables {
    routes = { "GET /a" = {
      integration = "AWS"
      uri         = "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/q"
      statements  = [{ actions = ["sqs:SendMessage"], resources = ["*"] }]
    } }
  }

  expect_failures = [var.routes]
}

run "tables_for_what_is_no_action_on_items_are_refused" {
  command = plan

  variables {
    routes = { "GET /a" = { integration = "AWS", uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/ListTables", tables = ["orders"] } }
  }

  expect_failures = [var.routes]
}

run "a_private_api_by_ipv4_alone_is_refused" {
  command = plan

  variables {
    endpoint = { type = "PRIVATE", vpc_endpoint_ids = ["vpce-0a"], ip_address_type = "ipv4" }
  }

  expect_failures = [var.endpoint]
}
