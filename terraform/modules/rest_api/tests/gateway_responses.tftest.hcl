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

  routes = { "GET /orders" = { function = "orders" } }

  gateway_responses = {
    UNAUTHORIZED = { status = 403, headers = { WWW-Authenticate = "'Bearer'" } }
    DEFAULT_5XX  = { templates = { "application/json" = "{\"id\":\"$context.requestId\"}" } }
  }
}

run "an_answer_of_the_gateway_is_as_declared" {
  command = plan

  assert {
    condition = jsondecode(output.body)["x-amazon-apigateway-gateway-responses"] == {
      UNAUTHORIZED = { statusCode = "403", responseParameters = { "gatewayresponse.header.WWW-Authenticate" = "'Bearer'" } }
      DEFAULT_5XX  = { responseTemplates = { "application/json" = "{\"id\":\"$context.requestId\"}" } }
    }
    error_message = jsonencode(jsondecode(output.body)["x-amazon-apigateway-gateway-responses"])
  }
}

run "cors_headers_are_on_every_answer_of_the_gateway" {
  command = plan

  variables {
    cors = { allow_origin = "https://app.example.com" }
  }

  assert {
    condition = jsondecode(output.body)["x-amazon-apigateway-gateway-responses"] == {
      DEFAULT_4XX  = { responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = "'https://app.example.com'" } }
      DEFAULT_5XX  = { responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = "'https://app.example.com'" }, responseTemplates = { "application/json" = "{\"id\":\"$context.requestId\"}" } }
      UNAUTHORIZED = { statusCode = "403", responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin" = "'https://app.example.com'", "gatewayresponse.header.WWW-Authenticate" = "'Bearer'" } }
    }
    error_message = jsonencode(jsondecode(output.body)["x-amazon-apigateway-gateway-responses"])
  }
}

run "compression_starts_at_the_size_given" {
  command = plan

  variables {
    minimum_compression_size = 0
  }

  assert {
    condition     = jsondecode(output.body)["x-amazon-apigateway-minimum-compression-size"] == 0
    error_message = output.body
  }
}
