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

run "api_gateway_may_invoke_each_functions_alias_for_this_api_and_stage_only" {
  command = plan

  assert {
    condition     = alltrue([for permission in aws_lambda_permission.invoke : permission.source_arn == "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/prod/*/*"])
    error_message = "Source ARNs: ${jsonencode([for permission in aws_lambda_permission.invoke : permission.source_arn])}"
  }

  assert {
    condition     = alltrue([for permission in aws_lambda_permission.invoke : permission.principal == "apigateway.amazonaws.com" && permission.action == "lambda:InvokeFunction"])
    error_message = "A permission is for another principal or action."
  }

  assert {
    condition     = { for key, permission in aws_lambda_permission.invoke : key => "${permission.function_name}:${permission.qualifier}" } == { orders = "orders-prod-orders:live", reports = "orders-prod-reports:live" }
    error_message = "Permissions: ${jsonencode({ for key, permission in aws_lambda_permission.invoke : key => "${permission.function_name}:${permission.qualifier}" })}"
  }
}

run "testinvokemethod_may_invoke_the_same_functions_as_a_stage_of_its_own" {
  command = plan

  assert {
    condition     = { for key, permission in aws_lambda_permission.test : key => "${permission.source_arn} ${permission.function_name}:${permission.qualifier}" } == { for key in ["orders", "reports"] : key => "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5/test-invoke-stage/*/* orders-prod-${key}:live" }
    error_message = "Permissions: ${jsonencode({ for key, permission in aws_lambda_permission.test : key => "${permission.source_arn} ${permission.function_name}:${permission.qualifier}" })}"
  }

  assert {
    condition     = alltrue([for key, permission in aws_lambda_permission.test : permission.statement_id != aws_lambda_permission.invoke[key].statement_id])
    error_message = "Both statements of a function have one id."
  }
}

run "a_function_without_route_may_not_be_invoked" {
  command = plan

  variables {
    routes = { "GET /orders" = { function = "orders" } }
  }

  assert {
    condition     = keys(aws_lambda_permission.invoke) == ["orders"]
    error_message = "Permissions for: ${join(", ", keys(aws_lambda_permission.invoke))}"
  }
}

run "a_long_stage_name_fits_lambdas_statement_id" {
  command = plan

  variables {
    stage = "s1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
  }

  assert {
    condition     = length(aws_lambda_permission.invoke["orders"].statement_id) == 100
    error_message = "Statement id of ${length(aws_lambda_permission.invoke["orders"].statement_id)} characters; Lambda takes 100."
  }
}

# 20,480 bytes of policy on an alias: with a statement a route the fiftieth or so would not fit.
run "three_hundred_routes_take_as_many_statements_as_one" {
  command = plan

  variables {
    routes = { for number in range(300) : "GET /r${number}" => { function = "orders" } }
  }

  assert {
    condition     = length(jsondecode(output.body).paths) == 300 && keys(aws_lambda_permission.invoke) == ["orders"] && keys(aws_lambda_permission.test) == ["orders"]
    error_message = "Permissions: ${jsonencode(keys(aws_lambda_permission.invoke))}"
  }
}
