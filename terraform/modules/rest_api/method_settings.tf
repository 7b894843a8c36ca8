# Settings of methods: one entry for the whole stage, one for each method that is otherwise.

locals {
  _stage_settings = {
    metrics   = var.metrics
    rate      = var.throttle == null ? -1 : var.throttle.rate # -1 is API Gateway's "no limit of the stage's own"
    burst     = var.throttle == null ? -1 : var.throttle.burst
    cache_ttl = var.cache == null ? 300 : var.cache.ttl # API Gateway's default

    # Computed when null: Terraform then neither sets nor reverts what somebody else set by UpdateStage.
    level      = var.execution_log_level
    data_trace = var.execution_log_level == null ? null : var.execution_log_data_trace
  }

  # A method's entry replaces that of the stage: it says everything, or a later change of the stage would pass it by.
  _route_settings = {
    for key, settings in var.route_settings : key => {
      metrics    = coalesce(settings.metrics, var.metrics)
      rate       = settings.throttle == null ? local._stage_settings.rate : settings.throttle.rate
      burst      = settings.throttle == null ? local._stage_settings.burst : settings.throttle.burst
      cache      = settings.cache
      cache_ttl  = coalesce(settings.cache_ttl, local._stage_settings.cache_ttl)
      level      = settings.execution_log_level == null ? local._stage_settings.level : settings.execution_log_level
      data_trace = local._stage_settings.data_trace
    }
  }
}

resource "aws_api_gateway_method_settings" "all" {
  #checkov:skip=CKV_AWS_225:`cache` and `route_settings` turn it on; a cache is paid by the hour and wrong for what changes
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = local._stage_settings.metrics
    logging_level          = local._stage_settings.level
    data_trace_enabled     = local._stage_settings.data_trace
    throttling_rate_limit  = local._stage_settings.rate
    throttling_burst_limit = local._stage_settings.burst
    caching_enabled        = false # routes say themselves: one caller's answer may be no other's
    cache_ttl_in_seconds   = local._stage_settings.cache_ttl
    cache_data_encrypted   = var.cache == null ? false : var.cache.encrypted

    unauthorized_cache_control_header_strategy = var.cache == null ? "SUCCEED_WITH_RESPONSE_HEADER" : var.cache.unauthorized_cache_control_header_strategy
  }
}

resource "aws_api_gateway_method_settings" "route" {
  #checkov:skip=CKV_AWS_225:`cache` and `route_settings` turn it on; a cache is paid by the hour and wrong for what changes
  for_each = local._route_settings

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  # API Gateway's own key, `~1orders~1{id}/GET`: in any other spelling it is kept, and has no effect.
  method_path = "${replace(split(" ", each.key)[1], "/", "~1")}/${split(" ", each.key)[0]}"

  settings {
    metrics_enabled        = each.value.metrics
    logging_level          = each.value.level
    data_trace_enabled     = each.value.data_trace
    throttling_rate_limit  = each.value.rate
    throttling_burst_limit = each.value.burst
    caching_enabled        = each.value.cache
    cache_ttl_in_seconds   = each.value.cache_ttl
    cache_data_encrypted   = var.cache == null ? false : var.cache.encrypted

    unauthorized_cache_control_header_strategy = var.cache == null ? "SUCCEED_WITH_RESPONSE_HEADER" : var.cache.unauthorized_cache_control_header_strategy
  }

  # A new entry starts as a copy of `*/*`: what is not set here, the log level, is then the stage's.
  depends_on = [aws_api_gateway_method_settings.all]
}
