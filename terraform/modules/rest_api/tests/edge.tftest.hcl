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

run "by_default_the_api_is_regional_open_and_alone" {
  command = plan

  assert {
    condition     = one(aws_api_gateway_rest_api.this.endpoint_configuration).types == tolist(["REGIONAL"]) && !aws_api_gateway_rest_api.this.disable_execute_api_endpoint
    error_message = "Endpoint: ${jsonencode(aws_api_gateway_rest_api.this.endpoint_configuration)}"
  }

  assert {
    condition     = !can(jsondecode(local.body)["x-amazon-apigateway-policy"]) && length(aws_wafv2_web_acl_association.this) == 0 && length(aws_api_gateway_client_certificate.this) == 0 && length(aws_api_gateway_stage.this.canary_settings) == 0
    error_message = "There is something that nobody asked for."
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers == tomap({ body = local.body_sha256 })
    error_message = "Triggers: ${jsonencode(aws_api_gateway_deployment.this.triggers)}"
  }
}

run "a_private_api_lets_its_vpc_endpoints_in_and_nobody_else" {
  command = plan

  variables {
    endpoint = { type = "PRIVATE", vpc_endpoint_ids = ["vpce-0b", "vpce-0a"] }
  }

  assert {
    condition     = one(aws_api_gateway_rest_api.this.endpoint_configuration).types == tolist(["PRIVATE"]) && one(aws_api_gateway_rest_api.this.endpoint_configuration).vpc_endpoint_ids == toset(["vpce-0a", "vpce-0b"])
    error_message = "Endpoint: ${jsonencode(aws_api_gateway_rest_api.this.endpoint_configuration)}"
  }

  assert {
    condition     = jsondecode(local.body)["x-amazon-apigateway-policy"].Statement[0].Condition == { StringEquals = { "aws:SourceVpce" = ["vpce-0b", "vpce-0a"] } }
    error_message = "Policy: ${jsonencode(jsondecode(local.body)["x-amazon-apigateway-policy"])}"
  }

  # The endpoints count from the next deployment on, and a change of their order is none.
  assert {
    condition     = aws_api_gateway_deployment.this.triggers["endpoint"] == "PRIVATE vpce-0a vpce-0b"
    error_message = "Triggers: ${jsonencode(aws_api_gateway_deployment.this.triggers)}"
  }
}

run "a_policy_of_ones_own_is_the_apis_and_makes_a_deployment" {
  command = plan

  variables {
    endpoint        = { type = "PRIVATE" }
    resource_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"execute-api:/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-1\"}}}]}"
  }

  assert {
    condition     = jsondecode(local.body)["x-amazon-apigateway-policy"] == jsondecode(var.resource_policy)
    error_message = "Policy: ${jsonencode(jsondecode(local.body)["x-amazon-apigateway-policy"])}"
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers["body"] == sha256(local.body)
    error_message = "A change of the policy would not be deployed."
  }
}

run "an_api_behind_its_domain_alone_is_deployed_anew" {
  command = plan

  variables {
    disable_execute_api_endpoint = true
    endpoint                     = { type = "EDGE" }
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.disable_execute_api_endpoint && aws_api_gateway_deployment.this.triggers == tomap({ body = local.body_sha256, disable_execute_api_endpoint = "true", endpoint = "EDGE" })
    error_message = "Triggers: ${jsonencode(aws_api_gateway_deployment.this.triggers)}"
  }
}

run "what_stands_before_and_behind_the_stage_is_the_stages" {
  command = plan

  variables {
    client_certificate = true
    web_acl_arn        = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/orders/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_wafv2_web_acl_association.this["this"].web_acl_arn == var.web_acl_arn && aws_wafv2_web_acl_association.this["this"].resource_arn == aws_api_gateway_stage.this.arn
    error_message = "The web ACL is not the stage's."
  }

  assert {
    condition     = aws_api_gateway_stage.this.client_certificate_id == aws_api_gateway_client_certificate.this["this"].id && aws_api_gateway_client_certificate.this["this"].description == "orders-prod/prod"
    error_message = "The stage shows another certificate."
  }
}

run "a_canary_is_the_stages_own_deployment_with_other_variables" {
  command = plan

  variables {
    canary = { percent = 12.5, variables = { color = "green" }, use_cache = true }
  }

  assert {
    condition = {
      deployment = one(aws_api_gateway_stage.this.canary_settings).deployment_id
      percent    = one(aws_api_gateway_stage.this.canary_settings).percent_traffic
      variables  = one(aws_api_gateway_stage.this.canary_settings).stage_variable_overrides
      cache      = one(aws_api_gateway_stage.this.canary_settings).use_stage_cache
    } == { deployment = aws_api_gateway_deployment.this.id, percent = 12.5, variables = tomap({ color = "green" }), cache = true }
    error_message = "Canary: ${jsonencode(aws_api_gateway_stage.this.canary_settings)}"
  }
}

run "a_canary_can_be_another_deployment" {
  command = plan

  variables {
    canary = { percent = 5, deployment_id = "0lder1" }
  }

  assert {
    condition     = one(aws_api_gateway_stage.this.canary_settings).deployment_id == "0lder1" && aws_api_gateway_stage.this.deployment_id == aws_api_gateway_deployment.this.id
    error_message = "Canary: ${jsonencode(aws_api_gateway_stage.this.canary_settings)}"
  }
}

run "logs_are_encrypted_by_the_key_and_say_what_is_added" {
  command = plan

  variables {
    access_logs     = { group = "/aws/apigateway/orders-prod/access", fields = { tenant = "$context.authorizer.tenant" } }
    log_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition     = aws_cloudwatch_log_group.access["this"].kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.execution.kms_key_id == var.log_kms_key_arn
    error_message = "A log is not encrypted by the key."
  }

  assert {
    condition     = jsondecode(one(aws_api_gateway_stage.this.access_log_settings).format).tenant == "$context.authorizer.tenant" && jsondecode(one(aws_api_gateway_stage.this.access_log_settings).format).requestId == "$context.requestId"
    error_message = "Format: ${one(aws_api_gateway_stage.this.access_log_settings).format}"
  }
}

run "a_log_of_somebody_elses_is_written_to_and_not_made" {
  command = plan

  variables {
    access_logs = { destination_arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-orders", format = "$context.requestId $context.status" }
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.access) == 0 && one(aws_api_gateway_stage.this.access_log_settings).destination_arn == var.access_logs.destination_arn && one(aws_api_gateway_stage.this.access_log_settings).format == "$context.requestId $context.status"
    error_message = "Access log: ${jsonencode(aws_api_gateway_stage.this.access_log_settings)}"
  }
}

run "production_with_leave_to_log_bodies_logs_them" {
  command = plan

  variables {
    production               = true
    allow_data_trace         = true
    execution_log_level      = "INFO"
    execution_log_data_trace = true
  }

  assert {
    condition     = aws_api_gateway_method_settings.all.settings[0].data_trace_enabled
    error_message = "Data trace is off although it was allowed and asked for."
  }
}

run "an_api_answers_by_ipv6_too_and_is_deployed_anew" {
  command = plan

  variables {
    endpoint = { ip_address_type = "dualstack" }
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.endpoint_configuration[0].ip_address_type == "dualstack" && aws_api_gateway_deployment.this.triggers.ip_address_type == "dualstack"
    error_message = "Triggers: ${jsonencode(aws_api_gateway_deployment.this.triggers)}"
  }
}
