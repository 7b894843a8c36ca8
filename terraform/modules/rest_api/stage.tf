resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage
  variables     = var.stage_variables

  cache_cluster_enabled = var.cache != null
  cache_cluster_size    = var.cache == null ? null : var.cache.size

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

