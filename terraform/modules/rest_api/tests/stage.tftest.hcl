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

run "left_alone_the_stage_counts_but_neither_logs_nor_limits" {
  command = plan

  # The mock shows what was there before wherever the module sets nothing itself.
  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].logging_level == "AS-IT-WAS"
    error_message = "The module sets logging_level without having been asked: the next apply would undo what somebody turned on."
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].data_trace_enabled == true
    error_message = "The module sets data_trace_enabled without having been asked."
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].metrics_enabled
    error_message = "Metrics are off."
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].throttling_rate_limit == -1 && aws_api_gateway_method_settings.all.settings[0].throttling_burst_limit == -1
    error_message = "A limit is set that nobody asked for."
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.access) == 0 && length(aws_api_gateway_stage.this.access_log_settings) == 0 && output.access_log_group == null
    error_message = "An access log exists that nobody asked for."
  }

  assert {
    condition     = !aws_api_gateway_stage.this.xray_tracing_enabled
    error_message = "Tracing is on without having been asked for."
  }
}

run "what_is_asked_for_reaches_every_method_of_the_stage" {
  command = plan

  variables {
    execution_log_level = "ERROR"
    stage_variables     = { color = "blue" }
    throttle            = { rate = 12.5, burst = 25 }
    tracing             = true
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.method_path == "*/*" && aws_api_gateway_method_settings.all.stage_name == "prod"
    error_message = "Method settings for ${aws_api_gateway_method_settings.all.method_path}."
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].logging_level == "ERROR" && aws_api_gateway_method_settings.all.settings[0].data_trace_enabled == false
    error_message = "execution_log_level = ERROR has to set the level, and data trace to off."
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].throttling_rate_limit == 12.5 && aws_api_gateway_method_settings.all.settings[0].throttling_burst_limit == 25
    error_message = "The throttle is not on the stage."
  }

  assert {
    condition     = aws_api_gateway_stage.this.variables == tomap({ color = "blue" }) && aws_api_gateway_stage.this.xray_tracing_enabled
    error_message = "Stage variables or tracing did not reach the stage."
  }

  assert {
    condition     = aws_api_gateway_stage.this.deployment_id == aws_api_gateway_deployment.this.id && aws_api_gateway_stage.this.stage_name == "prod"
    error_message = "The stage points to ${aws_api_gateway_stage.this.deployment_id}."
  }
}
