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

run "the_deployment_is_keyed_to_the_body" {
  command = plan

  assert {
    condition     = aws_api_gateway_deployment.this.triggers == tomap({ body = sha256(output.body) })
    error_message = "Triggers of the deployment: ${jsonencode(aws_api_gateway_deployment.this.triggers)}"
  }
}

run "another_route_redeploys" {
  command = plan

  variables {
    routes = {
      "GET /orders"           = { function = "orders" }
      "POST /orders"          = { function = "orders", timeout_ms = 5000, operation_name = "createOrder" }
      "GET /orders/{orderId}" = { function = "orders" }
      "PUT /orders/{orderId}" = { function = "orders" }
      "ANY /reports/{proxy+}" = { function = "reports" }
    }
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body != run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "A new route makes no new deployment."
  }
}

run "a_routes_timeout_redeploys" {
  command = plan

  variables {
    routes = {
      "GET /orders"           = { function = "orders" }
      "POST /orders"          = { function = "orders", timeout_ms = 6000, operation_name = "createOrder" }
      "GET /orders/{orderId}" = { function = "orders" }
      "ANY /reports/{proxy+}" = { function = "reports" }
    }
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body != run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "A changed timeout makes no new deployment."
  }
}

run "another_function_behind_a_route_redeploys" {
  command = plan

  variables {
    functions = {
      orders  = { name = "orders-prod-orders2", alias = "live" }
      reports = { name = "orders-prod-reports", alias = "live" }
    }
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body != run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "Another function makes no new deployment."
  }
}

run "binary_types_redeploy" {
  command = plan

  variables {
    binary_media_types = ["image/png"]
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body != run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "Changed binary types make no new deployment."
  }
}

run "cors_redeploys" {
  command = plan

  variables {
    cors = {}
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body != run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "Changed CORS makes no new deployment."
  }
}

run "settings_of_the_stage_do_not_redeploy" {
  command = plan

  variables {
    access_logs        = { group = "/aws/apigateway/orders-prod/access" }
    log_retention_days = 7
    stage_variables    = { color = "blue" }
    tags               = { team = "orders" }
    throttle           = { rate = 5, burst = 10 }
    tracing            = true
  }

  assert {
    condition     = aws_api_gateway_deployment.this.triggers.body == run.the_deployment_is_keyed_to_the_body.body_sha256
    error_message = "A setting of the stage makes a new deployment."
  }
}
