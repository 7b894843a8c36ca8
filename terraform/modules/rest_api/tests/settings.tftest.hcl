mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name       = "orders-prod"
  stage      = "prod"
  routes     = { "GET /orders" = { function = "orders" } }
  functions  = { orders = { name = "orders-prod-orders", alias = "live" } }
  alias_arns = { orders = "arn:aws:lambda:eu-central-1:123456789012:function:orders-prod-orders:live" }
}

# Left unset, each would be what it was before the body changed.
run "a_setting_that_nobody_chose_is_set_to_nothing" {
  command = plan

  assert {
    condition     = aws_api_gateway_rest_api.this.api_key_source == "HEADER"
    error_message = "Source of keys: ${aws_api_gateway_rest_api.this.api_key_source}"
  }

  assert {
    condition     = length(aws_api_gateway_rest_api.this.binary_media_types) == 0
    error_message = "Binary types: ${jsonencode(aws_api_gateway_rest_api.this.binary_media_types)}"
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.minimum_compression_size == "-1"
    error_message = "Compression: ${aws_api_gateway_rest_api.this.minimum_compression_size}"
  }
}

run "what_is_chosen_is_the_apis_too_and_not_the_bodys_alone" {
  command = plan

  variables {
    api_key_source           = "AUTHORIZER"
    api_keys                 = { partner = { name = "partner" } }
    authorizers              = { staff = { type = "token", function = "orders" } }
    binary_media_types       = ["image/png"]
    description              = "Orders"
    minimum_compression_size = 1000
    routes                   = { "GET /orders" = { function = "orders", authorizer = "staff", api_key = true } }
    usage_plans              = { gold = { name = "gold", keys = ["partner"] } }
  }

  assert {
    condition = {
      description = aws_api_gateway_rest_api.this.description
      keys        = aws_api_gateway_rest_api.this.api_key_source
      binary      = join(" ", aws_api_gateway_rest_api.this.binary_media_types)
      size        = aws_api_gateway_rest_api.this.minimum_compression_size
      } == {
      description = "Orders"
      keys        = "AUTHORIZER"
      binary      = "image/png"
      size        = "1000"
    }
    error_message = "Settings: ${jsonencode(local.settings)}"
  }
}

run "what_a_document_says_is_the_apis_too" {
  command = plan

  variables {
    openapi = <<-EOT
      openapi: 3.0.1
      info: { title: Orders, version: "1", description: From the document }
      x-amazon-apigateway-binary-media-types: [image/gif]
      x-amazon-apigateway-minimum-compression-size: 2000
      x-amazon-apigateway-policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/prod/GET/orders" }] }
      paths: { /orders: { get: { responses: {} } } }
    EOT
  }

  assert {
    condition = {
      description = aws_api_gateway_rest_api.this.description
      binary      = join(" ", aws_api_gateway_rest_api.this.binary_media_types)
      size        = aws_api_gateway_rest_api.this.minimum_compression_size
      } == {
      description = "From the document"
      binary      = "image/gif"
      size        = "2000"
    }
    error_message = "Settings: ${jsonencode(local.settings)}"
  }

  assert {
    condition     = jsondecode(aws_api_gateway_rest_api.this.policy).Statement[0].Resource == "arn:aws:execute-api:eu-central-1:123456789012:*/prod/GET/orders"
    error_message = "Policy: ${aws_api_gateway_rest_api.this.policy}"
  }
}

# API Gateway writes the short form out with the API's id, which the plan can't know.
run "a_policy_in_short_form_is_written_out" {
  command = plan

  variables {
    resource_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\",\"Resource\":[\"execute-api:/*\"]}]}"
  }

  assert {
    condition     = jsondecode(aws_api_gateway_rest_api.this.policy).Statement[0].Resource == ["arn:aws:execute-api:eu-central-1:123456789012:*/*"]
    error_message = "Policy: ${aws_api_gateway_rest_api.this.policy}"
  }
}

run "a_policy_that_nothing_declares_any_more_stops_the_plan" {
  command = plan

  override_resource {
    target          = aws_api_gateway_rest_api.this
    override_during = plan
    values          = { id = "a1b2c3d4e5", execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5", policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  expect_failures = [aws_api_gateway_deployment.this]
}
