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

run "both_logs_have_a_group_with_a_retention" {
  command = plan

  variables {
    access_logs        = { group = "/aws/apigateway/orders-prod/access" }
    log_retention_days = 14
  }

  assert {
    condition     = aws_cloudwatch_log_group.execution.name == "API-Gateway-Execution-Logs_a1b2c3d4e5/prod"
    error_message = "API Gateway would not find the group ${aws_cloudwatch_log_group.execution.name}."
  }

  assert {
    condition     = aws_cloudwatch_log_group.execution.retention_in_days == 14 && aws_cloudwatch_log_group.access["this"].retention_in_days == 14
    error_message = "A log is kept for ever."
  }

  assert {
    condition     = output.access_log_group == "/aws/apigateway/orders-prod/access"
    error_message = "The access log's group is ${coalesce(output.access_log_group, "missing")}."
  }

  assert {
    condition     = one(aws_api_gateway_stage.this.access_log_settings).destination_arn == aws_cloudwatch_log_group.access["this"].arn
    error_message = "The stage logs somewhere else."
  }
}

run "an_access_log_line_is_one_line_of_json_with_the_ids_to_join_by" {
  command = plan

  variables {
    access_logs = { group = "/aws/apigateway/orders-prod/access" }
  }

  assert {
    condition     = !strcontains(one(aws_api_gateway_stage.this.access_log_settings).format, "\n")
    error_message = "API Gateway refuses a format of more than one line."
  }

  assert {
    condition = jsondecode(one(aws_api_gateway_stage.this.access_log_settings).format) == {
      requestId            = "$context.requestId"
      extendedRequestId    = "$context.extendedRequestId"
      ip                   = "$context.identity.sourceIp"
      userAgent            = "$context.identity.userAgent"
      requestTime          = "$context.requestTime"
      requestTimeEpoch     = "$context.requestTimeEpoch"
      httpMethod           = "$context.httpMethod"
      resourcePath         = "$context.resourcePath"
      path                 = "$context.path"
      protocol             = "$context.protocol"
      status               = "$context.status"
      responseLength       = "$context.responseLength"
      responseLatency      = "$context.responseLatency"
      integrationRequestId = "$context.integration.requestId"
      integrationLatency   = "$context.integration.latency"
      integrationStatus    = "$context.integration.integrationStatus"
      functionStatus       = "$context.integration.status"
      integrationError     = "$context.integration.error"
      errorMessage         = "$context.error.message"
      errorResponseType    = "$context.error.responseType"
      xrayTraceId          = "$context.xrayTraceId"
    }
    error_message = "Access log format: ${one(aws_api_gateway_stage.this.access_log_settings).format}"
  }
}
