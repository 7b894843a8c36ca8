mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name  = "orders-prod"
  stage = "prod"

  functions = {
    orders    = { name = "orders-prod-orders", alias = "live" }
    authorize = { name = "orders-prod-authorize", alias = "live" }
  }

  alias_arns = {
    orders    = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live"
    authorize = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-authorize:live"
  }

  api_keys = {
    mobile  = { name = "orders-prod-mobile", description = "The app" }
    partner = { name = "orders-prod-partner", enabled = false }
  }

  usage_plans = {
    partners = {
      name     = "orders-prod-partners"
      api_keys = ["mobile", "partner"]
      throttle = { rate = 10, burst = 20 }
      quota    = { limit = 1000, period = "WEEK", offset = 1 }
      routes   = { "GET /orders" = { rate = 0.5, burst = 1 } }
    }
    unlimited = { name = "orders-prod-unlimited" }
  }

  routes = { "GET /orders" = { function = "orders", api_key = true } }
}

run "a_key_has_no_value_of_ours" {
  command = plan

  override_resource {
    target          = aws_api_gateway_api_key.this["mobile"]
    override_during = plan
    values          = { id = "k3y1d00000", value = "planted-canary-of-a-key" }
  }

  assert {
    condition     = output.api_keys.mobile == "k3y1d00000"
    error_message = "Ids: ${jsonencode(output.api_keys)}"
  }

  # The mock's value shows through: the module gives none.
  assert {
    condition     = nonsensitive(aws_api_gateway_api_key.this["mobile"].value == "planted-canary-of-a-key") && !strcontains(jsonencode(output.api_keys), "canary")
    error_message = "The module sets the value of a key, or gives it out."
  }

  assert {
    condition     = aws_api_gateway_api_key.this["mobile"].enabled && !aws_api_gateway_api_key.this["partner"].enabled
    error_message = "`enabled` did not reach the keys."
  }
}

run "a_plan_limits_its_keys_on_this_stage" {
  command = plan

  assert {
    condition     = one(aws_api_gateway_usage_plan.this["partners"].throttle_settings) == { rate_limit = 10, burst_limit = 20 }
    error_message = "Throttle: ${jsonencode(aws_api_gateway_usage_plan.this["partners"].throttle_settings)}"
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.this["partners"].quota_settings) == { limit = 1000, period = "WEEK", offset = 1 }
    error_message = "Quota: ${jsonencode(aws_api_gateway_usage_plan.this["partners"].quota_settings)}"
  }

  assert {
    condition = one(aws_api_gateway_usage_plan.this["partners"].api_stages) == {
      api_id   = "a1b2c3d4e5"
      stage    = "prod"
      throttle = toset([{ path = "/orders/GET", rate_limit = 0.5, burst_limit = 1 }])
    }
    error_message = "Stages: ${jsonencode(aws_api_gateway_usage_plan.this["partners"].api_stages)}"
  }

  assert {
    condition     = keys(aws_api_gateway_usage_plan_key.this) == ["partners/mobile", "partners/partner"]
    error_message = "Keys of plans: ${jsonencode(keys(aws_api_gateway_usage_plan_key.this))}"
  }
}

run "a_plan_without_limits_has_none" {
  command = plan

  assert {
    condition     = length(aws_api_gateway_usage_plan.this["unlimited"].throttle_settings) == 0 && length(aws_api_gateway_usage_plan.this["unlimited"].quota_settings) == 0
    error_message = "A limit nobody asked for."
  }
}

run "keys_may_come_from_the_authorizer" {
  command = plan

  variables {
    api_key_source = "AUTHORIZER"
  }

  assert {
    condition     = jsondecode(output.body)["x-amazon-apigateway-api-key-source"] == "AUTHORIZER"
    error_message = output.body
  }
}
