resource "aws_api_gateway_stage" "this" {
  #checkov:skip=CKV_AWS_73:`tracing` turns it on; it is paid by the trace
  #checkov:skip=CKV_AWS_76:`access_logs` turns it on, and terraform/api does; AWS refuses it while the account has no CloudWatch role
  #checkov:skip=CKV_AWS_120:`cache` turns it on; it is paid by the hour and wrong for what changes
  #checkov:skip=CKV2_AWS_4:who runs the API sets the level, `execution_log_level` or `apitool logs enable`; metrics are on
  #checkov:skip=CKV2_AWS_29:`web_acl_arn` puts one before the stage; it is paid by the month and by the request
  #checkov:skip=CKV2_AWS_77:the web ACL is the caller's, `web_acl_arn`; its rules are not ours to choose
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage
  variables     = var.stage_variables

  cache_cluster_enabled = var.cache != null
  cache_cluster_size    = var.cache == null ? null : var.cache.size

  xray_tracing_enabled = var.tracing
  tags                 = var.tags

  client_certificate_id = one([for certificate in aws_api_gateway_client_certificate.this : certificate.id])

  dynamic "access_log_settings" {
    for_each = var.access_logs == null ? [] : [var.access_logs]

    content {
      destination_arn = coalesce(access_log_settings.value.destination_arn, one([for group in aws_cloudwatch_log_group.access : group.arn]))
      format          = coalesce(access_log_settings.value.format, local.access_log_format)
    }
  }

  dynamic "canary_settings" {
    for_each = var.canary == null ? [] : [var.canary]

    content {
      deployment_id            = coalesce(canary_settings.value.deployment_id, aws_api_gateway_deployment.this.id)
      percent_traffic          = canary_settings.value.percent
      stage_variable_overrides = canary_settings.value.variables
      use_stage_cache          = canary_settings.value.use_cache
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


resource "aws_api_gateway_client_certificate" "this" {
  for_each = var.client_certificate ? { this = "${var.name}/${var.stage}" } : {}

  description = each.value
  tags        = var.tags
}
