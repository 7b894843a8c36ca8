resource "aws_api_gateway_stage" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = var.stage
  variables            = var.stage_variables
  xray_tracing_enabled = var.tracing
  tags                 = var.tags

  dynamic "access_log_settings" {
    for_each = aws_cloudwatch_log_group.access

    content {
      destination_arn = access_log_settings.value.arn
      format          = local.access_log_format
    }
  }

  depends_on = [
    # API Gateway creates the group of a stage itself, without retention, as soon as it has something to log.
    aws_cloudwatch_log_group.execution,
    # A deployment that routes to a new function goes live only when it may invoke that function; until then
    # callers would get a 500.
    aws_lambda_permission.invoke,
    aws_lambda_permission.authorize,
  ]
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled = true

    # Computed when null: Terraform then neither sets nor reverts what somebody else set by UpdateStage.
    logging_level      = var.execution_log_level
    data_trace_enabled = var.execution_log_level == null ? null : var.execution_log_data_trace

    # -1 is API Gateway's "no limit of the stage's own"; the provider sends it when throttling is left out.
    throttling_rate_limit  = var.throttle == null ? -1 : var.throttle.rate
    throttling_burst_limit = var.throttle == null ? -1 : var.throttle.burst
  }
}
