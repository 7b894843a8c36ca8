# Keys and plans are no part of the body: they work on a stage, and a change of them needs no redeploy.

# Without a value: API Gateway makes one, and only state and API Gateway know it. No output shows it.
resource "aws_api_gateway_api_key" "this" {
  for_each = var.api_keys

  name        = each.value.name
  description = each.value.description
  enabled     = each.value.enabled
  tags        = var.tags
}

resource "aws_api_gateway_usage_plan" "this" {
  for_each = var.usage_plans

  name        = each.value.name
  description = each.value.description
  tags        = var.tags

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name

    dynamic "throttle" {
      for_each = each.value.routes

      content {
        # `/orders/GET`, the form usage plans have for a method
        path        = "${split(" ", throttle.key)[1]}/${split(" ", throttle.key)[0]}"
        rate_limit  = throttle.value.rate
        burst_limit = throttle.value.burst
      }
    }
  }

  dynamic "throttle_settings" {
    for_each = each.value.throttle[*]

    content {
      rate_limit  = throttle_settings.value.rate
      burst_limit = throttle_settings.value.burst
    }
  }

  dynamic "quota_settings" {
    for_each = each.value.quota[*]

    content {
      limit  = quota_settings.value.limit
      period = quota_settings.value.period
      offset = quota_settings.value.offset
    }
  }
}

resource "aws_api_gateway_usage_plan_key" "this" {
  for_each = {
    for pair in flatten([
      for plan, settings in var.usage_plans : [for key in settings.api_keys : { plan = plan, key = key }]
    ]) : "${pair.plan}/${pair.key}" => pair
  }

  key_id        = aws_api_gateway_api_key.this[each.value.key].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this[each.value.plan].id
}
