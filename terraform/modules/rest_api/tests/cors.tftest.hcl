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

run "without_cors_there_is_no_preflight_and_no_gateway_response" {
  command = plan

  assert {
    condition     = !strcontains(output.body, "MOCK") && !can(jsondecode(output.body)["x-amazon-apigateway-gateway-responses"])
    error_message = "CORS is in the body without having been asked for: ${output.body}"
  }
}

run "each_resource_answers_its_preflight_by_a_mock_even_where_every_type_is_binary" {
  command = plan

  variables {
    cors               = {}
    binary_media_types = ["*/*"]
  }

  assert {
    condition     = [for path, operations in jsondecode(output.body).paths : path if contains(keys(operations), "options")] == ["/orders", "/orders/{orderId}"]
    error_message = "Resources with a preflight: ${jsonencode([for path, operations in jsondecode(output.body).paths : path if contains(keys(operations), "options")])}"
  }

  assert {
    condition = jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].responses.default.responseParameters == {
      "method.response.header.Access-Control-Allow-Headers" = "'Content-Type,Authorization'"
      "method.response.header.Access-Control-Allow-Methods" = "'GET,POST,OPTIONS'"
      "method.response.header.Access-Control-Allow-Origin"  = "'*'"
      "method.response.header.Access-Control-Max-Age"       = "'600'"
    }
    error_message = "Preflight headers: ${jsonencode(jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].responses.default.responseParameters)}"
  }

  assert {
    condition = (
      jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].type == "MOCK"
      && jsondecode(jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].requestTemplates["application/json"]).statusCode == 204
    )
    error_message = "The preflight is not a MOCK integration that answers 204."
  }

  assert {
    condition     = jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].contentHandling == "CONVERT_TO_TEXT"
    error_message = "With */* as a binary type, a mock without CONVERT_TO_TEXT is a 500."
  }
}

run "a_named_origin_stands_in_preflights_and_in_the_gateways_own_errors" {
  command = plan

  variables {
    cors = { allow_origin = "https://app.example.com", allow_credentials = true, allow_methods = ["GET", "HEAD"] }
  }

  assert {
    condition = jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].responses.default.responseParameters == {
      "method.response.header.Access-Control-Allow-Credentials" = "'true'"
      "method.response.header.Access-Control-Allow-Headers"     = "'Content-Type,Authorization'"
      "method.response.header.Access-Control-Allow-Methods"     = "'GET,HEAD'"
      "method.response.header.Access-Control-Allow-Origin"      = "'https://app.example.com'"
      "method.response.header.Access-Control-Max-Age"           = "'600'"
    }
    error_message = "Preflight headers: ${jsonencode(jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].responses.default.responseParameters)}"
  }

  # API Gateway refuses an integration response that maps a header which the method response does not declare.
  assert {
    condition = toset([
      for name in keys(jsondecode(output.body).paths["/orders"].options["x-amazon-apigateway-integration"].responses.default.responseParameters) :
      trimprefix(name, "method.response.header.")
    ]) == toset(keys(jsondecode(output.body).paths["/orders"].options.responses["204"].headers))
    error_message = "Mapped and declared headers differ."
  }

  assert {
    condition = { for type, response in jsondecode(output.body)["x-amazon-apigateway-gateway-responses"] : type => response.responseParameters } == {
      for type in ["DEFAULT_4XX", "DEFAULT_5XX"] : type => {
        "gatewayresponse.header.Access-Control-Allow-Credentials" = "'true'"
        "gatewayresponse.header.Access-Control-Allow-Origin"      = "'https://app.example.com'"
      }
    }
    error_message = "Gateway responses: ${jsonencode(jsondecode(output.body)["x-amazon-apigateway-gateway-responses"])}"
  }
}

run "a_resource_with_a_route_for_options_or_any_answers_itself" {
  command = plan

  variables {
    cors = {}
    routes = {
      "GET /a"     = { function = "orders" }
      "OPTIONS /a" = { function = "orders" }
      "ANY /b"     = { function = "orders" }
    }
  }

  assert {
    condition     = !strcontains(output.body, "MOCK")
    error_message = "A mock stands where the function answers preflights itself: ${output.body}"
  }

  assert {
    condition     = jsondecode(output.body).paths["/a"].options["x-amazon-apigateway-integration"].type == "AWS_PROXY"
    error_message = "The route for OPTIONS is not the function's."
  }
}
